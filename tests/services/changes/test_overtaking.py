import pytest

from portal_app import models as m
from portal_app.services import changes
from tests import factories as f
from tests.services.changes.conftest import ADDRESS
from tests.services.imports import feeding

HEAD = "external_id,given_name,family_name,city,updated_at\n"


@pytest.fixture
def master(desk, tmp_path):
    """Feeds of the one person, as the master system has them: a name, a city, a time."""
    places = iter(range(100))

    def feed(given_name="Rosa", city="", at=""):
        row = f"{desk.person.external_id},{given_name},Lindqvist,{city},{at}\n"
        return feeding.feed(tmp_path / str(next(places)), people=HEAD + row)

    return feed


@pytest.mark.requirement("S0-14")
def test_later_feed_wins_over_an_accepted_change_and_both_sides_see_it(desk, master, clock):
    desk.rule("name", "auto")
    number = desk.ask(given_name="Rosie")
    clock.advance(hours=2)
    master("Rosa-Maria", at="2026-11-20T16:30:00Z")
    assert desk.person.given_name == "Rosa-Maria"
    request = desk.request(number)
    assert request.superseded == {"given_name": "Rosa-Maria"}
    overtaken = changes.my_details(desk.customer).of("name").overtaken
    assert overtaken.number == number
    assert [(line.before, line.after) for line in overtaken.overtaken] == [("Rosie", "Rosa-Maria")]
    detail = changes.queue_item(desk.agent, number=number)
    assert [(moment.what, moment.note) for moment in detail.moments][-1] == (
        "superseded",
        "First name",
    )
    (entry,) = f.fetch_all(m.AuditEvent, action="change_request:self:overtaken")
    assert entry.detail["fields"] == ["given_name"]


@pytest.mark.requirement("S0-14")
def test_record_older_than_the_change_is_ignored(desk, master, clock):
    desk.rule("name", "auto")
    number = desk.ask(given_name="Rosie")
    clock.advance(hours=2)
    report = master("Rosa-Maria", at="2026-11-20T14:59:00Z")
    assert feeding.counts(report, "people") == {"stale": 1}
    assert desk.person.given_name == "Rosie"
    assert desk.request(number).superseded_at is None


@pytest.mark.requirement("S0-14")
def test_master_that_repeats_what_it_sent_before_does_not_undo_a_change(desk, master):
    master("Rosa", "Tampa")
    desk.rule("name", "auto")
    number = desk.ask(given_name="Rosie")
    assert feeding.counts(master("Rosa", "Tampa"), "people") == {"unchanged": 1}
    assert desk.person.given_name == "Rosie"
    assert desk.request(number).superseded_at is None


@pytest.mark.requirement("S0-14")
def test_master_that_takes_the_change_over_leaves_no_mark(desk, master, clock):
    desk.rule("name", "auto")
    number = desk.ask(given_name="Rosie")
    clock.advance(hours=1)
    master("Rosie", "Tampa", at="2026-11-20T15:30:00Z")
    assert desk.person.city == "Tampa"
    assert desk.request(number).superseded_at is None
    clock.advance(hours=1)
    desk.ask(given_name="Rosalind")
    clock.advance(hours=1)
    master("Rosalind", "Miami", at="2026-11-20T17:45:00Z")
    marked = [one.number for one in f.fetch_all(m.ChangeRequest) if one.superseded_at]
    assert marked == [], "an older change that a newer one replaced is not overtaken by the feed"


def test_new_change_takes_the_mark_off_the_page(desk, master, clock):
    desk.ask("address", **ADDRESS)
    clock.advance(hours=1)
    master(city="Miami", at="2026-11-20T15:30:00Z")
    assert changes.my_details(desk.customer).of("address").overtaken
    clock.advance(minutes=10)
    desk.ask("address", **ADDRESS)
    assert changes.my_details(desk.customer).of("address").overtaken is None


def test_request_that_waits_shows_what_the_feed_has_brought_meanwhile(desk, master):
    number = desk.ask(given_name="Rosie")
    master("Rosa-Maria")
    (line,) = changes.queue_item(desk.agent, number=number).lines
    assert (line.before, line.now, line.after) == ("Rosa", "Rosa-Maria", "Rosie")
    desk.approve(number)
    assert desk.person.given_name == "Rosie"


@pytest.mark.requirement("S0-14")
def test_a_feed_that_wins_over_an_earlier_change_of_another_field_is_shown_too(desk, master, clock):
    desk.rule("name", "auto")
    first = desk.ask(given_name="Rosa", family_name="Berg")
    clock.advance(hours=1)
    second = desk.ask(given_name="Rosie", family_name="Berg")
    clock.advance(hours=1)
    master("Rosie", at="2026-11-20T17:45:00Z")
    assert desk.person.family_name == "Lindqvist"
    assert desk.request(first).superseded == {"family_name": "Lindqvist"}
    assert desk.request(second).superseded_at is None
    assert changes.my_details(desk.customer).of("name").overtaken.number == first
    clock.advance(hours=1)
    desk.ask(given_name="Rosie", family_name="Berg-Holm")
    assert changes.my_details(desk.customer).of("name").overtaken is None


@pytest.mark.requirement("S0-14")
def test_a_second_feed_that_wins_over_the_rest_of_a_change_is_noted_as_well(desk, master, clock):
    desk.rule("name", "auto")
    number = desk.ask(given_name="Rosie", family_name="Berg")
    clock.advance(hours=3)
    master("Rosie", at="2026-11-20T17:30:00Z")
    assert desk.request(number).superseded == {"family_name": "Lindqvist"}
    master("Rosa", at="2026-11-20T17:45:00Z")
    assert desk.request(number).superseded == {"family_name": "Lindqvist", "given_name": "Rosa"}
