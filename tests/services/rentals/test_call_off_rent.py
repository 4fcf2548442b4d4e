import json
from datetime import UTC, datetime, timedelta

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, SwitchedOff
from portal_app.services import branding, rentals
from tests import factories as f


@pytest.mark.requirement("S3-25")
def test_request_reaches_the_stores_queue_and_both_sides_are_told(hire):
    heard = []
    stop = live.on_announcement(heard.append)
    number = hire.ask()
    stop()
    request = hire.request(number)
    assert number.startswith("OR-")
    assert (request.quantity, request.state, request.store_id) == (
        2,
        m.RequestState.SUBMITTED,
        hire.store.id,
    )
    assert request.contact_phone == "+1 813-555-0111"
    (row,) = rentals.queue(hire.agent).rows
    assert (row.number, row.account_name, row.item) == (
        number,
        hire.account.name,
        hire.line.description,
    )
    (notice,) = f.fetch_all(m.Notification)
    assert (notice.person_id, notice.link) == (hire.owner.person_id, f"/requests/{number}")
    mailed = {message.recipient for message in f.fetch_all(m.OutboundMessage)}
    owner = f.fetch(m.Person, id=hire.owner.person_id)
    assert mailed == {hire.store.email, owner.email}
    assert {f"account:{hire.account.id}", f"rentals:{hire.account.brand_id}"} <= heard[0]


@pytest.mark.requirement("S3-25")
def test_rent_goes_on_until_the_store_confirms(hire):
    number = hire.ask()
    assert hire.request(number).confirmed_off_rent_at is None
    assert hire.line_now().quantity_returned == 0
    hire.step(rentals.acknowledge, number)
    assert hire.request(number).confirmed_off_rent_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.requirement("S3-25")
@pytest.mark.parametrize("quantity", [0, 4, -1, 1.5, "", "two", None, True, "²", float("nan"), [1]])
def test_quantity_outside_what_is_out_is_refused(hire, quantity):
    with pytest.raises(Invalid) as refusal:
        hire.ask(quantity=quantity)
    assert refusal.value.fields == {"quantity": "Enter a whole number from 1 to 3."}
    assert f.fetch_all(m.RentalRequest) == f.fetch_all(m.OutboundMessage) == []


@pytest.mark.requirement("S3-25")
def test_items_under_an_open_request_cannot_be_called_off_twice(hire):
    first = hire.ask(quantity=2)
    with pytest.raises(Invalid, match="that is all there is"):
        hire.ask(quantity=2)
    hire.ask(quantity="1")
    with pytest.raises(Conflict, match=first):
        hire.ask(quantity=1)
    assert sum(request.quantity for request in f.fetch_all(m.RentalRequest)) == 3


def test_every_field_that_is_wrong_is_named_at_once(hire):
    with pytest.raises(Invalid) as refusal:
        hire.ask(
            quantity=9,
            requested_for="yesterday",
            method="by drone",
            contact_name=" ",
            contact_phone="12",
            notes="x" * 1001,
        )
    fields = {"quantity", "requested_for", "method", "contact_name", "contact_phone", "notes"}
    assert set(refusal.value.fields) == fields


def test_time_is_read_in_the_stores_zone(hire):
    number = hire.ask(requested_for="2026-11-24T08:00")
    assert hire.request(number).requested_for == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2026-11-20T09:40", "That time has passed. Choose now or a later time."),
        ("2027-11-23T10:00", "Choose a time within a year from now."),
        ("0001-01-01T00:00", "That time has passed. Choose now or a later time."),
        ("9999-12-31T23:59", "Choose a time within a year from now."),
        ("2026-02-30T10:00", "Enter a date and a time."),
        ("", "Enter a date and a time."),
        (None, "Enter a date and a time."),
        ("2026-11-24", "Enter a date and a time."),
        ("٢٠٢٦-11-24T10:00", "Enter a date and a time."),
    ],
)
def test_time_that_cannot_be_is_refused(sqlite_hire, typed, problem):
    with pytest.raises(Invalid) as refusal:
        sqlite_hire.ask(requested_for=typed)
    assert refusal.value.fields == {"requested_for": problem}


def test_time_that_passed_while_the_form_was_filled_in_means_now(sqlite_hire):
    number = sqlite_hire.ask(requested_for="2026-11-20T09:50")
    assert sqlite_hire.request(number).requested_for == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_place_is_the_site_unless_another_is_given(sqlite_hire):
    assert sqlite_hire.request(sqlite_hire.ask(quantity=1, place=" ")).place == "Pier 7"
    given = sqlite_hire.ask(quantity=1, place="Back\nyard")
    assert sqlite_hire.request(given).place == "Back yard"


@pytest.mark.asvs("2.2.3")
def test_pickup_needs_a_place_and_bringing_back_does_not(sqlite_hire):
    sqlite_hire.line.site = ""
    f._save(sqlite_hire.line)
    with pytest.raises(Invalid, match="where we pick the items up"):
        sqlite_hire.ask(place="")
    sqlite_hire.ask(place="", method="drop_off")


@pytest.mark.parametrize("phone", ["0000", "call me", "+", "1" * 41, "(813) 555", None, ["1"]])
def test_phone_that_cannot_be_called_is_refused(sqlite_hire, phone):
    with pytest.raises(Invalid) as refusal:
        sqlite_hire.ask(contact_phone=phone)
    assert set(refusal.value.fields) == {"contact_phone"}


def test_same_click_twice_gives_the_same_number_and_one_request(hire):
    numbers = {hire.ask(quantity=1, key="one-click") for _ in range(3)}
    assert len(numbers) == 1
    assert len(f.fetch_all(m.RentalRequest)) == 1
    assert len(f.fetch_all(m.Notification)) == 1


def test_refused_click_may_be_sent_again_with_the_same_key(hire):
    with pytest.raises(Invalid):
        hire.ask(quantity=9, key="again")
    assert hire.ask(quantity=1, key="again").startswith("OR-")


@pytest.mark.parametrize("key", ["", None, 5, "x" * 200, "a\x00"])
def test_click_without_a_key_does_nothing(sqlite_hire, key):
    with pytest.raises(NotFound):
        sqlite_hire.ask(key=key)
    assert f.fetch_all(m.RentalRequest) == []


def test_authorised_contact_may_ask_and_billing_contact_and_staff_may_not(hire):
    hire.ask(f.consumer_actor(hire.account, role=m.ContactRole.AUTHORISED), quantity=1)
    for actor in (f.consumer_actor(hire.account, role=m.ContactRole.BILLING), hire.agent):
        with pytest.raises(NotAllowed):
            hire.ask(actor, quantity=1)
        with pytest.raises(NotAllowed):
            rentals.request_form(actor, line=hire.line.id)


def test_contact_whose_time_is_over_or_not_begun_finds_nothing(hire, clock):
    today = clock().date()
    former = f.consumer_actor(hire.account, ends_on=today - timedelta(days=1))
    coming = f.consumer_actor(hire.account, starts_on=today + timedelta(days=1))
    stranger = f.consumer_actor(f.account())
    other = f.brand(key="orchard", name="Orchard")
    rival = f.staff_actor(brand_id=other.id)
    for actor in (former, coming, stranger, rival):
        with pytest.raises(NotFound):
            hire.ask(actor)
        with pytest.raises(NotFound):
            rentals.request_form(actor, line=hire.line.id)


def test_line_that_is_all_back_or_of_an_ended_contract_cannot_be_called_off(hire):
    hire.line.quantity_returned = 3
    f._save(hire.line)
    with pytest.raises(Conflict, match="not on rent any more"):
        hire.ask()
    closed = f.contract(hire.account, status=m.ContractStatus.CLOSED)
    with pytest.raises(Conflict, match="not on rent any more"):
        hire.ask(line=f.line(closed).id)


def test_form_starts_with_site_person_and_what_is_left(hire):
    hire.ask(quantity=2)
    form = rentals.request_form(hire.owner, line=hire.line.id)
    assert (form.item.available, form.place) == (1, "Pier 7")
    assert form.contact_name == "Rosa Lindqvist"
    assert form.contact_phone == hire.account.main_phone
    assert form.store.name == "Dockside"


def test_trail_names_request_and_account_but_no_contact_and_no_notes(hire):
    number = hire.ask(notes="The alarm code is 4711")
    (event,) = f.fetch_all(m.AuditEvent)
    assert event.action == "rental_request:self:submitted"
    assert event.detail["account_id"] == hire.account.id
    # Any four figures may stand in an id or a number.
    kept = json.dumps(event.detail).replace(hire.account.id, "").replace(number, "")
    assert "4711" not in kept
    assert "0111" not in kept


def test_asker_who_left_the_account_is_not_told_and_its_owner_is(hire, clock):
    number = hire.ask()
    contact = f.fetch(m.AccountContact, person_id=hire.owner.person_id)
    contact.ends_on = clock().date() - timedelta(days=1)
    f._save(contact)
    heir = f.consumer_actor(hire.account)
    hire.step(rentals.acknowledge, number)
    told = [n.person_id for n in f.fetch_all(m.Notification, topic="rental.acknowledged")]
    assert told == [heir.person_id]


@pytest.mark.guards("rentals.may_call_off")
@pytest.mark.requirement("S0-05")
def test_brand_that_takes_calls_by_telephone_only_refuses_a_forged_one(hire):
    assert rentals.items_out(hire.owner, account=hire.account.id).may_request
    admin = f.staff_actor(Role.ADMIN)
    branding.switch_feature(admin, feature="call_off_rent", is_on=False, key="off")
    assert not rentals.items_out(hire.owner, account=hire.account.id).may_request
    with pytest.raises(SwitchedOff):
        hire.ask()
    assert f.fetch_all(m.RentalRequest) == []
    (event,) = f.fetch_all(m.AuditEvent, action="access:operation:denied")
    assert (event.actor_id, event.object_id) == (hire.owner.user_id, "call_off_rent")
