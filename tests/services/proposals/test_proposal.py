"""What an applicant reads of their proposal, and what never reaches them (S4-11 to S4-15)."""

import re

import pytest
from sqlmodel import Session, select

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.services import proposals
from tests import factories as f
from tests.services.proposals.conftest import consumer, make_deal


def labels(lines):
    return [one.label for one in lines]


def values(lines):
    return {one.key.partition(".")[2]: one.value for one in lines}


def set_shown(**shown):
    """What an administrator has ticked, as it is kept."""
    content = {name.replace("__", "."): value for name, value in shown.items()}
    f._save(
        m.BrandRevision(
            brand_id=f.brand().id, part=m.BrandPart.FIELDS, number=1,
            state=m.VersionState.PUBLISHED, content=content, written_at=f.clock.now(),
        )
    )  # fmt: skip


@pytest.mark.requirement("S4-26")
@pytest.mark.requirement("S4-27")
def test_every_field_of_the_vehicle_and_of_the_finance_stands_in_its_order(deal):
    found = deal.read()
    assert labels(found.vehicle) == [
        "Make and model", "Model variant", "Fuel type", "Colour", "Doors", "Transmission type",
        "Engine size", "Mileage", "Registration number",
    ]  # fmt: skip
    assert labels(found.finance) == [
        "Finance type", "Rate", "Finance term", "Total cash price", "Deposit", "Part exchange",
        "Cash", "Settlement", "Balance to finance", "Registration fee", "Balloon",
    ]  # fmt: skip
    assert values(found.finance)["cash_price"] == Money(3_450_000, "USD")
    assert values(found.finance)["settlement"] == Money(0, "USD")  # nothing is an amount too
    assert values(found.vehicle)["make_model"] == "Volvo V60"


@pytest.mark.requirement("S4-12")
def test_fields_of_vehicle_and_finance_without_data_are_left_out(deal, any_db):
    with Session(any_db) as session, session.begin():
        held = session.get_one(m.Application, deal.application.id)
        held.balloon_minor, held.rate_milli, held.finance_type = None, None, ""
        session.get_one(m.Asset, held.asset_id).mileage = None
    found = deal.read()
    assert {"balloon", "rate", "finance_type"} & set(values(found.finance)) == set()
    assert "mileage" not in values(found.vehicle)


@pytest.mark.requirement("S4-12")
def test_a_section_without_any_data_is_empty(deal):
    held = f.application()
    f.party(held, f.fetch(m.Person, id=deal.rosa.person_id), portal_enabled=True)
    found = proposals.proposal(deal.rosa, number=held.number)
    assert (found.vehicle, found.finance) == ((), ())


@pytest.mark.requirement("S4-13")
@pytest.mark.requirement("S4-15")
def test_the_readers_own_data_is_shown_also_where_there_is_none(deal):
    found = deal.read()
    assert found.is_own
    assert values(found.customer)["name"] == "Rosa Lindqvist"
    assert values(found.customer)["phone"] is None
    assert values(deal.read(deal.guarantor).customer)["name"] == "Ben Okoro"


@pytest.mark.requirement("S4-11")
def test_a_field_that_is_not_ticked_is_not_even_read(deal):
    set_shown(vehicle__mileage=False, finance__rate=False, customer__date_of_birth=False)
    found = deal.read()
    assert "mileage" not in values(found.vehicle)
    assert "rate" not in values(found.finance)
    assert "date_of_birth" not in values(found.customer)
    shown = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an id", repr(found))
    assert not [figures for figures in ("18250", "6125", "1990") if figures in shown]


@pytest.mark.guards("proposals.applicant")
def test_staff_are_no_reader_of_the_page_that_customers_read(deal):
    with pytest.raises(NotFound):
        proposals.proposal(f.staff_actor(), number=deal.number)


def test_nobody_else_finds_it(deal):
    stranger = f.consumer_actor(f.account())
    elsewhere = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    for actor in (stranger, elsewhere, Actor()):
        for ask in (proposals.proposal, proposals.application_files, proposals.communication_log):
            with pytest.raises(NotFound):
                ask(actor, number=deal.number)
    for ask in (proposals.application_files, proposals.communication_log):
        with pytest.raises(NotFound):
            ask(deal.rosa, number=deal.number)


def test_whoever_is_let_in_no_more_finds_it_no_more(deal, any_db):
    with Session(any_db) as session, session.begin():
        for one in session.exec(select(m.ApplicationParty)):
            one.portal_enabled = False
    with pytest.raises(NotFound):
        deal.read()


@pytest.mark.requirement("S4-01")
def test_a_party_of_another_application_reads_their_own_alone(deal, store):
    other = make_deal(store)
    assert deal.read().number == deal.number
    with pytest.raises(NotFound):
        proposals.proposal(other.rosa, number=deal.number)
    assert consumer(f.person()).person_id != deal.rosa.person_id
