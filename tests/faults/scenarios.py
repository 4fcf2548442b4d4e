"""One scenario for each write path: what is clicked, and how much of it has happened."""

from collections.abc import Callable
from typing import Any

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import (
    access,
    billing,
    branding,
    help_pages,
    identity,
    jobs,
    notifications,
    rentals,
)
from tests import factories as f
from tests.services.access import customers
from tests.services.identity import people
from tests.services.rentals.conftest import Hire, make_hire

Command = Callable[[], Any]
Scenario = Callable[[], Command]
SCENARIOS: list[Scenario] = []
NEW_PASSWORD = "nine lighthouses at dusk"


def scenario(function: Scenario) -> Scenario:
    SCENARIOS.append(function)
    return function


def limiter() -> LimitsLimiter:
    return LimitsLimiter()


@scenario
def items_are_called_off_rent() -> Command:
    hire = make_hire()
    return lambda: hire.ask(key="click")


def _asked() -> tuple[Hire, str]:
    hire = make_hire()
    return hire, hire.ask()


@scenario
def a_request_is_taken_back() -> Command:
    hire, number = _asked()
    return lambda: rentals.cancel_request(hire.owner, number=number, key="click")


@scenario
def a_request_is_acknowledged() -> Command:
    hire, number = _asked()
    return lambda: rentals.acknowledge(hire.agent, number=number, key="click")


@scenario
def a_request_is_declined() -> Command:
    hire, number = _asked()
    reason = "The lift is needed until Friday."
    return lambda: rentals.decline(hire.agent, number=number, reason=reason, key="click")


@scenario
def a_pickup_is_planned() -> Command:
    hire, number = _asked()
    rentals.acknowledge(hire.agent, number=number, key="earlier")
    when = "2026-11-24T09:00"
    return lambda: rentals.schedule(hire.agent, number=number, when=when, key="click")


@scenario
def items_come_back() -> Command:
    hire, number = _asked()
    rentals.acknowledge(hire.agent, number=number, key="earlier")
    return lambda: rentals.receive_return(hire.agent, number=number, key="click")


@scenario
def items_are_checked_in() -> Command:
    hire, number = _asked()
    rentals.acknowledge(hire.agent, number=number, key="earlier")
    rentals.receive_return(hire.agent, number=number, key="later")
    return lambda: rentals.check_in(hire.agent, number=number, quantity=2, key="click")


@scenario
def a_statement_is_sent_by_mail() -> Command:
    account = f.account()
    owner = f.consumer_actor(account)
    asked = {"account": account.id, "as_of": "2026-10-31"}
    return lambda: billing.mail_statement(owner, **asked, key="click")


@scenario
def an_account_is_changed() -> Command:
    account, agent = customers.published(), f.staff_actor()
    version = f.fetch(m.Account, id=account.id).version
    return lambda: access.update_account(
        agent,
        account=account.number,
        phone="813 555 7070",
        email="new@example.com",
        postal_code="33602",
        is_enabled=True,
        version=version,
        key="click",
    )


@scenario
def ready_accounts_are_published() -> Command:
    customers.candidate()
    admin = f.staff_actor(Role.ADMIN)
    return lambda: access.publish(admin)


# Whoever begins again after an outage needs a code of their own: the new one ends the old.
@scenario
def a_registration_is_begun() -> Command:
    customers.published()
    visitor = people.visitor()
    typed = customers.TYPED
    return lambda: access.start_registration(visitor, **typed, key="click", limiter=limiter())


@scenario
def a_password_is_changed() -> Command:
    people.customer()
    proof = {"password": people.PASSWORD, "limiter": limiter()}
    outcome = identity.sign_in(people.visitor(), identifier=people.PHONE, **proof)
    renewed = identity.step_up(people.as_caller(outcome.token), **proof)
    actor = people.as_caller(renewed.token)
    change = {"current": people.PASSWORD, "new_password": NEW_PASSWORD}
    return lambda: identity.change_password(actor, **change, limiter=limiter())


@scenario
def a_browser_is_signed_out() -> Command:
    people.customer()
    outcome = identity.sign_in(
        people.visitor(), identifier=people.PHONE, password=people.PASSWORD, limiter=limiter()
    )
    actor = people.as_caller(outcome.token)
    return lambda: identity.sign_out(actor)


@scenario
def the_settings_are_changed() -> Command:
    admin = f.staff_actor(Role.ADMIN)
    version = f.fetch(m.PortalSettings, brand_id=admin.brand).version
    changes = {"support_phone": "+1 813 555 0100"}
    return lambda: branding.update_settings(admin, changes=changes, version=version, key="click")


@scenario
def a_help_page_is_written() -> Command:
    manager = f.staff_actor(Role.MANAGER)
    words = {"question": "Where is my store?", "answer": "On every contract."}
    return lambda: help_pages.save_article(manager, **words, is_published=True, key="click")


@scenario
def messages_are_read() -> Command:
    hire, number = _asked()
    rentals.acknowledge(hire.agent, number=number, key="earlier")
    return lambda: notifications.mark_all_read(hire.owner)


@scenario
def a_dead_job_is_tried_again() -> Command:
    admin = f.staff_actor(Role.ADMIN)
    now = f.clock.now()
    dead = f._save(
        m.Job(
            name="send_message",
            args={"message_id": "x", "brand_id": admin.brand},
            status="dead",
            run_at=now,
            created_at=now,
            finished_at=now,
        )
    )
    return lambda: jobs.retry(admin, job_id=dead.id, key="click")


# A second publication finds nothing left to publish, and writes down that it looked.
REPEATABLE = {a_registration_is_begun, ready_accounts_are_published}
