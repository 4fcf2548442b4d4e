import re

import pytest
from pyotp.totp import TOTP

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, TooMany
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
    staff_user,
    visitor,
    with_app,
)

NEW = "eleven patient herons wade"


def ask(limiter, name=PHONE, ip="203.0.113.7"):
    return identity.request_reset(visitor(ip), identifier=name, limiter=limiter)


def link():
    newest = max(messages("identity.password_reset"), key=lambda message: message.id)
    return re.search(r"/reset/([\w-]{43})", newest.text)[1]


def choose(limiter, token, new=NEW):
    identity.reset_password(visitor(), token=token, new_password=new, limiter=limiter)


@pytest.mark.asvs("6.4.1")
def test_a_link_in_a_letter_lets_its_owner_choose_a_new_password(any_db, clock, limiter):
    customer(email="rosa@example.com")
    ask(limiter)
    (letter,) = messages("identity.password_reset")
    assert (letter.recipient, letter.carries_secret) == ("rosa@example.com", True)
    assert f.fetch(m.PasswordReset).token_hash == fingerprint(link())
    choose(limiter, link())
    entered = identity.sign_in(visitor(), identifier=PHONE, password=NEW, limiter=limiter)
    assert isinstance(entered, identity.SignedIn)
    assert messages("identity.password_changed")


@pytest.mark.asvs("6.3.1")
def test_the_answer_is_the_same_for_known_and_unknown(db, clock, limiter):
    customer()
    suspended = customer("+18135550002")
    change(suspended, status=m.UserStatus.SUSPENDED)
    answers = [ask(limiter, name) for name in (PHONE, "+18135550002", "who@example.com", "gibber")]
    assert answers == [None] * 4
    assert len(messages()) == 1
    assert len(f.fetch_all(m.AuditEvent)) == 4


@pytest.mark.asvs("6.5.1")
def test_a_link_works_once_and_a_newer_one_replaces_an_older(db, clock, limiter):
    customer()
    ask(limiter)
    older = link()
    ask(limiter)
    with pytest.raises(Conflict, match="no longer works"):
        choose(limiter, older)
    choose(limiter, link())
    with pytest.raises(Conflict):
        choose(limiter, link())


@pytest.mark.parametrize(("minutes", "is_good"), [(59.99, True), (60, False)])
def test_a_link_works_for_an_hour(db, clock, limiter, minutes, is_good):
    customer()
    ask(limiter)
    clock.advance(minutes=minutes)
    assert identity.is_link_alive(visitor(), token=link()) is is_good
    if is_good:
        choose(limiter, link())
    else:
        with pytest.raises(Conflict):
            choose(limiter, link())


@pytest.mark.asvs("3.5.3")
def test_looking_at_a_link_does_not_use_it_up(db, clock, limiter):
    customer()
    ask(limiter)
    for _ in range(3):
        assert identity.is_link_alive(visitor(), token=link())
    choose(limiter, link())
    assert not identity.is_link_alive(visitor(), token=link())


@pytest.mark.asvs("7.4.3")
@pytest.mark.asvs("6.4.3")
def test_a_new_password_signs_everybody_out_and_leaves_the_second_factor(db, clock, limiter):
    user = staff_user()
    secret = with_app(user)
    waiting = identity.sign_in(
        visitor(), identifier="dana@example.com", password=PASSWORD, limiter=limiter
    )
    inside = identity.confirm_second_factor(
        as_caller(waiting.token), code=TOTP(secret).at(clock()), limiter=limiter
    )
    ask(limiter, "dana@example.com")
    choose(limiter, link())
    assert as_caller(inside.token).is_anonymous
    again = identity.sign_in(
        visitor(), identifier="dana@example.com", password=NEW, limiter=limiter
    )
    assert isinstance(again, identity.SecondFactorNeeded)


def test_a_password_that_will_not_do_leaves_the_link_alive(db, clock, limiter):
    customer()
    ask(limiter)
    with pytest.raises(Invalid):
        choose(limiter, link(), "short")
    choose(limiter, link())


def test_after_five_letters_an_hour_no_more_are_sent_and_nothing_is_said(db, clock, limiter):
    customer()
    for n in range(7):
        ask(limiter, ip=f"203.0.{n}.7")
    assert len(messages("identity.password_reset")) == 5
    choose(limiter, link())


def test_one_network_may_ask_twenty_times_an_hour(db, clock, limiter):
    for n in range(20):
        ask(limiter, f"nobody{n}@example.com")
    with pytest.raises(TooMany):
        ask(limiter, "nobody20@example.com")


def test_guesses_of_a_stranger_do_not_outlast_a_reset(db, clock, limiter):
    customer()
    for _ in range(5):
        with pytest.raises(Invalid):
            identity.sign_in(
                visitor(), identifier=PHONE, password="wrong words entirely", limiter=limiter
            )
    ask(limiter)
    choose(limiter, link())
    entered = identity.sign_in(visitor(), identifier=PHONE, password=NEW, limiter=limiter)
    assert isinstance(entered, identity.SignedIn)


@pytest.mark.parametrize("token", ["", "x", "\x00", None, 7, [], "a" * 100_000])
def test_a_link_that_is_none_is_refused_in_words(db, clock, limiter, token):
    with pytest.raises(Conflict):
        choose(limiter, token)


def test_a_link_is_of_no_use_at_another_brand(db, clock, limiter):
    from dataclasses import replace

    customer()
    ask(limiter)
    elsewhere = replace(visitor(), brand=f.brand(key="orchard", name="Orchard").id)
    with pytest.raises(Conflict):
        identity.reset_password(elsewhere, token=link(), new_password=NEW, limiter=limiter)
