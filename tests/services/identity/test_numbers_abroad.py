"""Customers whose accounts are in another country write their numbers as people there do."""

import pytest

from portal_app import models as m
from portal_app.core.errors import Invalid, TooMany
from portal_app.core.secrets import fingerprint
from portal_app.models import database
from portal_app.services import identity
from portal_app.services.identity.commands.sign_in import WRONG
from portal_app.services.identity.rules import hashing
from tests import factories as f
from tests.counting import count_queries
from tests.services.identity.people import PASSWORD, customer, messages, visitor

BRISTOL, TYPED = "+441174960123", "0117 496 0123"
# One way to write two numbers: of somebody in Tampa and of somebody in Britain.
TAMPA, BRITAIN, BOTH = "+18135551234", "+448135551234", "8135551234"
GUESS = "wrong words entirely"


@pytest.fixture(autouse=True)
def _accounts_in_britain(request):
    request.getfixturevalue("any_db" if "any_db" in request.fixturenames else "db")
    f.account(country="GB", main_phone_e164="+442079460018")


def enter(limiter, name, password=PASSWORD, ip="203.0.113.7"):
    return identity.sign_in(visitor(ip), identifier=name, password=password, limiter=limiter)


def guess(limiter, name):
    with pytest.raises(Invalid) as refusal:
        enter(limiter, name, GUESS)
    assert refusal.value.fields == {"identifier": WRONG}


@pytest.mark.requirement("S3-15")
@pytest.mark.parametrize(
    "typed", [TYPED, "(0117) 4960123", "+44 117 496 0123", "011 44 117 4960123"]
)
def test_a_customer_abroad_signs_in_however_they_write_their_number(any_db, clock, limiter, typed):
    customer(BRISTOL)
    assert isinstance(enter(limiter, typed), identity.SignedIn)


@pytest.mark.requirement("S3-15")
def test_a_number_that_is_two_peoples_is_first_that_of_the_portals_country(db, clock, limiter):
    here = customer(TAMPA)
    there = customer(BRITAIN, password_hash=hashing.keep("six copper owls at noon"))
    for name, password, user in (
        (BOTH, PASSWORD, here),
        (BRITAIN, "six copper owls at noon", there),
    ):
        token = enter(limiter, name, password).token
        assert identity.caller_for(fingerprint(token)).actor.user_id == user.id
    guess(limiter, BOTH)


@pytest.mark.requirement("S3-11")
def test_a_number_abroad_typed_twice_opens_registration_and_stays_as_it_was_typed(
    db, clock, limiter
):
    for typed in (TYPED, "0117 496 0999"):
        opened = enter(limiter, typed, typed.replace(" ", ""))
        assert isinstance(opened, identity.ActivationStarted)
        assert identity.caller_for(fingerprint(opened.token)).notes["phone"] == typed
    customer(BRISTOL)
    with pytest.raises(Invalid) as refusal:
        enter(limiter, TYPED, TYPED)
    assert refusal.value.fields == {"identifier": WRONG}


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("held", [True, False])
def test_no_way_to_write_a_number_gives_more_tries_nor_tells_whose_it_is(db, clock, limiter, held):
    if held:
        customer(BRITAIN)
    for name in (BOTH, BRITAIN, "(813) 555-1234", "+44 8135551234", BOTH):
        guess(limiter, name)
    for name in (BOTH, BRITAIN):
        with pytest.raises(TooMany):
            enter(limiter, name)
    # The other number was only meant three times.
    guess(limiter, TAMPA)


@pytest.mark.asvs("6.3.1")
def test_who_gets_in_is_not_held_up_by_a_number_that_is_nobodys(db, clock, limiter):
    customer(TAMPA)
    for _ in range(7):
        assert isinstance(enter(limiter, BOTH), identity.SignedIn)


@pytest.mark.asvs("6.3.1")
def test_who_gets_in_does_not_give_back_the_tries_at_somebody_elses_number(db, clock, limiter):
    customer(TAMPA)
    customer(BRITAIN, password_hash=hashing.keep("six copper owls at noon"))
    for _ in range(4):
        guess(limiter, BRITAIN)
    enter(limiter, BOTH)
    with pytest.raises(TooMany):
        enter(limiter, BRITAIN, GUESS)


@pytest.mark.asvs("6.3.1")
def test_a_stranger_costs_as_many_comparisons_and_queries_as_a_customer(
    db, clock, limiter, monkeypatch
):
    customer(BRISTOL)
    customer(TAMPA)
    customer(BRITAIN)
    compared = []
    real = hashing.matches
    monkeypatch.setattr(hashing, "matches", lambda p, k: compared.append(k) or real(p, k))
    costs = set()
    for name in (TYPED, "0117 496 0999", BOTH, "8135559999", BRITAIN, "not a name"):
        compared.clear()
        with count_queries(database.engine()) as asked:
            guess(limiter, name)
        costs.add((len(compared), len(asked)))
    assert len(costs) == 1
    assert costs.pop()[0] == 1


@pytest.mark.requirement("S3-15")
def test_a_link_to_a_new_password_is_sent_for_a_number_abroad(any_db, clock, limiter):
    user = customer(BRISTOL, email="imogen@example.com")
    identity.request_reset(visitor(), identifier=TYPED, limiter=limiter)
    assert [letter.recipient for letter in messages("identity.password_reset")] == [
        "imogen@example.com"
    ]
    assert f.fetch(m.PasswordReset).user_id == user.id


@pytest.mark.asvs("6.3.1")
def test_a_person_gets_no_more_links_for_writing_their_number_in_several_ways(db, clock, limiter):
    customer(BRITAIN, email="imogen@example.com")
    for n in range(8):
        name = (BOTH, BRITAIN)[n % 2]
        identity.request_reset(visitor(f"198.51.{n}.1"), identifier=name, limiter=limiter)
    assert len(messages("identity.password_reset")) == 5
