"""Inviting people, and people on their way in by a link."""

from datetime import date

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import invitations
from tests import factories as f
from tests.faults.scenarios.registry import Command, later, limiter, scenario
from tests.services.access import customers
from tests.services.invitations import world as invited

EACH_HAS_A_CODE = "Whoever opens the link again needs a code of their own."


def _whom(cover: invited.Cover) -> dict[str, str]:
    return {"account": cover.account.number, "person": cover.holder.id}


@scenario(invitations.request_verification)
def somebody_is_invited_again() -> Command:
    cover = invited.covered()
    cover.invite("earlier")
    return lambda: cover.invite("click")


@scenario(invitations.verify_and_invite)
def somebody_is_verified_and_invited() -> Command:
    cover = invited.covered()
    given = {**_whom(cover), "note": "Knew the VIN."}
    return lambda: invitations.verify_and_invite(cover.agent, **given, key="click")


@scenario(invitations.copy_link)
def a_link_is_made_to_hand_over() -> Command:
    cover = invited.covered()
    return lambda: invitations.copy_link(cover.agent, **_whom(cover), key="click")


@scenario(invitations.revoke)
def a_link_is_taken_back() -> Command:
    cover = invited.covered()
    cover.invite("earlier")
    return lambda: invitations.revoke(cover.agent, **_whom(cover), key="click")


@scenario(invitations.greet_holders)
def the_holders_of_new_contracts_are_written_to() -> Command:
    for _ in range(2):
        invited.covered()
    settings = f.fetch(m.PortalSettings, brand_id=f.brand().id)
    customers.change(settings, cutover_date=date(2026, 11, 16))
    system = Actor.system("greet_holders", brand=f.brand().id)
    return lambda: invitations.greet_holders(system)


@scenario(invitations.expire_invitations)
def links_run_out() -> Command:
    for _ in range(2):
        invited.covered().invite()
    later(days=8)
    return lambda: invitations.expire_invitations(Actor.system("expire_invitations"))


def _superseded() -> tuple[invited.Cover, str]:
    cover = invited.covered()
    cover.invite("one")
    token = invited.newest_token()
    cover.invite("two")
    return cover, token


def _ask(token: str) -> None:
    invitations.ask_for_new_link(invited.visitor(), token=token, limiter=limiter())


@scenario(invitations.ask_for_new_link)
def a_new_link_is_asked_for() -> Command:
    _, token = _superseded()
    return lambda: _ask(token)


@scenario(invitations.set_renewal_aside)
def a_wish_for_a_new_link_is_set_aside() -> Command:
    cover, token = _superseded()
    _ask(token)
    return lambda: invitations.set_renewal_aside(cover.agent, **_whom(cover), key="click")


@scenario(invitations.start_activation, anew=EACH_HAS_A_CODE)
def a_link_is_opened() -> Command:
    invited.covered().invite()
    token, visitor = invited.newest_token(), invited.visitor()
    return lambda: invitations.start_activation(visitor, token=token, limiter=limiter())


def _has_opened() -> Actor:
    invited.covered().invite()
    return invited.opened(invited.newest_token(), limiter())


@scenario(invitations.resend_activation_code, anew=EACH_HAS_A_CODE)
def another_code_is_sent_for_a_link() -> Command:
    actor = _has_opened()
    later(minutes=2)
    return lambda: invitations.resend_activation_code(actor, limiter=limiter())


@scenario(invitations.confirm_activation)
def the_code_for_a_link_is_entered() -> Command:
    actor = _has_opened()
    code = invited.newest_code()
    return lambda: invitations.confirm_activation(actor, code=code, limiter=limiter())


@scenario(invitations.finish_activation)
def a_first_password_is_chosen() -> Command:
    invited.covered().invite()
    actor = invited.proved(invited.newest_token(), limiter())
    return lambda: invitations.finish_activation(actor, new_password=invited.PASSWORD)
