"""Changing how one signs in: step-up, password, second factor, devices."""

from urllib.parse import unquote

import pytest
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.core.secrets import fingerprint
from portal_app.services import identity
from tests import factories as f
from tests.services.identity.people import (
    PASSWORD,
    PHONE,
    as_caller,
    change,
    customer,
    messages,
    sent_code,
    staff_user,
    visitor,
    with_app,
)

NEW = "eleven patient herons wade"


def signed_in(limiter, name=PHONE, **values):
    outcome = identity.sign_in(
        visitor(), identifier=name, password=PASSWORD, limiter=limiter, **values
    )
    return as_caller(outcome.token)


def stepped_up(limiter, **values):
    actor = signed_in(limiter, **values)
    return as_caller(identity.step_up(actor, password=PASSWORD, limiter=limiter).token)


@pytest.mark.asvs("7.2.4")
def test_proving_it_again_lasts_ten_minutes_and_renews_the_token(db, clock, limiter):
    customer()
    actor = signed_in(limiter)
    assert not actor.is_stepped_up
    renewed = identity.step_up(actor, password=PASSWORD, limiter=limiter)
    assert identity.caller_for(f.fetch(m.PortalSession, id=actor.session_id).token_hash) == (
        identity.Caller()
    )
    again = as_caller(renewed.token)
    assert again.is_stepped_up
    clock.advance(minutes=10)
    assert not again.is_stepped_up


@pytest.mark.asvs("6.3.1")
def test_after_five_wrong_passwords_the_session_is_over(db, clock, limiter):
    customer()
    actor = signed_in(limiter)
    for _ in range(4):
        with pytest.raises(Invalid):
            identity.step_up(actor, password="wrong words entirely", limiter=limiter)
    with pytest.raises(Conflict, match="signed you out"):
        identity.step_up(actor, password="wrong words entirely", limiter=limiter)
    with pytest.raises(Conflict):
        identity.step_up(actor, password=PASSWORD, limiter=limiter)


@pytest.mark.asvs("7.5.1")
def test_who_has_an_app_gives_its_code_too(db, clock, limiter):
    secret = with_app(customer())
    waiting = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    actor = as_caller(
        identity.confirm_second_factor(
            as_caller(waiting.token), code=TOTP(secret).at(clock()), limiter=limiter
        ).token
    )
    clock.advance(seconds=30)
    with pytest.raises(Invalid) as refusal:
        identity.step_up(actor, password=PASSWORD, limiter=limiter)
    assert "code" in refusal.value.fields
    code = TOTP(secret).at(clock())
    with pytest.raises(Invalid):
        identity.step_up(actor, password="wrong words entirely", code=code, limiter=limiter)
    assert identity.step_up(actor, password=PASSWORD, code=code, limiter=limiter).token


@pytest.mark.asvs("7.5.1")
def test_who_has_codes_texted_gives_the_password_first_and_then_the_code(db, clock, limiter):
    customer(mobile="+18135557777", second_factor=m.SecondFactor.TEXT)
    waiting = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    actor = as_caller(
        identity.confirm_second_factor(
            as_caller(waiting.token), code=sent_code("identity.code"), limiter=limiter
        ).token
    )
    clock.advance(minutes=2)
    with pytest.raises(Invalid):
        identity.step_up(actor, password="", code="123456", limiter=limiter)
    assert identity.step_up(actor, password=PASSWORD, limiter=limiter) == identity.CodeSent()
    code = sent_code("identity.code")
    assert identity.step_up(actor, password="", code=code, limiter=limiter).token


@pytest.mark.asvs("7.5.1")
@pytest.mark.asvs("6.2.3")
def test_nothing_about_signing_in_is_changed_without_proving_it_again(db, clock, limiter):
    customer(mobile="+18135557777")
    actor = signed_in(limiter)
    attempts = (
        lambda: identity.change_password(
            actor, current=PASSWORD, new_password=NEW, limiter=limiter
        ),
        lambda: identity.start_app_enrolment(actor),
        lambda: identity.start_text_enrolment(actor, limiter=limiter),
        lambda: identity.confirm_enrolment(actor, code="123456", limiter=limiter),
        lambda: identity.disable_second_factor(actor, password=PASSWORD, limiter=limiter),
        lambda: identity.make_recovery_codes(actor),
        lambda: identity.end_other_sessions(actor),
        lambda: identity.sign_out_everywhere(actor),
        lambda: identity.end_device(actor, device=actor.session_id),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="Confirm your password"):
            attempt()


@pytest.mark.asvs("6.2.2")
@pytest.mark.asvs("6.2.3")
@pytest.mark.asvs("7.4.3")
def test_a_password_is_changed_with_the_present_one_and_other_devices_are_out(
    any_db, clock, limiter
):
    customer(email="rosa@example.com")
    elsewhere = signed_in(limiter)
    actor = stepped_up(limiter)
    with pytest.raises(Invalid) as refusal:
        identity.change_password(
            actor, current="wrong words entirely", new_password=NEW, limiter=limiter
        )
    assert "current" in refusal.value.fields
    renewed = identity.change_password(actor, current=PASSWORD, new_password=NEW, limiter=limiter)
    assert as_caller(renewed.token).is_consumer
    assert identity.caller_for(f.fetch(m.PortalSession, id=elsewhere.session_id).token_hash) == (
        identity.Caller()
    )
    assert messages("identity.password_changed")[0].recipient == "rosa@example.com"
    with pytest.raises(Invalid):
        signed_in(limiter)
    entered = identity.sign_in(visitor(), identifier=PHONE, password=NEW, limiter=limiter)
    assert isinstance(entered, identity.SignedIn)


@pytest.mark.asvs("6.2.1")
@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize("new", ["fourteen chars", PASSWORD, "rosa lindqvist 33602", "", "x" * 500])
def test_a_new_password_that_will_not_do_changes_nothing(db, clock, limiter, new):
    customer()
    actor = stepped_up(limiter)
    with pytest.raises(Invalid) as refusal:
        identity.change_password(actor, current=PASSWORD, new_password=new, limiter=limiter)
    assert list(refusal.value.fields) == ["new_password"]
    assert messages() == []
    assert signed_in(limiter).is_consumer


def enrol(actor, limiter, clock):
    """Set up an authenticator app; returns its secret and the outcome."""
    made = identity.start_app_enrolment(actor)
    assert made == identity.start_app_enrolment(actor)
    code = TOTP(made.secret).at(clock())
    return made.secret, identity.confirm_enrolment(actor, code=code, limiter=limiter)


@pytest.mark.asvs("6.3.3")
def test_an_app_is_set_up_with_a_picture_and_a_first_code(any_db, clock, limiter):
    customer(email="rosa@example.com")
    actor = stepped_up(limiter)
    made = identity.start_app_enrolment(actor)
    assert made.picture.startswith("data:image/svg+xml") and len(made.secret) == 32
    assert "<svg" in unquote(made.picture)
    with pytest.raises(Invalid):
        identity.confirm_enrolment(actor, code="000000", limiter=limiter)
    secret, outcome = enrol(actor, limiter, clock)
    assert as_caller(outcome.token).is_stepped_up
    user = f.fetch(m.PortalUser)
    assert user.second_factor is m.SecondFactor.APP
    assert secret not in user.model_dump_json()
    assert messages("identity.second_factor_on")
    code = TOTP(secret).at(clock())
    waiting = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    with pytest.raises(Invalid):
        identity.confirm_second_factor(as_caller(waiting.token), code=code, limiter=limiter)


@pytest.mark.asvs("6.3.3")
def test_staff_set_up_an_app_before_they_see_anything(db, clock, limiter):
    staff_user()
    waiting = signed_in(limiter, "dana@example.com", next_path="/staff/customers")
    assert waiting.is_anonymous
    with pytest.raises(NotAllowed):
        identity.start_text_enrolment(waiting, limiter=limiter)
    _, outcome = enrol(waiting, limiter, clock)
    assert outcome.is_staff and outcome.next_path == "/staff/customers"
    assert as_caller(outcome.token).is_staff


@pytest.mark.asvs("6.4.3")
def test_the_password_alone_replaces_no_second_factor(db, clock, limiter):
    user = staff_user()
    waiting = signed_in(limiter, "dana@example.com")
    with_app(user)
    with pytest.raises(NotAllowed):
        identity.start_app_enrolment(waiting)


@pytest.mark.asvs("6.6.1")
def test_texts_go_only_to_the_mobile_on_file_once_it_was_proved(db, clock, limiter):
    customer(mobile="+18135557777")
    actor = stepped_up(limiter)
    identity.start_text_enrolment(actor, limiter=limiter)
    assert messages("identity.code")[0].recipient == "+18135557777"
    assert f.fetch(m.PortalUser).second_factor is m.SecondFactor.NONE
    identity.confirm_enrolment(actor, code=sent_code("identity.code"), limiter=limiter)
    assert f.fetch(m.PortalUser).second_factor is m.SecondFactor.TEXT


def test_without_a_mobile_on_file_nothing_is_texted(db, clock, limiter):
    customer()
    with pytest.raises(Conflict, match="no mobile"):
        identity.start_text_enrolment(stepped_up(limiter), limiter=limiter)


def test_a_second_factor_is_switched_off_with_a_password_that_can_stand_alone(db, clock, limiter):
    customer()
    _, outcome = enrol(stepped_up(limiter), limiter, clock)
    actor = as_caller(outcome.token)
    with pytest.raises(Invalid):
        identity.disable_second_factor(actor, password="wrong words entirely", limiter=limiter)
    renewed = identity.disable_second_factor(actor, password=PASSWORD, limiter=limiter)
    assert as_caller(renewed.token).is_consumer
    user = f.fetch(m.PortalUser)
    assert (user.second_factor, user.totp_secret_sealed) == (m.SecondFactor.NONE, "")
    assert messages("identity.second_factor_off")


@pytest.mark.asvs("6.2.1")
def test_a_short_password_cannot_be_left_alone(db, clock, limiter):
    from portal_app.services.identity.rules import hashing

    customer()
    _, outcome = enrol(stepped_up(limiter), limiter, clock)
    change(f.fetch(m.PortalUser), password_hash=hashing.keep("plinth fjord"))
    with pytest.raises(Invalid, match="15 characters"):
        identity.disable_second_factor(
            as_caller(outcome.token), password="plinth fjord", limiter=limiter
        )


@pytest.mark.asvs("6.3.3")
def test_staff_cannot_switch_theirs_off(db, clock, limiter):
    staff_user()
    _, outcome = enrol(signed_in(limiter, "dana@example.com"), limiter, clock)
    with pytest.raises(NotAllowed):
        identity.disable_second_factor(as_caller(outcome.token), password=PASSWORD, limiter=limiter)


@pytest.mark.asvs("6.5.1")
@pytest.mark.asvs("6.5.2")
def test_ten_recovery_codes_each_good_once_and_kept_as_hashes(any_db, clock, limiter):
    customer()
    _, outcome = enrol(stepped_up(limiter), limiter, clock)
    actor = as_caller(outcome.token)
    fresh = identity.make_recovery_codes(actor)
    assert len(set(fresh)) == 10
    kept = f.fetch_all(m.RecoveryCode)
    assert all(row.code_hash.startswith("$argon2id$") for row in kept)
    assert identity.security(actor).recovery_codes_left == 10

    def enter(code):
        waiting = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
        return identity.confirm_second_factor(as_caller(waiting.token), code=code, limiter=limiter)

    assert enter(fresh[0].lower().replace("-", " ")).token
    with pytest.raises(Invalid):
        enter(fresh[0])
    assert enter(fresh[1]).token
    newer = identity.make_recovery_codes(actor)
    with pytest.raises(Invalid):
        enter(fresh[2])
    assert enter(newer[0]).token


def test_recovery_codes_stand_in_for_something(db, clock, limiter):
    customer()
    with pytest.raises(Conflict):
        identity.make_recovery_codes(stepped_up(limiter))


@pytest.mark.requirement("S3-18")
@pytest.mark.asvs("7.4.1")
def test_signing_out_ends_the_session_on_the_server(any_db, clock, limiter):
    customer()
    outcome = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    identity.sign_out(as_caller(outcome.token))
    assert identity.caller_for(fingerprint(outcome.token)) == identity.Caller()
    identity.sign_out(visitor())


@pytest.mark.asvs("7.5.2")
def test_the_owner_sees_where_they_are_signed_in_and_ends_one_or_all(db, clock, limiter):
    customer()
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130.0 Safari/537.36"
    other = signed_in(limiter, user_agent=agent)
    clock.advance(minutes=1)
    actor = stepped_up(limiter)
    devices = identity.security(actor).devices
    assert [device.is_this for device in devices] == [True, False]
    assert devices[1].label == "Chrome on Windows"
    identity.end_device(actor, device=other.session_id)
    assert len(identity.security(actor).devices) == 1
    for gone in (other.session_id, "", "\x00", None):
        with pytest.raises(NotFound):
            identity.end_device(actor, device=gone)
    signed_in(limiter)
    assert identity.end_other_sessions(actor) == 1
    assert identity.sign_out_everywhere(actor) == 1
    assert as_caller("").is_anonymous


@pytest.mark.asvs("8.2.2")
def test_the_devices_of_others_cannot_be_ended(db, clock, limiter):
    customer()
    customer("+18135550002")
    stranger = signed_in(limiter, "+18135550002")
    with pytest.raises(NotFound):
        identity.end_device(stepped_up(limiter), device=stranger.session_id)


def test_security_is_for_somebody_who_is_signed_in(db, clock):
    with pytest.raises(NotFound):
        identity.security(visitor())


@pytest.mark.asvs("7.3.1")
@pytest.mark.parametrize(("minutes", "is_in"), [(29.99, True), (30, False)])
def test_a_customer_who_is_silent_for_half_an_hour_is_out(db, clock, limiter, minutes, is_in):
    customer()
    outcome = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    clock.advance(minutes=minutes)
    assert as_caller(outcome.token).is_consumer is is_in


@pytest.mark.asvs("7.3.2")
def test_no_session_outlives_its_day_however_busy(db, clock, limiter):
    customer()
    outcome = identity.sign_in(visitor(), identifier=PHONE, password=PASSWORD, limiter=limiter)
    for _ in range(36):
        clock.advance(minutes=19.99)
        identity.stay(as_caller(outcome.token))
    assert as_caller(outcome.token).is_consumer
    clock.advance(minutes=1)
    assert as_caller(outcome.token).is_anonymous


@pytest.mark.asvs("6.3.1")
def test_nobody_guesses_the_password_by_switching_the_second_factor_off(db, clock, limiter):
    customer()
    _, outcome = enrol(stepped_up(limiter), limiter, clock)
    actor = as_caller(outcome.token)
    for _ in range(4):
        with pytest.raises(Invalid):
            identity.disable_second_factor(actor, password="wrong words", limiter=limiter)
    with pytest.raises(Conflict, match="Sign in again"):
        identity.disable_second_factor(actor, password="wrong words", limiter=limiter)
    assert as_caller(outcome.token).is_anonymous
