"""Whoever asked hears what becomes of it, also when they asked for somebody else."""

import pytest

from portal_app import models as m
from portal_app.core import clock
from portal_app.services import households, rentals
from tests import factories as f
from tests.services.households.conftest import signed_in


@pytest.fixture
def wanda(hire):
    """Acts in contracts for the owner, and is no contact of the account."""
    f.give(f.fetch(m.Person, id=hire.owner.person_id), email="owner@example.com")
    person = f.person(given_name="Wanda", email="wanda@example.com")
    f.grant(f.fetch(m.Person, id=hire.owner.person_id), person, areas={"contracts": "act"})
    return households.tied(signed_in(person))


def told(topic: str) -> set[str]:
    return {letter.recipient for letter in f.fetch_all(m.OutboundMessage, topic=topic)}


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S3-25")
def test_a_representative_who_asked_is_told_and_so_is_the_owner(hire, wanda):
    number = hire.ask(wanda)
    assert told("rental.submitted") == {"wanda@example.com", "owner@example.com"}
    hire.step(rentals.acknowledge, number)
    assert told("rental.acknowledged") == {"wanda@example.com", "owner@example.com"}
    in_portal = {one.person_id for one in f.fetch_all(m.Notification)}
    assert in_portal == {wanda.person_id, hire.owner.person_id}


@pytest.mark.requirement("S1-09")
def test_who_may_still_look_is_told_and_who_is_trusted_no_longer_is_not(hire, wanda):
    number = hire.ask(wanda, quantity=1)
    (grant,) = f.fetch_all(m.Grant)
    f.give(grant, areas={"contracts": "view"})
    hire.step(rentals.acknowledge, number)
    assert "wanda@example.com" in told("rental.acknowledged")
    f.give(grant, areas={"cases": "act", "payments": "act"})
    hire.step(rentals.schedule, number, when="2026-11-24T08:00")
    assert told("rental.scheduled") == {"owner@example.com"}
    f.give(grant, areas={"contracts": "act"})
    households.revoke_grant(wanda, grant=grant.id, key="enough")
    hire.step(rentals.cancel_request, number, reason="No driver")
    assert told("rental.cancelled") == {"owner@example.com"}


@pytest.mark.requirement("S1-09")
def test_trust_of_somebody_who_has_left_the_account_tells_nobody(hire, wanda):
    number = hire.ask(wanda)
    second = f.person(email="second@example.com")
    f.contact(hire.account, second)
    (contact,) = f.fetch_all(m.AccountContact, person_id=hire.owner.person_id)
    f.give(contact, ended_at=clock.now())
    hire.step(rentals.acknowledge, number)
    assert told("rental.acknowledged") == {"second@example.com"}
