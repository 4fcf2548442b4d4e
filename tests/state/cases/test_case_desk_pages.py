"""The staff's pages of cases, as a tab sees them."""

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.services import cases
from portal_app.state.cases.on_behalf import OnBehalfState
from portal_app.state.cases.queue import CaseQueueState
from portal_app.state.cases.settings import CaseSettingsState
from portal_app.state.cases.thread import CaseState
from portal_app.state.changes.person import PersonState
from portal_app.state.rentals.work import WorkQueueState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.services.cases.conftest import make_home
from tests.state.tabs import Tab, path_of

PATH = "/staff/cases"


@pytest.fixture
def home(db, clock):
    return make_home()


@pytest.fixture
def tab(home):
    return Tab(home.agent)


async def opened(tab, number):
    await tab.at(f"{PATH}?open={number}").call(CaseQueueState.load)
    return tab.state(CaseQueueState)


def form(state, **entered):
    return {"number": state.sheet.number, "key": state.sheet.key} | entered


async def test_a_new_case_appears_in_an_open_queue_and_in_the_counts(tab, home):
    await tab.at(PATH).call(CaseQueueState.load)
    await tab.call(ShellState.load)
    state = tab.state(CaseQueueState)
    assert state.rows == []
    number = home.open("head", about="child")
    watching = {one.event for one in live.watchers([f"cases:{home.agent.brand}"])}
    assert any("case_queue_state.refresh" in event for event in watching)
    assert any("shell_state.refresh" in event for event in watching)
    await tab.call(CaseQueueState.refresh)
    (row,) = state.rows
    assert (row.number, row.customer, row.household) == (
        number, "Juniper Aldous", "Aldous household",
    )  # fmt: skip
    assert (row.due, row.assigned) == ("By 21 Nov, 15:00", "Nobody yet")
    assert (state.counts.open, state.counts.unassigned) == ("1", "1")
    await tab.call(WorkQueueState.load)
    assert [one.number for one in tab.state(WorkQueueState).cases] == [number]
    await tab.call(ShellState.refresh)
    assert tab.state(ShellState).shell.waiting == "1"


async def test_an_answer_that_is_late_is_marked(tab, home, clock):
    home.open()
    clock.advance(days=2)
    await tab.at(PATH).call(CaseQueueState.load)
    (row,) = tab.state(CaseQueueState).rows
    assert (row.due, row.due_tone) == ("Overdue: 21 Nov, 15:00", "bad")


async def test_everything_can_be_done_in_the_sheet(tab, home):
    number = home.open()
    state = await opened(tab, number)
    assert (state.sheet.may_take_up, state.sheet.may_propose) == (True, False)
    await tab.call(CaseQueueState.take, form(state))
    assert (state.sheet.status, state.sheet.assigned_to) == ("Open", home.agent.user_id)
    await tab.call(CaseQueueState.assign, form(state, user=home.manager.user_id))
    assert state.sheet.assigned_to == home.manager.user_id
    await tab.call(CaseQueueState.prioritise, form(state, priority="urgent"))
    assert state.sheet.priority == "urgent"
    await tab.call(CaseQueueState.note, form(state, note_words="He calls every week."))
    assert tab.said == "Noted. Only staff can read it."
    last = state.sheet.said[-1]
    assert (last.side, last.role, last.words) == ("note", "Internal note", "He calls every week.")
    await tab.call(CaseQueueState.reply, form(state, words="We look at it."))
    await tab.call(CaseQueueState.ask, form(state, ask_words="Which day?"))
    assert (state.sheet.status, state.sheet.due) == ("Waiting for customer", "")
    home.do(cases.add_comment, number, "member", words="The second.")
    await tab.at("/").call(CaseQueueState.refresh)
    assert (state.sheet.status, state.sheet.said[-1].who) == (
        "Open", "Answer received · Idris Aldous",
    )  # fmt: skip
    solved = {"resolution": "solved", "notes": "Paid back."}
    await tab.call(CaseQueueState.propose, form(state, **solved))
    assert (state.sheet.status, state.sheet.may_close) == ("Solution proposed", False)
    assert state.problem == ""
    assert state.field_problems == {}
    home.do(cases.accept_solution, number, "member")
    home.do(cases.rate, number, "member", rating=5, words="Quick.")
    await tab.call(CaseQueueState.refresh)
    assert state.sheet.is_over
    assert state.sheet.rating == "The customer gave 5 of 5: “Quick.”"


async def test_cases_are_closed_and_merged_in_the_sheet(tab, home):
    first, second, third = home.open(), home.open(), home.open()
    state = await opened(tab, second)
    await tab.call(CaseQueueState.merge, form(state, into="CS-NOTHING"))
    assert "could not find" in state.problem
    await tab.call(CaseQueueState.merge, form(state, into=first))
    assert state.sheet.into == f"{first}: A payment was taken twice"
    state = await opened(tab, third)
    await tab.call(CaseQueueState.end, form(state, reason="Settled by phone."))
    assert state.sheet.status == "Closed"
    assert path_of(await tab.call(CaseQueueState.close, False)) == PATH


async def test_a_template_fills_the_reply_and_sending_empties_it(tab, home):
    words = {"title": "Paid back", "words": "We have paid it back."}
    one = cases.save_template(home.manager, **words, key="t")
    state = await opened(tab, home.open())
    assert [each.label for each in state.sheet.templates] == ["No template", "Paid back"]
    key = state.draft_key
    await tab.call(CaseQueueState.use_template, one)
    assert (state.draft, state.draft_key != key) == ("We have paid it back.", True)
    for odd in ("", "made up", None, []):
        await tab.call(CaseQueueState.use_template, odd)
        assert state.draft == ""
    await tab.call(CaseQueueState.use_template, one)
    await tab.call(CaseQueueState.reply, form(state, words=state.draft))
    assert state.draft == ""
    assert f.fetch(m.Message).body == "We have paid it back."


async def test_what_is_typed_survives_what_others_do_and_a_refusal(tab, home):
    number = home.open()
    state = await opened(tab, number)
    key = state.sheet.key
    home.do(cases.add_comment, number, "member", words="And?")
    await tab.call(CaseQueueState.refresh)
    assert (state.sheet.key, state.sheet.said[-1].words) == (key, "And?")
    await tab.call(CaseQueueState.reply, form(state, words=" "))
    assert (state.field_problems, state.sheet.key) == ({"words": "Write something first."}, key)
    await tab.call(CaseQueueState.note, form(state, words="Yes."))
    assert set(state.field_problems) == {"note_words"}
    await tab.call(CaseQueueState.reply, form(state, words="Yes."))
    assert state.sheet.key != key


async def test_a_customer_sees_that_somebody_writes_until_the_answer_is_there(tab, home):
    number = home.open()
    customer = Tab(home.actors["member"]).at(f"/cases/{number}", number=number)
    await customer.call(CaseState.load)
    page = customer.state(CaseState)
    topic = f"case-reply:{home.case(number).id}"
    assert any("hear_reply" in one.event for one in live.watchers([topic]))
    heard = []
    stop = live.on_announcement(heard.append)
    state = await opened(tab, number)
    await tab.call(CaseQueueState.begin_reply, state.sheet.number)
    stop()
    assert heard == [frozenset({topic})]
    await customer.call(CaseState.hear_reply)
    assert page.replying
    await tab.call(CaseQueueState.reply, form(state, words="Here it is."))
    await customer.call(CaseState.refresh)
    assert (page.replying, page.case.said[-1].words) == ("", "Here it is.")
    for odd in ("made up", None, []):
        await tab.call(CaseQueueState.begin_reply, odd)
        assert state.problem


async def test_what_was_said_long_ago_is_shown_when_asked_for(tab, home, clock):
    number = home.open()
    for place in range(60):
        home.do(cases.add_note, number, words=f"Number {place}.")
        clock.advance(minutes=1)
    state = await opened(tab, number)
    assert (len(state.sheet.said), bool(state.earlier)) == (50, True)
    await tab.call(CaseQueueState.show_earlier)
    every = [one.words for one in (*state.older, *state.sheet.said)]
    assert [words for words in every if words.startswith("Number")] == [
        f"Number {place}." for place in range(60)
    ]
    assert state.earlier == ""


async def test_filters_narrow_and_odd_ones_do_no_harm(tab, home):
    one, urgent = home.open(), home.open("head")
    home.do(cases.set_priority, urgent, priority="urgent")
    await tab.at(PATH).call(CaseQueueState.load)
    state = tab.state(CaseQueueState)
    await tab.call(CaseQueueState.pick_kind, "urgent")
    assert [row.number for row in state.rows] == [urgent]
    await tab.call(CaseQueueState.clear)
    await tab.call(CaseQueueState.look_for, one)
    assert [row.number for row in state.rows] == [one]
    await tab.call(CaseQueueState.clear)
    for odd in (None, ["open"], {}, 3):
        for handler in ("pick_view", "pick_kind", "look_for"):
            await tab.call(getattr(CaseQueueState, handler), odd)
    assert (state.view, state.kind, len(state.rows)) == ("open", "", 2)


async def test_forms_of_any_shape_do_no_harm(tab, home):
    number = home.open()
    state = await opened(tab, number)
    names = "reply ask note propose take_up assign take prioritise merge end"
    for odd in (None, [], "x", {"number": [number], "key": {}}, {"number": number}):
        for handler in names.split():
            await tab.call(getattr(CaseQueueState, handler), odd)
    assert state.problem
    assert home.case(number).state is m.CaseState.NEW


async def test_managers_write_templates_and_administrators_set_who_sees(home):
    manager, admin = Tab(home.manager), Tab(home.admin)
    await manager.call(CaseSettingsState.load)
    state = manager.state(CaseSettingsState)
    assert (state.rows, state.policy.key) == ([], "")
    await manager.call(CaseSettingsState.write)
    sent = {"template": "", "title": "", "words": "We paid.", "version": "0", "key": state.form.key}
    await manager.call(CaseSettingsState.save, sent)
    assert (set(state.field_problems), state.form.is_open) == ({"title"}, True)
    await manager.call(CaseSettingsState.save, sent | {"title": "Paid"})
    (row,) = state.rows
    assert (row.title, row.words, state.form.is_open) == ("Paid", "We paid.", False)
    await manager.call(CaseSettingsState.edit, row.id)
    assert (state.form.title, state.form.version) == ("Paid", "1")
    await manager.call(CaseSettingsState.close, False)
    await manager.call(CaseSettingsState.delete, row.id, "click")
    assert state.rows == []
    await admin.call(CaseSettingsState.load)
    state = admin.state(CaseSettingsState)
    assert (state.policy.visibility, state.policy.auto_close_days) == ("everyone", "0")
    sent = {"visibility": "head", "auto_close_days": "7", "version": state.policy.version}
    await admin.call(CaseSettingsState.save_policy, sent | {"key": state.policy.key})
    assert (state.policy.visibility, state.policy.version) == ("head", "1")
    await admin.call(CaseSettingsState.save_policy, {"visibility": "x", "key": "k", "version": "1"})
    assert set(state.field_problems) == {"visibility", "auto_close_days"}


@pytest.mark.requirement("S1-08")
async def test_staff_open_a_case_for_somebody_who_calls(tab, home):
    person = home.people["member"]
    tab.at(f"/staff/cases/new?person={person.id}")
    await tab.call(OnBehalfState.load)
    state = tab.state(OnBehalfState)
    assert (state.view.name, state.view.asks_household) == ("Idris Aldous", False)
    sent = {
        "household": state.view.household, "consumer": state.view.consumer, "topic": "item",
        "subject": "", "description": "It does not start.", "key": state.view.key,
    }  # fmt: skip
    await tab.call(OnBehalfState.send, sent)
    assert set(state.field_problems) == {"subject"}
    event = await tab.call(OnBehalfState.send, sent | {"subject": "The mower"})
    (case,) = f.fetch_all(m.Case)
    assert path_of(event) == f"{PATH}?open={case.number}"
    assert (case.consumer_id, case.opener_id) == (person.id, None)
    assert f.fetch(m.Notification).person_id == person.id
    tab.at("/staff/cases/new")
    await tab.call(OnBehalfState.load)
    assert state.notice.title == "Page not found"


async def test_the_page_of_a_person_leads_to_a_case_for_them(tab, home):
    person = home.people["member"]
    tab.at(f"/staff/people/{person.id}", person=person.id)
    await tab.call(PersonState.load)
    assert tab.state(PersonState).view.case_href == f"/staff/cases/new?person={person.id}"
