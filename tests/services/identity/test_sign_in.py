import re
from datetime import timedelta
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, TooMany
from portal_app.core.secrets import fingerprint
from portal_app.services import identity
from portal_app.services.identity.commands.sign_in import WRONG
from portal_app.services.identity.rules import hashing
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


def enter(limiter, name=PHONE, password=PASSWORD, **values):
    actor = values.pop("actor", None) or visitor(values.pop("ip", "203.0.113.7"))
    return identity.sign_in(actor, identifier=name, password=password, limiter=limiter, **values)


@pytest.mark.requirement("S3-15")
@pytest.mark.asvs("7.2.2")
@pytest.mark.parametrize("typed", ["(813) 555-1234", "813-555-1234", "8135551234", PHONE])
def test_a_customer_signs_in_with_their_phone_number_however_typed(any_db, clock, limiter, typed):
    user = customer()
    outcome = enter(limiter, typed, next_path="/contracts")
    assert isinstance(outcome, identity.SignedIn)
    assert not outcome.is_staff
    assert outcome.next_path == "/contracts"
    actor = as_caller(outcome.token)
    assert actor.is_consumer and actor.user_id == user.id
    assert f.fetch(m.PortalUser, id=user.id).last_login_at == clock()


@pytest.mark.requirement("S3-15")
def test_an_email_address_does_as_well_in_any_case(db, clock, limiter):
    customer(email="rosa@example.com")
    assert isinstance(enter(limiter, "Rosa@Example.com"), identity.SignedIn)


@pytest.mark.asvs("7.2.3")
def test_the_token_has_256_bits_and_is_not_kept(db, clock, limiter):
    customer()
    token = enter(limiter).token
    assert len(token) == 43
    session = f.fetch(m.PortalSession)
    assert session.token_hash == fingerprint(token)
    assert token not in session.model_dump_json()


@pytest.mark.requirement("S3-15")
@pytest.mark.asvs("6.3.1")
def test_an_unknown_name_and_a_wrong_password_get_the_same_sentence_and_leave_the_same(
    any_db, clock, limiter
):
    customer()
    refusals = []
    for name in (PHONE, "+18135550000", "nobody@example.com", "not a name"):
        with pytest.raises(Invalid) as refusal:
            enter(limiter, name, "wrong words entirely")
        refusals.append(refusal.value.fields)
    assert refusals == [{"identifier": WRONG}] * 4
    assert f.fetch_all(m.PortalSession) == f.fetch_all(m.OutboundMessage) == []
    refused = f.fetch_all(m.AuditEvent, action=m.Action.SESSION_REFUSED.value)
    assert len(refused) == 4


def test_a_password_is_compared_for_nobody_too(db, clock, limiter, monkeypatch):
    compared = []
    real = hashing.matches
    monkeypatch.setattr(hashing, "matches", lambda p, k: compared.append(k) or real(p, k))
    with pytest.raises(Invalid):
        enter(limiter, "nobody@example.com", "wrong words entirely")
    assert compared == [None]


def test_an_empty_form_says_which_fields_to_fill(db, clock, limiter):
    with pytest.raises(Invalid) as refusal:
        enter(limiter, " ", "")
    assert refusal.value.fields == {
        "identifier": "Enter your phone number or email address.",
        "password": "Enter your password.",
    }


@pytest.mark.asvs("6.3.1")
@pytest.mark.requirement("S3-15")
def test_five_wrong_passwords_in_fifteen_minutes_are_enough(db, clock, limiter):
    customer()
    for _ in range(5):
        with pytest.raises(Invalid):
            enter(limiter, password="wrong words entirely")
    with pytest.raises(TooMany, match="choose a new password"):
        enter(limiter)
    clock.advance(minutes=15, seconds=1)
    assert isinstance(enter(limiter), identity.SignedIn)


@pytest.mark.asvs("6.3.1")
def test_each_further_wrong_password_waits_twice_as_long_as_the_one_before(db, clock, limiter):
    customer()
    for _ in range(5):
        with pytest.raises(Invalid):
            enter(limiter, password="wrong words entirely")
    began = clock()
    for minutes in (15, 30, 60, 120):
        clock.time = began + timedelta(minutes=minutes, seconds=-1)
        with pytest.raises(TooMany):
            enter(limiter, ip="198.51.100.1")
        clock.advance(seconds=2)
        with pytest.raises(Invalid):
            enter(limiter, password="wrong words entirely", ip="198.51.100.1")
    clock.advance(hours=2)
    assert isinstance(enter(limiter), identity.SignedIn)
    for _ in range(5):  # who is in has no wrong ones behind them
        with pytest.raises(Invalid):
            enter(limiter, password="wrong words entirely")


@pytest.mark.asvs("6.1.1")
def test_a_stranger_elsewhere_cannot_keep_the_owner_out(db, clock, limiter):
    customer()
    enter(limiter, ip="198.51.100.20")
    for _ in range(5):
        with pytest.raises(Invalid):
            enter(limiter, password="wrong words entirely", ip="203.0.113.9")
    with pytest.raises(TooMany):
        enter(limiter, ip="203.0.113.9")
    assert isinstance(enter(limiter, ip="198.51.100.21"), identity.SignedIn)


@pytest.mark.asvs("6.3.1")
def test_thirty_wrong_passwords_from_one_network_are_enough_whoever_they_are_for(
    db, clock, limiter
):
    customer()
    for n in range(30):
        with pytest.raises(Invalid):
            enter(limiter, f"+1813556{n:04d}", "wrong words entirely", ip=f"203.0.113.{n}")
    with pytest.raises(TooMany):
        enter(limiter, ip="203.0.113.200")
    assert isinstance(enter(limiter, ip="203.0.114.1"), identity.SignedIn)


def test_when_nothing_can_be_counted_nobody_signs_in(db, clock):
    from portal_app.ports import PortUnavailable

    class Broken:
        def hit(self, *_):
            raise PortUnavailable

        allows = clear = hit

    customer()
    with pytest.raises(TooMany, match="cannot check"):
        enter(Broken())


@pytest.mark.requirement("S3-11")
@pytest.mark.asvs("6.3.4")
def test_a_phone_typed_twice_opens_registration_for_known_and_unknown_alike(db, clock, limiter):
    f.account(main_phone_e164="+18135550042")
    for phone in ("813-555-0042", "813-555-0043"):
        outcome = enter(limiter, phone, phone)
        assert isinstance(outcome, identity.ActivationStarted)
        caller = identity.caller_for(fingerprint(outcome.token))
        assert caller.stage is m.SessionStage.ACTIVATION
        assert caller.actor.is_anonymous
    assert messages() == []


@pytest.mark.requirement("S3-11")
@pytest.mark.asvs("6.4.1")
def test_once_registered_the_phone_is_just_a_wrong_password(db, clock, limiter):
    customer()
    with pytest.raises(Invalid) as refusal:
        enter(limiter, PHONE, PHONE)
    assert refusal.value.fields == {"identifier": WRONG}


def test_a_suspended_customer_hears_so_only_with_the_right_password(db, clock, limiter):
    change(customer(), status=m.UserStatus.SUSPENDED)
    with pytest.raises(NotAllowed, match="paused"):
        enter(limiter)
    with pytest.raises(Invalid) as refusal:
        enter(limiter, password="wrong words entirely")
    assert refusal.value.fields == {"identifier": WRONG}


@pytest.mark.parametrize("status", [m.UserStatus.INVITED, m.UserStatus.DISABLED])
def test_a_sign_in_that_is_not_active_is_nobodys(db, clock, limiter, status):
    change(customer(), status=status)
    with pytest.raises(Invalid) as refusal:
        enter(limiter)
    assert refusal.value.fields == {"identifier": WRONG}


def test_the_sign_in_of_another_brand_is_unknown_here(db, clock, limiter):
    customer()
    from dataclasses import replace

    elsewhere = replace(visitor(), brand=f.brand(key="orchard", name="Orchard").id)
    with pytest.raises(Invalid):
        enter(limiter, actor=elsewhere)


@pytest.mark.asvs("7.2.4")
def test_signing_in_ends_the_session_that_the_browser_had(db, clock, limiter):
    customer()
    first = enter(limiter).token
    second = enter(limiter, actor=as_caller(first)).token
    assert identity.caller_for(fingerprint(first)).session_id == ""
    assert as_caller(second).is_consumer


@pytest.mark.asvs("6.3.3")
def test_staff_without_an_app_must_set_one_up_and_are_nobody_until_then(db, clock, limiter):
    staff_user()
    outcome = enter(limiter, "dana@example.com")
    assert isinstance(outcome, identity.EnrolmentNeeded)
    assert as_caller(outcome.token).is_anonymous


@pytest.mark.asvs("6.3.3")
def test_customers_of_a_brand_that_demands_it_must_set_one_up_too(db, clock, limiter):
    customer()
    change(f.fetch(m.PortalSettings), demand_second_factor=True)
    assert isinstance(enter(limiter), identity.EnrolmentNeeded)


@pytest.mark.asvs("6.3.3")
@pytest.mark.asvs("7.2.4")
def test_the_app_code_completes_a_sign_in_under_a_new_token(any_db, clock, limiter):
    secret = with_app(staff_user())
    waiting = enter(limiter, "dana@example.com", next_path="/staff/customers")
    assert waiting == identity.SecondFactorNeeded(waiting.token, "app")
    assert as_caller(waiting.token).is_anonymous
    done = identity.confirm_second_factor(
        as_caller(waiting.token), code=TOTP(secret).at(clock()), limiter=limiter
    )
    assert done.is_staff and done.next_path == "/staff/customers"
    assert as_caller(done.token).is_staff
    assert identity.caller_for(fingerprint(waiting.token)).session_id == ""


@pytest.mark.asvs("6.5.1")
def test_an_app_code_that_was_used_opens_no_second_session(db, clock, limiter):
    secret = with_app(customer())
    code = TOTP(secret).at(clock())
    identity.confirm_second_factor(as_caller(enter(limiter).token), code=code, limiter=limiter)
    with pytest.raises(Invalid):
        identity.confirm_second_factor(as_caller(enter(limiter).token), code=code, limiter=limiter)


@pytest.mark.asvs("6.6.3")
def test_after_five_wrong_codes_the_password_is_asked_for_again(db, clock, limiter):
    secret = with_app(customer())
    waiting = as_caller(enter(limiter).token)
    for _ in range(4):
        with pytest.raises(Invalid):
            identity.confirm_second_factor(waiting, code="000000", limiter=limiter)
    with pytest.raises(Conflict, match="fifth"):
        identity.confirm_second_factor(waiting, code="000000", limiter=limiter)
    with pytest.raises(Conflict):
        identity.confirm_second_factor(waiting, code=TOTP(secret).at(clock()), limiter=limiter)


@pytest.mark.asvs("6.6.3")
def test_ten_codes_an_hour_may_be_tried_for_one_person(db, clock, limiter):
    with_app(customer())
    for _ in range(2):
        waiting = as_caller(enter(limiter).token)
        for _ in range(5):
            with pytest.raises((Invalid, Conflict)):
                identity.confirm_second_factor(waiting, code="000000", limiter=limiter)
    waiting = as_caller(enter(limiter).token)
    with pytest.raises(TooMany):
        identity.confirm_second_factor(waiting, code="000000", limiter=limiter)
    clock.advance(hours=1, seconds=1)
    waiting = as_caller(enter(limiter).token)
    with pytest.raises(Invalid):
        identity.confirm_second_factor(waiting, code="000000", limiter=limiter)


@pytest.mark.asvs("2.3.1")
def test_a_code_is_of_no_use_before_the_password(db, clock, limiter):
    secret = with_app(customer())
    with pytest.raises(Conflict):
        identity.confirm_second_factor(visitor(), code=TOTP(secret).at(clock()), limiter=limiter)


def texted(**values):
    return customer(mobile="+18135557777", second_factor=m.SecondFactor.TEXT, **values)


@pytest.mark.asvs("6.5.2")
def test_a_texted_code_completes_a_sign_in_and_is_kept_only_as_a_hash(any_db, clock, limiter):
    texted()
    waiting = enter(limiter)
    assert waiting == identity.SecondFactorNeeded(waiting.token, "text")
    (message,) = messages("identity.code")
    assert (message.recipient, message.carries_secret) == ("+18135557777", True)
    code = sent_code("identity.code")
    assert f.fetch(m.OtpChallenge).code_hash.startswith("$argon2id$")
    assert code not in f.fetch(m.OtpChallenge).model_dump_json()
    typed = f"{code[:3]} {code[3:]}"
    done = identity.confirm_second_factor(as_caller(waiting.token), code=typed, limiter=limiter)
    assert as_caller(done.token).is_consumer


@pytest.mark.asvs("6.6.2")
def test_a_texted_code_is_of_no_use_in_another_browser(db, clock, limiter):
    texted()
    enter(limiter)
    code = sent_code("identity.code")
    clock.advance(seconds=61)
    other = as_caller(enter(limiter).token)
    with pytest.raises(Invalid):
        identity.confirm_second_factor(other, code=code, limiter=limiter)


@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize(("minutes", "is_good"), [(9.99, True), (10, False)])
def test_a_texted_code_works_for_ten_minutes(db, clock, limiter, minutes, is_good):
    texted()
    waiting = as_caller(enter(limiter).token)
    clock.advance(minutes=minutes)
    code = sent_code("identity.code")
    if is_good:
        assert identity.confirm_second_factor(waiting, code=code, limiter=limiter).token
    else:
        with pytest.raises(Invalid, match="run out"):
            identity.confirm_second_factor(waiting, code=code, limiter=limiter)


@pytest.mark.asvs("6.6.3")
def test_a_new_code_ends_the_old_and_comes_a_minute_later_at_most_three_in_a_quarter(
    db, clock, limiter
):
    texted()
    waiting = as_caller(enter(limiter).token)
    first = sent_code("identity.code")
    with pytest.raises(TooMany, match="Wait a minute"):
        identity.resend_code(waiting, limiter=limiter)
    clock.advance(seconds=61)
    identity.resend_code(waiting, limiter=limiter)
    clock.advance(seconds=61)
    identity.resend_code(waiting, limiter=limiter)
    clock.advance(seconds=61)
    with pytest.raises(TooMany):
        identity.resend_code(waiting, limiter=limiter)
    assert len(messages("identity.code")) == 3
    if first != sent_code("identity.code"):
        with pytest.raises(Invalid):
            identity.confirm_second_factor(waiting, code=first, limiter=limiter)
    code = sent_code("identity.code")
    assert identity.confirm_second_factor(waiting, code=code, limiter=limiter).token


def test_a_browser_not_seen_before_is_reported_to_the_owner_and_a_known_one_is_not(
    db, clock, limiter
):
    customer(email="rosa@example.com")
    enter(limiter, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36")
    assert messages() == []
    enter(limiter, user_agent="Mozilla/5.0 (iPhone) Version/17 Safari/604.1")
    (message,) = messages("identity.new_device")
    assert message.recipient == "rosa@example.com" and "Safari on iPhone" in message.text
    enter(limiter, user_agent="Mozilla/5.0 (iPhone) Version/17 Safari/604.1")
    assert len(messages()) == 1


def test_an_old_hash_is_made_anew_when_its_owner_signs_in(db, clock, limiter, production_hashing):
    from passlib.hash import argon2

    weak = argon2.using(type="ID", memory_cost=1024, time_cost=1, parallelism=1).hash(PASSWORD)
    user = customer(password_hash=weak)
    enter(limiter)
    assert "m=19456,t=2,p=1" in f.fetch(m.PortalUser, id=user.id).password_hash
    assert isinstance(enter(limiter), identity.SignedIn)


@pytest.mark.asvs("7.1.2")
def test_the_eleventh_session_ends_the_oldest(db, clock, limiter):
    customer()
    tokens = []
    for _ in range(11):
        clock.advance(seconds=1)
        tokens.append(enter(limiter).token)
    alive = [bool(identity.caller_for(fingerprint(token)).session_id) for token in tokens]
    assert alive == [False] + [True] * 10


@pytest.mark.asvs("6.2.10")
def test_a_password_never_grows_too_old(db, clock, limiter):
    customer(password_changed_at=clock())
    clock.advance(days=3650)
    assert isinstance(enter(limiter), identity.SignedIn)


def test_mistyped_names_of_others_keep_nobody_from_mistyping_theirs(db, clock, limiter):
    for n in range(12):
        with pytest.raises(Invalid):
            enter(limiter, "8135", "no idea", ip=f"203.0.{n}.7")


def test_who_has_no_mobile_number_any_more_is_asked_for_a_recovery_code(db, clock, limiter):
    user = customer(second_factor=m.SecondFactor.TEXT)
    kept = hashing.keep_code("ABCDE12345")
    f._save(m.RecoveryCode(user_id=user.id, code_hash=kept))
    waiting = enter(limiter)
    assert waiting == identity.SecondFactorNeeded(waiting.token, "recovery")
    assert messages() == []
    done = identity.confirm_second_factor(
        as_caller(waiting.token), code="abcde-12345", limiter=limiter
    )
    assert as_caller(done.token).is_consumer


@pytest.mark.asvs("6.5.3")
@pytest.mark.asvs("11.5.1")
def test_nothing_that_signs_people_in_draws_from_a_guessable_source():
    for folder in ("portal_app/services/identity", "portal_app/services/access", "portal_app/core"):
        for path in Path(folder).rglob("*.py"):
            assert not re.search(r"^\s*(import random|from random)", path.read_text(), re.MULTILINE)
