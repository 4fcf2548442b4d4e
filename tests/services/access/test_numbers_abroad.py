"""Accounts in another country: their owners register, and staff find them, by numbers written
as people there do."""

import pytest

from portal_app import models as m
from portal_app.core.errors import TooMany
from portal_app.models import PortalAccess as P
from portal_app.services import access, identity
from tests import factories as f
from tests.services.access.customers import SYSTEM, candidate, published, state
from tests.services.access.test_registration import code, letters, start, visitor

BRISTOL, TYPED = "+441174960123", "0117 496 0123"
# One way to write two numbers: of somebody in Tampa and of somebody in Britain.
TAMPA, BRITAIN, BOTH = "+18135551234", "+448135551234", "8135551234"
HOME = {"country": "GB", "postal_code": "BS1 6XN"}
GIVEN = {"postal_code": "bs16xn"}


def abroad(number=BRISTOL, **values):
    return published(**HOME | {"main_phone": TYPED, "main_phone_e164": number} | values)


@pytest.mark.requirement("S3-12")
@pytest.mark.requirement("S3-14")
@pytest.mark.requirement("S3-15")
def test_an_owner_abroad_registers_and_signs_in_with_the_number_as_they_write_it(
    any_db, clock, limiter
):
    account = abroad()
    waiting = start(limiter, phone=TYPED, **GIVEN)
    clock.advance(minutes=2)
    access.resend_registration_code(waiting, limiter=limiter)
    access.confirm_registration(waiting, code=code(), limiter=limiter)
    assert state(account) is P.REGISTERED
    entered = identity.sign_in(
        visitor(), identifier=TYPED, password="nine lighthouses at dusk", limiter=limiter
    )
    assert isinstance(entered, identity.SignedIn)


@pytest.mark.requirement("S3-12")
def test_a_number_that_is_two_accounts_is_first_that_of_the_portals_country(db, clock, limiter):
    here = candidate(main_phone_e164=TAMPA)
    there = abroad(BRITAIN, email="there@example.com")
    start(limiter, phone=BOTH)
    start(limiter, visitor("198.51.100.1"), phone=BRITAIN, email="there@example.com", **GIVEN)
    assert sorted(letter.recipient for letter in letters()) == [
        "office@example.com", "there@example.com",
    ]  # fmt: skip
    assert (state(here), state(there)) == (P.REGISTRABLE, P.REGISTRABLE)


@pytest.mark.requirement("S3-13")
@pytest.mark.asvs("6.6.3")
def test_mismatches_lock_the_account_in_whatever_ways_its_number_was_written(db, clock, limiter):
    account = abroad(BRITAIN)
    for n in range(5):
        assert state(account) is P.REGISTRABLE
        phone = (BOTH, BRITAIN)[n % 2]
        start(limiter, visitor(f"203.0.{n}.7"), phone=phone, postal_code="XX1 1XX")
    assert state(account) is P.LOCKED
    assert len(access.customer(f.staff_actor(), number=account.number).attempts) == 5


@pytest.mark.asvs("6.3.1")
@pytest.mark.parametrize("is_held", [True, False])
def test_no_way_to_write_a_number_gives_more_tries_nor_tells_whose_it_is(
    db, clock, limiter, is_held
):
    f.account(country="GB")
    if is_held:
        abroad(BRITAIN)
    start(limiter, phone=BOTH)
    with pytest.raises(TooMany):
        start(limiter, phone=BRITAIN)
    clock.advance(minutes=2)
    waiting = start(limiter, phone=BRITAIN)
    with pytest.raises(TooMany):
        access.resend_registration_code(waiting, limiter=limiter)


@pytest.mark.requirement("S0-10")
def test_staff_find_a_customer_and_a_contact_abroad_by_numbers_as_they_are_told(any_db, clock):
    wanted = abroad(email="")
    contact = f.person(mobile_e164="+447700900456", given_name="Ivo", family_name="Thackray")
    f.contact(wanted, contact, role=m.ContactRole.BILLING)
    candidate(name="Somebody else")
    access.publish(SYSTEM)
    agent = f.staff_actor()
    for words, by in ((TYPED, ""), ("07700 900456", contact.name), (BRISTOL, "")):
        found = access.customers(agent, search=words).rows
        assert [(row.number, row.by.words) for row in found] == [(wanted.number, by)]
