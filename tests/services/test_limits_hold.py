"""Each row of docs/limits.md that counts tries, one at a time: used up, it refuses what it is for.

How a row is counted, and for whom, is tried where the service is; here no row may be forgotten.
"""

from contextlib import nullcontext
from dataclasses import dataclass, replace

import pytest
from starlette.requests import Request

from portal_app import models as m
from portal_app import wiring
from portal_app.api import callers
from portal_app.core.errors import Invalid, TooMany
from portal_app.services import access, audit, changes, events, identity, invitations
from portal_app.services.limit_table import ALL_LIMITS
from tests import factories as f
from tests.services.access.customers import TYPED, published
from tests.services.changes.conftest import fresh_key, make_desk
from tests.services.events.conftest import sure_admin
from tests.services.households.conftest import make_family
from tests.services.identity.people import PASSWORD, PHONE, as_caller, customer, visitor, with_app
from tests.services.invitations.world import covered, newest_token


@dataclass
class UsedUp:
    """Counts nothing, and says of one limit that it is used up."""

    name: str = ""

    def hit(self, name, *_):
        return name != self.name

    allows = hit

    def clear(self, *_):
        pass


def sign_in(limiter):
    customer()
    return lambda: identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)


def try_code(limiter):
    with_app(customer())
    given = {"identifier": PHONE, "password": PASSWORD}
    waiting = as_caller(identity.sign_in(visitor(), **given, limiter=UsedUp()).token)
    return lambda: identity.confirm_second_factor(waiting, code="000000", limiter=limiter)


def send_code(limiter):
    customer(mobile="+18135557777")
    signed = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=UsedUp())
    sure = identity.step_up(as_caller(signed.token), password=PASSWORD, limiter=UsedUp())
    return lambda: identity.start_text_enrolment(as_caller(sure.token), limiter=limiter)


def prove_new_address(limiter):
    sure = make_desk().stepped_up()
    asked = {"kind": "email", "values": {"email": "rosa@new.example"}, "key": fresh_key()}
    return lambda: changes.send_proof(sure, **asked, limiter=limiter)


def register(limiter):
    published()
    return lambda: access.start_registration(visitor(), **TYPED, key="k", limiter=limiter)


def use_link(limiter):
    covered().invite()
    token = newest_token()
    return lambda: invitations.start_activation(visitor(), token=token, limiter=limiter)


def ask_for_password(limiter):
    customer(email="rosa@example.com")
    return lambda: identity.request_reset(visitor(), identifier=PHONE, limiter=limiter)


def name_somebody(limiter):
    family = make_family()
    return lambda: family.grant(limiter=limiter)


def prove_again(limiter):
    customer()
    signed = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=UsedUp())
    return lambda: identity.step_up(as_caller(signed.token), password="no", limiter=limiter)


REFUSED = {
    "sign_in.identifier": sign_in, "sign_in.sixth": sign_in, "sign_in.seventh": sign_in,
    "sign_in.eighth": sign_in, "sign_in.ninth": sign_in,
    "sign_in.network": sign_in, "sign_in.all": sign_in,
    "code.try.hour": try_code, "code.try.day": try_code, "code.try.network": try_code,
    "code.try.all": try_code, "code.send.pause": send_code, "code.send.burst": send_code,
    "code.send.day": send_code, "code.send.network": send_code,
    "code.text.day": send_code, "code.send.person": prove_new_address,
    "register.hour": register, "register.day": register,
    "proof.network": register, "proof.all": register, "invite.hour": use_link,
    "invite.day": use_link, "grant.hour": name_somebody, "grant.day": name_somebody,
    "grant.network": name_somebody,
}  # fmt: skip
OTHERWISE = {"reset.hour", "reset.day", "api.token", "step_up.session", "refusals.session"}


@pytest.mark.asvs("2.3.2")
@pytest.mark.parametrize("name", REFUSED)
def test_what_a_limit_counts_is_refused_once_it_is_used_up(db, licensed, clock, name):
    limiter = UsedUp()
    attempt = REFUSED[name](limiter)
    before = len(f.fetch_all(m.OutboundMessage)), len(f.fetch_all(m.PortalSession))
    limiter.name = name
    with pytest.raises(TooMany):
        attempt()
    assert (len(f.fetch_all(m.OutboundMessage)), len(f.fetch_all(m.PortalSession))) == before


@pytest.mark.asvs("2.3.2")
@pytest.mark.parametrize("name", ["reset.hour", "reset.day"])
def test_no_further_link_is_mailed_and_nobody_learns_it(db, clock, name):
    attempt = ask_for_password(UsedUp(name))
    attempt()
    assert f.fetch_all(m.OutboundMessage) == f.fetch_all(m.PasswordReset) == []


@pytest.mark.asvs("2.3.2")
def test_the_last_wrong_password_of_somebody_signed_in_ends_the_session(db, clock):
    prove = prove_again(UsedUp("step_up.session"))
    with pytest.raises(Exception, match="signed you out"):
        prove()
    (session,) = f.fetch_all(m.PortalSession)
    assert session.revoked_at is not None


@pytest.mark.asvs("2.3.2")
def test_a_token_that_asks_too_often_is_told_to_wait(db, clock, monkeypatch):
    value = events.create_token(sure_admin(), name="The CRM", key=fresh_key()).value
    headers = [(b"authorization", f"Bearer {value}".encode())]
    request = Request({"type": "http", "headers": headers})
    monkeypatch.setattr(wiring, "rate_limiter", UsedUp)
    assert callers.integration(request)
    monkeypatch.setattr(wiring, "rate_limiter", lambda: UsedUp("api.token"))
    with pytest.raises(TooMany):
        callers.integration(request)


@pytest.mark.asvs("2.3.2")
def test_the_trail_grows_no_faster_than_its_limit(db, clock):
    actor = replace(f.consumer_actor(f.account()), session_id="s-1")
    assert audit.note_refusal(actor, operation="x", limiter=UsedUp())
    assert not audit.note_refusal(actor, operation="x", limiter=UsedUp("refusals.session"))
    assert len(f.fetch_all(m.AuditEvent, action=m.Action.ACCESS_DENIED)) == 1


@pytest.mark.asvs("2.3.2")
def test_every_limit_was_tried():
    assert {limit.name for limit in ALL_LIMITS} == set(REFUSED) | OTHERWISE


@pytest.mark.parametrize("scenario", sorted(set(REFUSED.values()), key=lambda one: one.__name__))
def test_the_attempt_works_while_nothing_is_used_up(db, licensed, clock, scenario):
    """Or its refusal above would prove nothing."""
    with pytest.raises(Invalid) if scenario is try_code else nullcontext():
        scenario(UsedUp())()
