"""What staff read of an application: every answer of every party, as people read it."""

import pytest

from portal_app.core.errors import NotFound
from portal_app.models import ShareState
from portal_app.services import applications
from tests import factories as f
from tests.counting import count_queries
from tests.services.applications.test_answering import fill_in, submit
from tests.services.applications.world import NUMBER, fresh_key
from tests.services.identity.people import change


def sheets_of(desk):
    found = applications.answers(desk.agent, number=NUMBER)
    return {(one.task.person.partition(" ")[0], one.task.form): one for one in found.sheets}


def lines_of(sheet):
    return {(one.group, one.row, one.label): one for one in sheet.lines}


def answer(sheet, label):
    return lines_of(sheet)["", 0, label]


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-08")
def test_staff_read_what_stands_in_a_field_and_who_wrote_it_when(desk, limiter, clock):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    desk.save(ann, "salary", "52,000", form="income")
    desk.save(ann, "date_of_birth", "1990-02-03")
    desk.save(ann, "marital_status", "single")
    desk.save(ann, "citizen", "yes")
    clock.advance(minutes=7)
    desk.save(ben, "salary", "54,000.50", 1, form="income")
    seen = sheets_of(desk)
    salary = answer(seen["Ann", "income"], "Salary or profit in a year, before tax")
    assert (salary.value, salary.by, salary.at) == ("$54,000.50", "Ben Holloway", clock())
    personal = seen["Ann", "personal"]
    told = ("Date of birth", "Marital status", "Are you a citizen of the country you live in?")
    assert [answer(personal, label).value for label in told] == ["3 February 1990", "Single", "Yes"]
    untouched = answer(personal, "Family name")
    assert (untouched.value, untouched.by, untouched.at) == ("", "", None)


@pytest.mark.requirement("S2-08")
def test_an_answer_that_was_taken_away_again_still_says_by_whom(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    desk.save(ann, "family_name", "Holloway")
    desk.save(ben, "family_name", "", 1)
    name = answer(sheets_of(desk)["Ann", "personal"], "Family name")
    assert (name.value, name.by) == ("", "Ben Holloway")


@pytest.mark.requirement("S2-21")
def test_every_form_of_every_party_is_there_with_how_far_it_is(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "family_name", "Holloway")
    seen = sheets_of(desk)
    assert [name for name, form in seen if form == "personal"] == ["Ann", "Ben", "Cora"]
    assert len([form for name, form in seen if name == "Ben"]) == 8
    task = seen["Ann", "personal"].task
    assert (task.done, task.asked, task.state) == (1, 3, ShareState.IN_PROGRESS)
    assert [one.label for one in seen["Ben", "personal"].lines][:2] == [
        "Given names",
        "Family name",
    ]
    fill_in(desk, ann, "Ben", "Cora")
    assert sheets_of(desk)["Ben", "personal"].task.is_complete


@pytest.mark.requirement("S2-21")
def test_rows_stand_in_their_order_and_those_that_were_taken_off_are_gone(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    place = {"number": NUMBER, "form": "employment", "party": desk.parties["Ann"].id}
    assert ("", 0, "Jobs") in lines_of(sheets_of(desk)["Ann", "employment"])
    for row, employer in ((1, "Mill"), (2, "Dock")):
        applications.add_row(ann, **place, group="jobs", key=fresh_key())
        desk.save(ann, f"jobs/{row}/employer", employer, form="employment")
    applications.remove_row(ann, **place, group="jobs", row=1, key=fresh_key())
    jobs = [one for one in sheets_of(desk)["Ann", "employment"].lines if one.group == "Jobs"]
    assert {one.row for one in jobs} == {1}
    assert jobs[0].value == "Dock"


@pytest.mark.requirement("S2-21")
def test_a_form_that_is_put_away_stays_to_be_read_where_something_stands_in_it(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "salary", "52,000", form="income")
    applications.share_form(desk.agent, number=NUMBER, form="income", is_on=False, key=fresh_key())
    seen = sheets_of(desk)
    assert seen["Ann", "income"].task.state is ShareState.HIDDEN
    assert ("Ben", "income") not in seen


@pytest.mark.requirement("S2-08")
def test_staff_read_everybody_also_where_each_sees_their_own_alone(desk, limiter):
    ann, ben = desk.let_in("Ann", limiter), desk.let_in("Ben", limiter)
    given = {"number": NUMBER, "mode": "own_sections", "key": fresh_key()}
    applications.set_sharing(desk.agent, **given)
    desk.save(ann, "family_name", "Holloway")
    desk.save(ben, "family_name", "Price", party=desk.parties["Ben"].id)
    seen = sheets_of(desk)
    assert [answer(seen[name, "personal"], "Family name").value for name in ("Ann", "Ben")] == [
        "Holloway", "Price",
    ]  # fmt: skip


def test_amounts_stand_in_the_currency_of_the_application(desk, limiter):
    change(desk.application, currency="GBP")
    ann = desk.let_in("Ann", limiter)
    desk.save(ann, "salary", "52,000", form="income")
    salary = answer(sheets_of(desk)["Ann", "income"], "Salary or profit in a year, before tax")
    assert salary.value == "£52,000.00"


def test_nobody_but_the_brands_staff_finds_it(desk, limiter):
    beyond = f.staff_actor(brand_id=f.brand(key="other", name="Other").id)
    stranger = f.consumer_actor(f.account())
    for who in (beyond, stranger, desk.let_in("Ann", limiter), desk.signed_in("Ben")):
        with pytest.raises(NotFound):
            applications.answers(who, number=NUMBER)
    with pytest.raises(NotFound):
        applications.answers(desk.agent, number="MA-2")


def test_what_was_handed_in_stays_to_be_read(desk, limiter):
    ann = desk.let_in("Ann", limiter)
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    submit(ann)
    seen = sheets_of(desk)
    assert {one.task.state for one in seen.values()} == {ShareState.COMPLETE}
    assert answer(seen["Cora", "personal"], "Family name").value == "B"


def test_many_answers_take_as_many_queries_as_none(any_db, desk, limiter):
    ann = desk.let_in("Ann", limiter)

    def asked():
        with count_queries(any_db) as queries:
            applications.answers(desk.agent, number=NUMBER)
        return len(queries)

    none = asked()
    fill_in(desk, ann, "Ann", "Ben", "Cora")
    assert asked() == none <= 6
