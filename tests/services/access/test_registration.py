import re
from dataclasses import replace

import pytest

from portal_app import models as m
from portal_app.core.actor import ANONYMOUS
from portal_app.core.errors import Conflict, Invalid, NotFound, TooMany
from portal_app.core.ids import new_id
from portal_app.core.secrets import fingerprint
from portal_app.models import PortalAccess as P
from portal_app.services import access, identity
from portal_app.services.access.commands.confirmation import REGISTERED
from portal_app.services.identity.commands.sign_in import WRONG
from tests import factories as f
from tests.services.access.customers import (
    PHONE,
    SYSTEM,
    TYPED,
    candidate,
    change,
    evaluate,
    published,
    state,
)


def visitor(ip="203.0.113.7"):
    return replace(ANONYMOUS, brand=f.brand().id, ip=ip)


def start(limiter, actor=None, **values):
    """Post the form; returns the browser that now waits for a code."""
    actor = actor or visitor()
    token = access.start_registration(actor, **TYPED | {"key": new_id()} | values, limiter=limiter)
    return identity.caller_for(fingerprint(token), ip=actor.ip).actor if token else actor


def letters():
    return f.fetch_all(m.OutboundMessage, topic="access.registration_code")


def code():
    return re.search(r"\b\d{6}\b", letters()[-1].text)[0]


def sign_in(limiter, password=TYPED["new_password"]):
    return identity.sign_in(
        visitor(), identifier="813 555 4242", password=password, limiter=limiter
    )


@pytest.mark.requirement("S3-12")
@pytest.mark.requirement("S3-14")
@pytest.mark.requirement("S3-15")
@pytest.mark.asvs("6.4.1")
def test_details_that_match_and_the_code_from_the_letter_make_a_sign_in(any_db, clock, limiter):
    account = published()
    waiting = start(limiter)
    (letter,) = letters()
    assert (letter.recipient, letter.carries_secret) == ("office@example.com", True)
    assert f.fetch_all(m.PortalUser) == []
    answer = access.confirm_registration(waiting, code=f" {code()[:3]} {code()[3:]}",
                                         limiter=limiter)  # fmt: skip
    assert answer == REGISTERED == "You can now sign in with your phone number and new password."
    assert state(account) is P.REGISTERED
    assert identity.caller_for(fingerprint("anything")).actor.is_anonymous
    assert not [s for s in f.fetch_all(m.PortalSession) if s.revoked_at is None]
    assert isinstance(sign_in(limiter), identity.SignedIn)
    assert f.fetch(m.OutboundMessage, topic="identity.registered").recipient == (
        "office@example.com"
    )


@pytest.mark.requirement("S3-11")
@pytest.mark.requirement("S3-15")
def test_after_registering_the_phone_is_no_password(db, clock, limiter):
    published()
    access.confirm_registration(start(limiter), code=code(), limiter=limiter)
    with pytest.raises(Invalid) as refusal:
        sign_in(limiter, password="8135554242")
    assert refusal.value.fields == {"identifier": WRONG}


@pytest.mark.requirement("S3-11")
def test_from_phone_typed_twice_to_signed_in(db, clock, limiter):
    published()
    opened = identity.sign_in(
        visitor(), identifier=TYPED["phone"], password="813-555-4242", limiter=limiter
    )
    assert isinstance(opened, identity.ActivationStarted)
    browser = identity.caller_for(fingerprint(opened.token), ip="203.0.113.7").actor
    waiting = start(limiter, browser)
    assert waiting.session_id == browser.session_id
    access.confirm_registration(waiting, code=code(), limiter=limiter)
    assert isinstance(sign_in(limiter), identity.SignedIn)


@pytest.mark.requirement("S3-12")
@pytest.mark.parametrize("postal", ["33602", " 33602 ", "33602-0001", "336 02"])
@pytest.mark.parametrize("email", ["office@example.com", "OFFICE@EXAMPLE.COM "])
def test_case_of_the_email_and_the_rest_of_the_zip_do_not_matter(db, clock, limiter, postal, email):
    published()
    start(limiter, postal_code=postal, email=email)
    assert len(letters()) == 1


@pytest.mark.requirement("S3-12")
def test_where_the_account_holds_neither_the_owners_are_compared(db, clock, limiter):
    published(email="", postal_code="")
    owner = f.fetch(m.Person)
    change(owner, postal_code="02139")
    access.publish(SYSTEM)
    start(limiter, email="rosa@example.com", postal_code="02139")
    assert [letter.recipient for letter in letters()] == ["rosa@example.com"]


@pytest.mark.requirement("S3-13")
@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize(
    "typed",
    [{"email": "other@example.com"}, {"postal_code": "33603"}, {"phone": "813-555-9999"}],
)
def test_wrong_email_wrong_zip_and_unknown_phone_look_exactly_alike(db, clock, limiter, typed):
    published()
    waiting = start(limiter, **typed)
    assert letters() == []
    assert identity.caller_for(f.fetch(m.PortalSession).token_hash).stage == "activation"
    with pytest.raises(Invalid) as refusal:
        access.confirm_registration(waiting, code="123456", limiter=limiter)
    right = start(limiter, visitor("198.51.100.1"))
    wrong_code = "000000" if code() != "000000" else "111111"
    with pytest.raises(Invalid) as other:
        access.confirm_registration(right, code=wrong_code, limiter=limiter)
    assert refusal.value.fields == other.value.fields
    clock.advance(seconds=61)
    access.resend_registration_code(waiting, limiter=limiter)
    assert len(letters()) == 1


@pytest.mark.asvs("6.4.2")
def test_a_code_that_was_never_sent_is_of_no_use_even_when_guessed(db, clock, limiter, monkeypatch):
    published()
    monkeypatch.setattr(
        "portal_app.services.identity.commands.challenges.new_code", lambda: "424242"
    )
    waiting = start(limiter, email="other@example.com")
    with pytest.raises(Invalid):
        access.confirm_registration(waiting, code="424242", limiter=limiter)
    assert f.fetch_all(m.PortalUser) == []


@pytest.mark.requirement("S3-01")
@pytest.mark.requirement("S3-10")
@pytest.mark.parametrize("how", ["unpublished", "switched off"])
def test_an_account_that_may_not_yet_register_gets_the_same_answer_and_no_letter(
    db, clock, limiter, how
):
    account = candidate() if how == "unpublished" else published()
    if how == "switched off":
        change(account, web_portal_enabled=False)
    start(limiter)
    assert letters() == []
    change(account, web_portal_enabled=True)
    access.publish(SYSTEM)
    clock.advance(minutes=2)
    start(limiter)
    assert len(letters()) == 1


@pytest.mark.requirement("S3-13")
@pytest.mark.asvs("6.6.3")
def test_five_mismatches_in_a_day_lock_the_phone_until_staff_unlock_it(any_db, clock, limiter):
    account = published()
    for n in range(5):
        assert state(account) is P.REGISTRABLE
        start(limiter, visitor(f"203.0.{n}.7"), postal_code="99999")
    assert state(account) is P.LOCKED
    start(limiter, visitor("198.51.100.9"))
    assert letters() == []
    agent = f.staff_actor()
    shown = access.customer(agent, number=account.number)
    assert [attempt.matched for attempt in shown.attempts] == [True] + [False] * 5
    access.unlock(agent, account=account.number)
    assert state(account) is P.REGISTRABLE
    clock.advance(minutes=2)
    start(limiter, visitor("198.51.101.10"), postal_code="99999")
    assert state(account) is P.REGISTRABLE
    start(limiter, visitor("198.51.102.11"))
    assert len(letters()) == 1


@pytest.mark.requirement("S3-13")
@pytest.mark.parametrize(("hours", "is_open"), [(23.99, False), (24, True)])
def test_a_lock_ends_by_itself_after_a_day(db, clock, limiter, hours, is_open):
    account = published()
    for n in range(5):
        start(limiter, visitor(f"203.0.{n}.7"), postal_code="99999")
    clock.advance(hours=hours)
    start(limiter, visitor("198.51.100.9"))
    assert bool(letters()) is is_open
    assert (state(account) is P.REGISTRABLE) is is_open


def test_mismatches_of_more_than_a_day_ago_do_not_count(db, clock, limiter):
    account = published()
    for n in range(4):
        start(limiter, visitor(f"203.0.{n}.7"), postal_code="99999")
    clock.advance(hours=24, seconds=1)
    start(limiter, visitor("198.51.100.9"), postal_code="99999")
    assert state(account) is P.REGISTRABLE


def test_somebody_who_is_registered_is_never_touched_by_strangers(db, clock, limiter):
    account = published()
    access.confirm_registration(start(limiter), code=code(), limiter=limiter)
    for n in range(6):
        start(limiter, visitor(f"203.0.{n}.7"), postal_code="99999")
    clock.advance(minutes=2)
    start(limiter, visitor("198.51.100.9"), new_password="another fine long sentence")
    assert state(account) is P.REGISTERED
    assert len(letters()) == 1
    assert isinstance(sign_in(limiter), identity.SignedIn)


@pytest.mark.asvs("6.2.1")
@pytest.mark.requirement("S3-12")
def test_a_form_with_mistakes_says_all_of_them_and_sends_nothing(db, clock, limiter):
    published()
    with pytest.raises(Invalid) as refusal:
        start(limiter, phone="call me", email="no", postal_code=" ", new_password="short")
    assert set(refusal.value.fields) == {"phone", "email", "postal_code", "new_password"}
    assert letters() == f.fetch_all(m.RegistrationAttempt) == []


@pytest.mark.requirement("S3-12")
@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    "password",
    ["8135554242 8135554242", "office@example.com1", "Harbourline 33602", "password123456789"],
)
def test_the_new_password_is_not_made_of_what_was_typed(db, clock, limiter, password):
    published()
    with pytest.raises(Invalid) as refusal:
        start(limiter, new_password=password)
    assert list(refusal.value.fields) == ["new_password"]


@pytest.mark.asvs("6.2.1")
def test_where_a_second_factor_is_demanded_twelve_characters_are_enough(db, clock, limiter):
    published()
    with pytest.raises(Invalid):
        start(limiter, new_password="plinth fjord")
    change(f.fetch(m.PortalSettings), demand_second_factor=True)
    start(limiter, new_password="plinth fjord")
    assert len(letters()) == 1


@pytest.mark.asvs("6.6.2")
def test_a_code_belongs_to_the_browser_that_asked_for_it(db, clock, limiter):
    published()
    start(limiter)
    other = start(limiter, visitor("198.51.100.9"), phone="813-555-9999")
    with pytest.raises(Invalid):
        access.confirm_registration(other, code=code(), limiter=limiter)
    with pytest.raises(Conflict):
        access.confirm_registration(visitor(), code=code(), limiter=limiter)


@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize(("minutes", "is_good"), [(9.99, True), (10, False)])
def test_a_code_works_for_ten_minutes(db, clock, limiter, minutes, is_good):
    published()
    waiting = start(limiter)
    clock.advance(minutes=minutes)
    if is_good:
        assert access.confirm_registration(waiting, code=code(), limiter=limiter) == REGISTERED
    else:
        with pytest.raises(Invalid, match="run out"):
            access.confirm_registration(waiting, code=code(), limiter=limiter)


@pytest.mark.asvs("6.5.1")
def test_a_code_works_once(db, clock, limiter):
    published()
    waiting = start(limiter)
    access.confirm_registration(waiting, code=code(), limiter=limiter)
    with pytest.raises(Conflict):
        access.confirm_registration(waiting, code=code(), limiter=limiter)
    assert len(f.fetch_all(m.PortalUser)) == 1


@pytest.mark.asvs("6.6.3")
def test_five_wrong_tries_end_a_code(db, clock, limiter):
    published()
    waiting = start(limiter)
    wrong = "000000" if code() != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Invalid):
            access.confirm_registration(waiting, code=wrong, limiter=limiter)
    with pytest.raises(Invalid, match="five times"):
        access.confirm_registration(waiting, code=code(), limiter=limiter)


def test_access_lost_after_the_code_was_sent_stops_the_registration(db, clock, limiter):
    account = published()
    waiting = start(limiter)
    change(account, web_portal_enabled=False)
    with pytest.raises(Conflict):
        access.confirm_registration(waiting, code=code(), limiter=limiter)
    assert f.fetch_all(m.PortalUser) == []


def test_the_same_click_sends_one_code(db, clock, limiter):
    published()
    opened = identity.sign_in(
        visitor(), identifier=TYPED["phone"], password=TYPED["phone"], limiter=limiter
    )
    browser = identity.caller_for(fingerprint(opened.token), ip="203.0.113.7").actor
    key = new_id()
    start(limiter, browser, key=key)
    clock.advance(seconds=61)
    start(limiter, browser, key=key)
    assert len(letters()) == 1


def test_a_phone_may_be_tried_once_a_minute_from_one_network(db, clock, limiter):
    start(limiter)
    with pytest.raises(TooMany):
        start(limiter)
    clock.advance(seconds=61)
    start(limiter)


def test_the_known_and_the_unknown_cost_the_same_hashing(db, clock, limiter, monkeypatch):
    from portal_app.services.identity.rules import hashing

    published()
    made = []
    real_keep, real_code = hashing.keep, hashing.keep_code
    monkeypatch.setattr(hashing, "keep", lambda p: made.append("password") or real_keep(p))
    monkeypatch.setattr(hashing, "keep_code", lambda c: made.append("code") or real_code(c))
    start(limiter)
    known, made[:] = list(made), []
    start(limiter, visitor("198.51.100.9"), phone="813-555-9999")
    assert made == known == ["password", "code"]


def test_an_owner_of_two_published_accounts_registers_once(any_db, clock, limiter):
    first = published()
    second = candidate(main_phone_e164="+18135554343", number="A-2ND")
    owner = f.fetch(m.AccountContact, account_id=first.id).person_id
    change(f.fetch(m.AccountContact, account_id=second.id), person_id=owner)
    access.publish(SYSTEM)
    access.confirm_registration(start(limiter), code=code(), limiter=limiter)
    assert state(first) is state(second) is P.REGISTERED
    numbers = {i.value for i in f.fetch_all(m.LoginIdentifier, kind="phone")}
    assert numbers == {PHONE, "+18135554343"}


def test_a_further_account_of_somebody_who_signs_in_joins_at_publication(db, clock, limiter):
    first = published()
    access.confirm_registration(start(limiter), code=code(), limiter=limiter)
    second = candidate(main_phone_e164="+18135554343")
    owner = f.fetch(m.AccountContact, account_id=first.id).person_id
    change(f.fetch(m.AccountContact, account_id=second.id), person_id=owner)
    evaluate(second)
    assert state(second) is P.READY_UNPUBLISHED
    assert access.publish(SYSTEM).joined == 1
    assert state(second) is P.REGISTERED
    assert f.fetch(m.LoginIdentifier, value="+18135554343").user_id == f.fetch(m.PortalUser).id


@pytest.mark.parametrize("typed", [None, 7, float("nan"), [], "\x00", "x" * 100_000, "\ud800"])
@pytest.mark.parametrize("field", ["phone", "email", "postal_code", "new_password"])
def test_nonsense_is_refused_in_words(db, clock, limiter, field, typed):
    with pytest.raises(Invalid):
        start(limiter, **{field: typed})


def test_an_unlock_needs_staff_of_the_same_brand(db, clock):
    account = published(portal_access=P.LOCKED)
    elsewhere = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    for actor in (elsewhere, visitor(), f.consumer_actor(f.account())):
        with pytest.raises(NotFound):
            access.unlock(actor, account=account.number)
