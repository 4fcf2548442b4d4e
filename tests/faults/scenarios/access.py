"""Customers on their way into the portal, and what staff change about it."""

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.services import access, demo
from portal_app.services.access.rules import LOCK_LASTS
from tests import factories as f
from tests.faults.scenarios.registry import Command, limiter, scenario
from tests.faults.scenarios.sessions import admin, signed_in
from tests.services.access import customers
from tests.services.identity import people

EACH_HAS_A_CODE = "Whoever asks again needs a code of their own: the new one ends the old."


@scenario(access.update_account)
def an_account_is_changed() -> Command:
    account, agent = customers.published(), f.staff_actor()
    version = f.fetch(m.Account, id=account.id).version
    entered = {"phone": "813 555 7070", "email": "new@example.com", "postal_code": "33602"}
    return lambda: access.update_account(
        agent, account=account.number, **entered, is_enabled=True, version=version, key="click"
    )


@scenario(access.apply_fix)
def a_missing_item_is_mended() -> Command:
    account, agent = customers.candidate(web_portal_enabled=False), f.staff_actor()
    given = {"account": account.number, "fix": "switch_on", "key": "click"}
    return lambda: access.apply_fix(agent, **given)


@scenario(access.unlock)
def a_registration_is_unlocked() -> Command:
    account, agent = customers.published(), f.staff_actor()
    until = f.clock.now() + LOCK_LASTS
    customers.change(account, portal_access=m.PortalAccess.LOCKED, locked_until=until)
    return lambda: access.unlock(agent, account=account.number)


@scenario(
    access.publish,
    leaves=("sync_run", "change_signal"),
)
def ready_accounts_are_published() -> Command:
    customers.candidate()
    who = admin()
    return lambda: access.publish(who, key="click")


@scenario(access.start_registration, anew=EACH_HAS_A_CODE)
def a_registration_is_begun() -> Command:
    customers.published()
    visitor = people.visitor()
    typed = customers.TYPED
    return lambda: access.start_registration(visitor, **typed, key="click", limiter=limiter())


def _waiting_for_a_code() -> Actor:
    customers.published()
    token = access.start_registration(
        people.visitor(), **customers.TYPED, key="earlier", limiter=limiter()
    )
    return people.as_caller(token)


@scenario(access.resend_registration_code, anew=EACH_HAS_A_CODE)
def a_registration_code_is_sent_again() -> Command:
    actor = _waiting_for_a_code()
    return lambda: access.resend_registration_code(actor, limiter=limiter())


@scenario(access.confirm_registration)
def a_registration_is_confirmed() -> Command:
    actor = _waiting_for_a_code()
    code = people.sent_code("access.registration_code")
    return lambda: access.confirm_registration(actor, code=code, limiter=limiter())


def _owner_with_accounts(number: int) -> tuple[m.Account, m.PortalUser]:
    person = f.person()
    accounts = [f.account(store_id=f.store().id) for _ in range(number)]
    for account in accounts:
        f.contact(account, person)
    return accounts[-1], f.user(person, password_hash=people.PASSWORD_HASH)


@scenario(access.choose_account)
def an_account_is_chosen() -> Command:
    account, user = _owner_with_accounts(2)
    actor = signed_in(user)
    return lambda: access.choose_account(actor, account=account.id)


@scenario(access.choose_context)
def a_head_acts_for_a_household() -> Command:
    account, user = _owner_with_accounts(1)
    home = f.household()
    f.membership(home, f.fetch(m.Person, id=user.person_id), role=m.MemberRole.HEAD)
    actor = signed_in(user)
    assert account
    return lambda: access.choose_context(actor, whom=f"household:{home.id}")


@scenario(access.settle_account)
def the_only_account_is_opened() -> Command:
    _, user = _owner_with_accounts(1)
    actor = signed_in(user)
    return lambda: access.settle_account(actor)


@scenario(access.end_customer_sessions)
def a_customers_sessions_are_ended() -> Command:
    account, user = _owner_with_accounts(1)
    signed_in(user)
    signed_in(user)
    manager = f.staff_actor(Role.MANAGER)
    return lambda: access.end_customer_sessions(manager, account=account.number)


@scenario(access.remove_second_factor)
def a_lost_second_factor_is_taken_off() -> Command:
    account, user = _owner_with_accounts(1)
    people.with_app(user)
    signed_in(user)
    manager = f.staff_actor(Role.MANAGER)
    given = {"account": account.number, "note": "Came to the counter with a passport."}
    return lambda: access.remove_second_factor(manager, **given)


@scenario(demo.give_sign_in)
def a_person_of_the_demo_is_let_in() -> Command:
    account = customers.published()
    actor = Actor.system("demo", brand=account.brand_id)
    who = {"given_name": "Rosa", "family_name": "Lindqvist", "password_hash": people.PASSWORD_HASH}
    return lambda: demo.give_sign_in(actor, account=account.number, **who)
