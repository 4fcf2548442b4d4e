import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app import models as m
from portal_app.core import live
from portal_app.core.actor import ANONYMOUS
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, SwitchedOff
from portal_app.services import branding, changes
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.changes.conftest import ADDRESS


@pytest.mark.requirement("S0-11")
def test_name_waits_for_staff_and_the_old_one_stays(desk):
    heard = []
    stop = live.on_announcement(heard.append)
    number = desk.ask(given_name="Rosie")
    stop()
    assert desk.person.given_name == "Rosa"
    request = desk.request(number)
    assert request.state is m.ChangeState.PENDING_REVIEW
    assert (request.before, request.after) == ({"given_name": "Rosa"}, {"given_name": "Rosie"})
    shown = changes.my_details(desk.customer).of("name")
    assert [value.value for value in shown.values] == ["Rosa", "Lindqvist"]
    assert shown.pending.number == number
    (row,) = changes.queue(desk.agent).rows
    assert (row.number, row.subject_name) == (number, "Rosa Lindqvist")
    assert row.account_number == desk.account.number
    topics = {f"changes:{desk.customer.brand}", f"person:{desk.customer.person_id}"}
    assert topics <= heard[0]
    assert f.fetch_all(m.OutgoingEvent) == [], "the master hears of what was accepted, not before"


@pytest.mark.requirement("S0-11")
def test_second_change_edits_the_one_that_waits(desk):
    first = desk.ask(given_name="Rosie")
    assert desk.ask(given_name="Rosalind", family_name="Berg") == first
    request = desk.request(first)
    assert request.after == {"given_name": "Rosalind", "family_name": "Berg"}
    assert request.version == 2
    assert len(f.fetch_all(m.ChangeRequest)) == 1
    assert [moment.what for moment in f.fetch_all(m.ChangeMoment)] == ["submitted", "edited"]


@pytest.mark.requirement("S0-11")
def test_request_is_withdrawn_while_nobody_has_decided(desk):
    number = desk.ask()
    changes.withdraw(desk.customer, number=number, key="back")
    changes.withdraw(desk.customer, number=number, key="back")
    assert desk.request(number).state is m.ChangeState.WITHDRAWN
    assert changes.my_details(desk.customer).of("name").pending is None
    with pytest.raises(Conflict):
        desk.approve(number)
    second = desk.ask()
    desk.approve(second)
    with pytest.raises(Conflict):
        changes.withdraw(desk.customer, number=second, key="late")
    assert desk.person.given_name == "Rosie"


@pytest.mark.requirement("S0-12")
def test_address_and_language_are_in_force_at_once(desk):
    number = desk.ask("address", **ADDRESS)
    language = desk.ask("language", locale="fr-CA")
    person = desk.person
    assert (person.address_line1, person.postal_code) == ("14 Harbour Road", "33602")
    assert person.locale == "fr-CA"
    for each in (number, language):
        request = desk.request(each)
        assert (request.state, request.policy) == (m.ChangeState.APPLIED, m.ChangePolicy.AUTO)
    assert changes.queue(desk.agent).rows == ()
    history = changes.my_details(desk.customer).history
    assert [change.title for change in history] == ["Language", "Address"]


@pytest.mark.requirement("S0-14")
def test_accepted_change_leaves_as_an_event_in_the_same_breath(desk):
    desk.ask("address", **ADDRESS)
    (event,) = f.fetch_all(m.OutgoingEvent)
    assert (event.type, event.subject_type) == ("person.address_changed", "person")
    assert event.external_id == desk.person.external_id
    assert event.payload["after"] == ADDRESS
    assert event.payload["before"] == dict.fromkeys(ADDRESS, "")
    assert event.payload["origin"] == "consumer"
    (request,) = f.fetch_all(m.ChangeRequest)
    assert event.payload["change"] == request.number


@pytest.mark.requirement("S0-12")
def test_brand_decides_which_fields_wait(desk):
    desk.rule("name", "auto")
    desk.rule("address", "review")
    desk.ask()
    assert desk.person.given_name == "Rosie"
    number = desk.ask("address", **ADDRESS)
    assert desk.person.city == ""
    desk.approve(number)
    assert desk.person.city == "Tampa"


@pytest.mark.requirement("S0-05")
def test_details_cannot_be_edited_where_the_brand_has_switched_that_off(desk):
    branding.switch_feature(desk.admin, feature="edit_profile", is_on=False, key="off")
    assert not changes.my_details(desk.customer).may_edit
    for kind, values in (("name", {}), ("address", ADDRESS), ("language", {"locale": "fr-CA"})):
        with pytest.raises(SwitchedOff):
            desk.ask(kind, **values)
    assert f.fetch_all(m.ChangeRequest) == []
    assert {event.object_id for event in f.fetch_all(m.AuditEvent, object_type="feature")} == {
        "edit_profile"
    }


@pytest.mark.requirement("S0-12")
def test_email_and_phone_need_proof_and_cannot_be_asked_for_without(desk):
    for kind, values in (("email", {"email": "r@example.com"}), ("phone", {"mobile": "813 555"})):
        with pytest.raises(NotAllowed):
            desk.ask(kind, **values)
    assert f.fetch_all(m.ChangeRequest) == []


@pytest.mark.parametrize(
    ("kind", "values", "fields"),
    [
        ("name", {"given_name": " ", "family_name": ""}, {"given_name", "family_name"}),
        ("name", {"given_name": "x" * 81}, {"given_name"}),
        ("name", {"given_name": "Ro\x00sa"}, {"given_name"}),
        ("address", {}, {"address_line1", "city", "postal_code", "country"}),
        ("address", ADDRESS | {"country": "XX"}, {"country"}),
        ("language", {"locale": "tlh"}, {"locale"}),
        ("language", {"locale": ["fr-CA"]}, {"locale"}),
    ],
)
def test_what_cannot_be_is_refused_by_name(desk, kind, values, fields):
    with pytest.raises(Invalid) as refusal:
        desk.ask(kind, **values)
    assert set(refusal.value.fields) == fields
    assert f.fetch_all(m.ChangeRequest) == []


def test_asking_for_what_is_held_already_changes_nothing(desk):
    with pytest.raises(Conflict):
        desk.ask(given_name="Rosa", family_name=" Lindqvist ")
    assert f.fetch_all(m.ChangeRequest) == []


def test_same_click_twice_asks_once(desk):
    assert desk.ask(key="click") == desk.ask(key="click")
    assert len(f.fetch_all(m.ChangeMoment)) == 1


@pytest.mark.asvs("8.2.2")
def test_nobody_sees_or_takes_back_what_somebody_else_asked_for(desk):
    number = desk.ask()
    stranger = f.consumer_actor(f.account())
    rival = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    with pytest.raises(NotFound):
        changes.withdraw(stranger, number=number, key="x")
    for actor in (stranger, desk.customer, ANONYMOUS, rival):
        with pytest.raises(NotFound):
            changes.queue_item(actor, number=number)
    assert changes.queue(rival).rows == ()
    assert changes.my_details(stranger).history == ()
    for actor in (desk.agent, ANONYMOUS):
        with pytest.raises(NotFound):
            desk.ask(actor=actor)


def test_customer_is_told_that_the_request_has_come_in(desk):
    number = desk.ask()
    (notice,) = f.fetch_all(m.Notification)
    assert notice.title == f"We have your request {number}"
    assert notice.person_id == desk.customer.person_id
    (letter,) = f.fetch_all(m.OutboundMessage)
    assert "First name: Rosie" in letter.text


@hostile
@given(kind=anything | st.sampled_from(["name", "address", "language"]), values=anything,
       key=anything)  # fmt: skip
def test_request_takes_anything_without_harm(sqlite_desk, kind, values, key):
    customer = sqlite_desk.customer
    refused_without_a_trace(lambda: changes.ask(customer, kind=kind, values=values, key=key))
    refused_without_a_trace(lambda: changes.withdraw(customer, number=kind, key=key))
