"""Filling in together: every edit is kept, attributed and dated, and none is lost in silence."""

import pytest
from sqlmodel import SQLModel

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.models import database
from portal_app.services import applications, forms
from portal_app.services.applications import AnswerConflict, AnswerSaved
from tests import factories as f
from tests.services.applications.world import NUMBER, fresh_key

REQUIRED = {
    "personal": {"given_names": "A", "family_name": "B", "date_of_birth": "1990-02-03"},
    "contact": {"email": "a@example.com", "mobile": "218 555 0190"},
    "addresses": {"address": "1 Elm", "since": "2020-01-01", "home": "rent"},
    "employment": {"status": "employed"},
    "income": {"salary": "52000"},
    "expenses": {"housing": "1400"},
    "assets": {"has": "no"},
    "liabilities": {"has": "no"},
}


def submit(actor):
    applications.submit(actor, number=NUMBER, key=fresh_key())


def fill_in(desk, actor, *names):
    for name in names:
        for form, fields in REQUIRED.items():
            for field, value in fields.items():
                place = {"form": form, "party": desk.parties[name].id}
                desk.save(actor, field, value, **place)


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-08")
def test_one_edits_what_the_other_wrote_and_the_history_says_so(desk, limiter, clock):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    salary = {"form": "income"}
    heard: set[str] = set()
    stop = live.on_announcement(lambda topics: heard.update(topics))
    try:
        assert desk.save(ann, "salary", "52,000", **salary) == AnswerSaved(1, "5200000")
    finally:
        stop()
    assert applications.answers_topic(desk.application.id) in heard
    seen = desk.read(ben, **salary).answers["salary"]
    assert (seen.value, seen.by, seen.is_own, seen.at) == (
        "5200000", "Ann Holloway", False, clock(),
    )  # fmt: skip
    clock.advance(minutes=7)
    assert desk.save(ben, "salary", "$54,000.50", 1, **salary) == AnswerSaved(2, "5400050")
    place = {"number": NUMBER, "party": desk.parties["Ann"].id, "field": "salary"}
    assert [(one.by, one.value) for one in applications.edits(desk.agent, **place, **salary)] == [
        ("Ben Holloway", "$54,000.50"), ("Ann Holloway", "$52,000.00"),
    ]  # fmt: skip


@pytest.mark.requirement("S2-08")
def test_two_edits_of_the_same_version_give_a_choice_and_lose_nothing(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    desk.save(ann, "family_name", "Holloway")
    desk.save(ann, "family_name", "Holloway-Price", 1)
    outcome = desk.save(ben, "family_name", "Price", 1)
    assert isinstance(outcome, AnswerConflict)
    assert (outcome.theirs, outcome.by, outcome.version) == ("Holloway-Price", "Ann Holloway", 2)
    assert desk.read(ann).answers["family_name"].value == "Holloway-Price"
    assert desk.save(ben, "family_name", "Price", outcome.version) == AnswerSaved(3, "Price")
    kept = sorted(f.fetch_all(m.FormAnswerHistory), key=lambda one: one.version)
    assert [one.value for one in kept] == ["Holloway", "Holloway-Price", "Price"]


@pytest.mark.asvs("11.3.3")
def test_no_table_holds_an_answer_in_the_clear(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "family_name", "Quillfeather", key=fresh_key())
    desk.save(ann, "family_name", "Quillfeather-Voss", 1, key=fresh_key())
    with database.engine().connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            assert "Quillfeather" not in str(rows), table.name
    [answer] = f.fetch_all(m.FormAnswer)
    assert answer.value == "Quillfeather-Voss"
    other = m.FormAnswer(value_sealed=answer.value_sealed)
    assert other.value == "", "what was sealed for one row opens in no other"


@pytest.mark.asvs("11.3.3")
def test_the_length_of_what_is_sealed_does_not_tell_yes_from_no(sqlite_desk):
    ann = sqlite_desk.signed_in("Ann")
    lengths, version = set(), 0
    for value in ("yes", "no", "yes"):
        version = sqlite_desk.save(ann, "citizen", value, version).version
        assert sqlite_desk.read(ann).answers["citizen"].value == value
        lengths.add(len(f.fetch(m.FormAnswer).value_sealed))
    lengths |= {len(one.value_sealed) for one in f.fetch_all(m.FormAnswerHistory)}
    assert len(lengths) == 1
    for words in ("", "é" * 15, "é" * 16, "x" * 32, "x" * 200):
        answer = m.FormAnswer()
        answer.say(words)
        assert answer.value == words


@pytest.mark.requirement("S2-08")
def test_two_first_words_in_a_field_meet_as_two_edits_do(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    desk.save(ann, "family_name", "Holloway")
    assert isinstance(desk.save(ben, "family_name", "Price"), AnswerConflict)
    # The same words are no conflict, and neither is a save that is repeated after an outage.
    assert desk.save(ben, "family_name", "Holloway") == AnswerSaved(1, "Holloway")
    key = fresh_key()
    assert desk.save(ben, "given_names", "Ann", key=key) == AnswerSaved(1, "Ann")
    assert desk.save(ben, "given_names", "Ann", key=key) == AnswerSaved(1, "Ann")
    assert len(f.fetch_all(m.FormAnswer)) == 2


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [
        ("personal", "date_of_birth", "2026-02-30"),
        ("personal", "date_of_birth", "03/02/1990"),
        ("personal", "dependants", "two"),
        ("personal", "citizen", "maybe"),
        ("personal", "marital_status", "complicated"),
        ("personal", "given_names", "x" * 201),
        ("income", "salary", "a lot"),
        ("income", "salary", "12.345"),
        ("income", "salary", "1234,50"),
        ("income", "salary", "1.234,50"),
        ("personal", "dependants", "2,5"),
        ("income", "salary", "€ 12"[:2] + "x"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(sqlite_desk, form, field, value):
    ann = sqlite_desk.signed_in("Ann")
    with pytest.raises(Invalid) as refusal:
        sqlite_desk.save(ann, field, value, form=form)
    assert set(refusal.value.fields) == {field}
    assert f.fetch_all(m.FormAnswer) == []


@pytest.mark.parametrize(
    "given",
    [
        {"field": "unheard_of"},
        {"field": "jobs", "form": "employment"},
        {"field": "jobs/1", "form": "employment"},
        {"field": "jobs/99/employer", "form": "employment"},
        {"form": "unheard_of"},
        {"party": ""},
        {"party": "x"},
    ],
)
def test_a_place_that_is_none_is_not_found(sqlite_desk, given):
    ann = sqlite_desk.signed_in("Ann")
    with pytest.raises(NotFound):
        sqlite_desk.save(ann, **{"field": "family_name", "value": "x"} | given)


@pytest.mark.requirement("S2-21")
def test_rows_are_added_by_two_at_once_and_kept_when_taken_off(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    rows = [applications.add_row(who, **place, group="jobs", key=fresh_key()) for who in (ann, ben)]
    assert rows == [1, 2]
    desk.save(ann, "jobs/1/employer", "Pier 7", form="employment")
    applications.remove_row(ben, **place, group="jobs", row=1, key=fresh_key())
    found = desk.read(ann, form="employment")
    assert found.answers["jobs/1"].value == ""
    assert found.answers["jobs/1/employer"].value == "Pier 7"
    third = applications.add_row(ben, **place, group="jobs", key=fresh_key())
    assert third == 3  # a row that was taken off is nobody else's


@pytest.mark.requirement("S2-08")
def test_what_is_written_into_a_row_that_was_taken_off_is_not_lost_in_silence(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    with pytest.raises(Conflict):
        desk.save(ann, "jobs/1/employer", "Pier 7", form="employment")
    applications.add_row(ann, **place, group="jobs", key=fresh_key())
    applications.remove_row(ben, **place, group="jobs", row=1, key=fresh_key())
    with pytest.raises(Conflict, match="Ben Holloway has taken this entry away") as refusal:
        desk.save(ann, "jobs/1/employer", "Pier 7", form="employment")
    assert "“Pier 7”" in refusal.value.message
    assert "jobs/1/employer" not in desk.read(ann, form="employment").answers


@pytest.mark.requirement("S2-21")
def test_rows_can_be_added_and_taken_off_as_often_as_one_likes(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    for _ in range(forms.MOST_ROWS):
        row = applications.add_row(ann, **place, group="jobs", key=fresh_key())
        desk.save(ann, f"jobs/{row}/employer", "Pier 7", form="employment")
        applications.remove_row(ann, **place, group="jobs", row=row, key=fresh_key())
    again = applications.add_row(ann, **place, group="jobs", key=fresh_key())
    found = desk.read(ann, form="employment").answers
    assert found[f"jobs/{again}"].value == "yes"
    assert found[f"jobs/{again}/employer"].value == ""
    written = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    kept = applications.edits(desk.agent, **written, field=f"jobs/{again}/employer")
    assert [one.value for one in kept] == ["", "Pier 7"]
    for _ in range(forms.MOST_ROWS - 1):
        applications.add_row(ann, **place, group="jobs", key=fresh_key())
    with pytest.raises(Conflict, match="12 at most"):
        applications.add_row(ann, **place, group="jobs", key=fresh_key())


@pytest.mark.requirement("S2-08")
def test_where_each_keeps_to_their_own_nobody_sees_the_others(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    desk.save(ann, "family_name", "Holloway")
    applications.set_sharing(desk.agent, number=NUMBER, mode="own_sections", key=fresh_key())
    assert desk.read(ann).answers["family_name"].value == "Holloway"
    with pytest.raises(NotFound):
        desk.read(ben)
    with pytest.raises(NotFound):
        desk.save(ben, "family_name", "Price", 1)
    assert {one.person for one in applications.tasks(ben, number=NUMBER).sections} == {
        "Ben Holloway"
    }


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-21")
def test_everybody_sees_the_sections_of_all_who_answer_ones_own_first(desk, limiter):
    ben = desk.let_in("Ben", limiter)
    found = applications.tasks(ben, number=NUMBER)
    people = list(dict.fromkeys(one.person for one in found.sections))
    assert people == ["Ben Holloway", "Ann Holloway", "Cora Holloway"]
    titles = [one.title for one in found.sections if one.is_own]
    assert titles == [
        "Personal details", "Contact details", "Addresses", "Employment", "Income", "Expenses",
        "Assets", "Liabilities",
    ]  # fmt: skip
    assert (found.done, found.is_open, found.questionnaires) == (0, True, ())


@pytest.mark.requirement("S2-21")
def test_handing_in_waits_for_what_must_be_answered_and_can_be_opened_again(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    with pytest.raises(Conflict, match="still open"):
        submit(ann)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    found = applications.tasks(ann, number=NUMBER)
    assert found.done == found.asked == 13 * 3
    submit(ann)
    found = applications.tasks(ann, number=NUMBER)
    assert (found.submitted_by, found.is_open) == ("Ann Holloway", False)
    with pytest.raises(Conflict, match="handed in"):
        desk.save(ann, "family_name", "Price", 1)
    with pytest.raises(Conflict, match="already"):
        submit(ann)
    given = {"number": NUMBER, "key": fresh_key()}
    applications.reopen(desk.agent, form="personal", **given)
    applications.reopen(desk.agent, form="personal", **given)
    # Whoever is let in is told once that it is their turn again, and with what.
    (told,) = f.fetch_all(m.Notification, topic="application.reopened")
    assert (told.person_id, told.link) == (ann.person_id, f"/applications/{NUMBER}")
    assert "again, so that you can change or add something: Personal details." in told.body
    assert desk.save(ann, "family_name", "Price", 1) == AnswerSaved(2, "Price")
    with pytest.raises(Conflict):
        desk.save(ann, "salary", "1", 1, form="income")
    submit(ann)
    assert applications.tasks(ann, number=NUMBER).submitted_at is not None


@pytest.mark.requirement("S2-21")
def test_a_group_counts_what_its_rows_must_say(sqlite_desk):
    ann = sqlite_desk.signed_in("Ann")
    place = {"number": NUMBER, "form": "employment", "party": sqlite_desk.parties["Ann"].id}
    before = sqlite_desk.read(ann, form="employment")
    applications.add_row(ann, **place, group="jobs", key=fresh_key())
    after = sqlite_desk.read(ann, form="employment")
    assert (before.asked, after.asked) == (1, 2)
