"""What texted codes may cost in a day altogether: used up, nobody gets one; all else goes on."""

import pytest

from portal_app import models as m
from portal_app.cli import doctor
from portal_app.core.errors import TooMany
from portal_app.core.settings import settings
from portal_app.services import changes, health, identity, invitations, limits
from tests import factories as f
from tests.services.applications.world import make_desk as make_applications
from tests.services.applications.world import opened
from tests.services.changes.conftest import fresh_key, make_desk
from tests.services.identity.people import (
    PASSWORD,
    PHONE,
    as_caller,
    change,
    customer,
    visitor,
    with_app,
)
from tests.services.invitations.world import covered, newest_token
from tests.services.test_limits_hold import UsedUp

MOBILE = "+18135557777"


def enter(limiter, name=PHONE, ip="203.0.113.7"):
    return identity.sign_in(visitor(ip), identifier=name, password=PASSWORD, limiter=limiter)


def by_text():
    return customer(mobile=MOBILE, second_factor=m.SecondFactor.TEXT)


def signing_in(limiter):
    by_text()
    return lambda: enter(limiter)


def sending_again(limiter):
    by_text()
    waiting = as_caller(enter(limiter).token)
    return lambda: identity.resend_code(waiting, limiter=limiter)


def enrolling(limiter):
    customer(mobile=MOBILE)
    signed = as_caller(enter(limiter).token)
    sure = identity.step_up(signed, password=PASSWORD, limiter=limiter)
    return lambda: identity.start_text_enrolment(as_caller(sure.token), limiter=limiter)


def stepping_up(limiter):
    customer(mobile=MOBILE)
    signed = as_caller(enter(limiter).token)
    change(f.fetch(m.PortalUser), second_factor=m.SecondFactor.TEXT)
    return lambda: identity.step_up(signed, password=PASSWORD, limiter=limiter)


def proving_a_number(limiter):
    sure = make_desk().stepped_up()
    asked = {"kind": "phone", "values": {"mobile": "(813) 555-0199"}}
    return lambda: changes.send_proof(sure, **asked, limiter=limiter, key=fresh_key())


def using_an_invitation(limiter):
    covered(mobile_e164=MOBILE).invite()
    token = newest_token()
    return lambda: invitations.start_activation(visitor(), token=token, limiter=limiter)


def coming_into_an_application(limiter):
    token = make_applications().copy("Ann")
    return lambda: opened(token, limiter)


WAYS = [signing_in, sending_again, enrolling, stepping_up, proving_a_number, using_an_invitation,
        coming_into_an_application]  # fmt: skip


def texted():
    return len(f.fetch_all(m.OutboundMessage, channel=m.Channel.TEXT))


@pytest.mark.asvs("2.4.1")
@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_texted_while_the_budget_lasts_and_not_after(db, licensed, clock, caplog, way):
    limiter = UsedUp()
    attempt = way(limiter)
    before, limiter.name = texted(), "code.text.day"
    with pytest.raises(TooMany):
        attempt()
    assert texted() == before
    assert "no more codes are texted today" in caplog.text
    limiter.name = ""
    attempt()
    assert texted() == before + 1


@pytest.fixture
def two_a_day(monkeypatch):
    chosen = settings().model_copy(update={"text_codes_per_day": 2})
    monkeypatch.setattr(limits, "settings", lambda: chosen)


@pytest.mark.asvs("2.4.1")
@pytest.mark.usefixtures("db", "two_a_day")
def test_everybody_shares_one_budget_for_a_day_and_all_other_ways_go_on(clock, limiter):
    numbers = [f"+1813555123{n}" for n in range(4)]
    people = [
        customer(number, mobile=number, second_factor=m.SecondFactor.TEXT) for number in numbers
    ]
    with_app(people[3])
    for number, ip in zip(numbers[:2], ("198.51.100.1", "203.0.113.1"), strict=True):
        assert enter(limiter, number, ip).factor == "text"
    assert doctor._findings("texts", doctor._texts)[0].is_ok is False
    with pytest.raises(TooMany) as refusal:
        enter(limiter, numbers[2], "192.0.2.1")
    assert refusal.value.message == TooMany.message
    assert enter(limiter, numbers[3], "192.0.2.2").factor == "app"
    sure = make_desk().stepped_up()
    asked = {"kind": "email", "values": {"email": "rosa@new.example"}, "key": fresh_key()}
    assert changes.send_proof(sure, **asked, limiter=limiter)
    clock.advance(days=2)
    assert enter(limiter, numbers[2], "192.0.2.1").factor == "text"
    assert doctor._findings("texts", doctor._texts)[0] == (
        "texts", True, "1 of 2 codes a day were texted in the last 24 hours."
    )  # fmt: skip


@pytest.mark.usefixtures("any_db")
def test_only_codes_that_are_texted_are_counted_against_the_budget(clock):
    customer(mobile=MOBILE, email="rosa@example.com", second_factor=m.SecondFactor.TEXT)
    enter(UsedUp())
    identity.request_reset(visitor(), identifier=PHONE, limiter=UsedUp())
    assert len(f.fetch_all(m.OutboundMessage)) == 2
    assert health.codes_texted() == 1
