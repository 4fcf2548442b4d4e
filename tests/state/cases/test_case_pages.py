"""A customer's pages of cases, as a tab sees them."""

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core import live
from portal_app.models import database
from portal_app.services import cases
from portal_app.state.cases.list import CasesState
from portal_app.state.cases.opening import NewCaseState
from portal_app.state.cases.readers import CaseReadersState
from portal_app.state.cases.thread import CaseState
from portal_app.state.shell import ShellState
from tests import factories as f
from tests.counting import count_queries
from tests.services.cases.conftest import make_home
from tests.services.identity import people as changing
from tests.state.tabs import Tab, path_of


@pytest.fixture
def home(db, clock):
    return make_home()


def tab_of(home, who="member"):
    return Tab(home.actors[who])


async def opened(home, number, who="member", query=""):
    tab = tab_of(home, who).at(f"/cases/{number}{query}", number=number)
    await tab.call(CaseState.load)
    return tab


def form(tab, **more):
    case = tab.state(CaseState).case
    return {"number": case.number, "key": case.key, **more}


@pytest.mark.requirement("S1-14")
@pytest.mark.requirement("S1-15")
async def test_the_list_shows_all_mine_and_what_waits_and_says_for_whom(home):
    mine, asked = home.open("head"), home.at("awaiting_info")
    tab = tab_of(home, "head")
    await tab.call(CasesState.load)
    state = tab.state(CasesState)
    assert {row.number for row in state.rows} == {mine, asked}
    assert state.action_needed == "1"
    row = next(row for row in state.rows if row.number == asked)
    assert row.meta.startswith(f"{asked} · for Idris Aldous · Aldous household · changed ")
    assert (row.href, row.status) == (f"/cases/{asked}", "Waiting for you")
    await tab.call(CasesState.show, "mine")
    assert [row.number for row in state.rows] == [mine]
    await tab.call(CasesState.show, ["anything"])
    assert (state.view, len(state.rows)) == ("all", 2)
    await tab.call(CasesState.pick, "awaiting_info")
    assert [row.number for row in state.rows] == [asked]
    await tab.call(CasesState.pick, ["anything"])
    assert (state.status, len(state.rows)) == ("", 2)
    await tab.call(CasesState.look_for, asked.lower())
    assert [row.number for row in state.rows] == [asked]


@pytest.mark.requirement("S1-21")
async def test_the_address_may_name_a_view_and_more_shows_more(home, monkeypatch):
    monkeypatch.setattr("portal_app.services.cases.queries.lists.PAGE", 2)
    for _ in range(5):
        home.open()
    tab = tab_of(home).at("/cases?view=mine")
    await tab.call(CasesState.load)
    state = tab.state(CasesState)
    assert (state.view, len(state.rows), state.has_more) == ("mine", 2, True)
    await tab.call(CasesState.more)
    await tab.call(CasesState.more)
    assert (len(state.rows), state.has_more) == (5, False)


async def test_a_page_costs_the_same_however_many_cases_there_are(home, clock):
    async def cost():
        tab = tab_of(home, "head")
        with count_queries(database.engine()) as queries:
            await tab.call(CasesState.load)
        return len(queries)

    home.open()
    few = await cost()
    for _ in range(20):
        clock.advance(minutes=5)
        home.open("head", about="child")
    assert await cost() == few <= 20


@pytest.mark.requirement("S1-01")
@pytest.mark.requirement("S1-19")
async def test_without_households_no_page_speaks_of_them(home):
    f.switch("households", is_on=False)
    number = home.open("head")
    tab = await opened(home, number, "head")
    assert [fact.name for fact in tab.state(CaseState).case.facts] == ["Number", "About", "Opened"]
    await tab.call(CasesState.load)
    assert "Aldous" not in tab.state(CasesState).rows[0].meta
    await tab.call(NewCaseState.load)
    form_ = tab.state(NewCaseState).view
    assert (form_.asks_household, form_.asks_consumer) == (False, False)


async def test_without_cases_the_pages_are_not_found_and_the_menu_leaves_them_out(home):
    tab = tab_of(home)
    await tab.call(ShellState.load)
    assert tab.state(ShellState).shell.has_cases
    f.switch("cases", is_on=False)
    for handler in (CasesState.load, NewCaseState.load):
        await tab.call(handler)
        assert tab.state(CasesState).notice.title == "Page not found"
    await tab.call(ShellState.refresh)
    assert not tab.state(ShellState).shell.has_cases


@pytest.mark.requirement("S1-21")
async def test_the_menu_counts_what_waits_and_follows_it(home):
    tab = tab_of(home, "head")
    await tab.call(ShellState.load)
    assert tab.state(ShellState).shell.cases == ""
    heard = []
    stop = live.on_announcement(heard.append)
    home.at("awaiting_info")
    stop()
    watching = {watcher.event for topics in heard for watcher in live.watchers(topics)}
    assert any(event.endswith("shell_state.refresh") for event in watching)
    await tab.call(ShellState.refresh)
    assert tab.state(ShellState).shell.cases == "1"


@pytest.mark.requirement("S1-10")
async def test_with_one_household_and_nobody_else_nothing_is_asked(home):
    tab = tab_of(home)
    await tab.call(NewCaseState.load)
    view = tab.state(NewCaseState).view
    assert (view.asks_household, view.asks_consumer) == (False, False)
    sent = {
        "household": view.household, "consumer": view.consumer, "topic": "payment",
        "subject": "Twice", "description": "It was taken twice.", "key": view.key,
    }  # fmt: skip
    event = await tab.call(NewCaseState.send, sent)
    (case,) = f.fetch_all(m.Case)
    assert path_of(event) == f"/cases/{case.number}?sent=yes"
    assert case.household_id == home.household.id
    again = await tab_of(home).call(NewCaseState.send, sent)
    assert path_of(again) == path_of(event)
    assert len(f.fetch_all(m.Case)) == 1


@pytest.mark.requirement("S1-11")
@pytest.mark.requirement("S1-12")
async def test_another_household_offers_its_own_people(home):
    other = f.household(name="Cabin")
    f.membership(other, home.people["head"], role=m.MemberRole.HEAD)
    guest = f.person(given_name="Ada", family_name="Vale")
    f.membership(other, guest)
    tab = tab_of(home, "head")
    await tab.call(NewCaseState.load)
    state = tab.state(NewCaseState)
    assert [one.label for one in state.view.households] == ["Aldous household", "Cabin"]
    names = [one.label for one in state.view.consumers]
    assert names == ["Margarethe Aldous (you)", "Idris Aldous", "Juniper Aldous"]
    await tab.call(NewCaseState.pick_consumer, home.people["child"].id)
    assert state.view.consumer == home.people["child"].id
    await tab.call(NewCaseState.pick_household, other.id)
    assert [one.label for one in state.view.consumers] == ["Margarethe Aldous (you)", "Ada Vale"]
    assert state.view.consumer == home.people["head"].id, "the child does not belong there"
    await tab.call(NewCaseState.pick_household, "made up")
    assert state.view.household == home.household.id


async def test_a_member_who_leaves_goes_from_the_open_form(home):
    tab = tab_of(home, "head")
    await tab.call(NewCaseState.load)
    await tab.call(NewCaseState.pick_consumer, home.people["child"].id)
    key = tab.state(NewCaseState).view.key
    changing.change(home.memberships["child"], ended_at=the_clock.now())
    await tab.call(NewCaseState.refresh)
    view = tab.state(NewCaseState).view
    assert home.people["child"].id not in {one.value for one in view.consumers}
    assert (view.consumer, view.key) == (home.people["head"].id, key)
    event = await tab.call(NewCaseState.send, {
        "consumer": home.people["child"].id, "household": home.household.id, "topic": "other",
        "subject": "x", "description": "y", "key": key,
    })  # fmt: skip
    assert event is None
    assert "cannot open a case for this person" in tab.state(NewCaseState).problem


async def test_every_fault_is_shown_beside_its_field(home):
    tab = tab_of(home)
    await tab.call(NewCaseState.load)
    await tab.call(NewCaseState.send, {"topic": "payment", "key": "k"})
    assert set(tab.state(NewCaseState).field_problems) == {"subject", "description"}


@pytest.mark.requirement("S1-16")
async def test_a_comment_appears_in_another_open_tab_and_a_key_is_used_once(home):
    number = home.open()
    tab, other = await opened(home, number, query="?sent=yes"), await opened(home, number, "head")
    assert tab.state(CaseState).is_sent
    before = tab.state(CaseState).case.key
    heard = []
    stop = live.on_announcement(heard.append)
    await tab.call(CaseState.comment, form(tab, words="Are you there?"))
    stop()
    watching = {watcher.event for topics in heard for watcher in live.watchers(topics)}
    assert any(event.endswith("case_state.refresh") for event in watching)
    assert (tab.said, tab.state(CaseState).case.key != before) == ("Sent.", True)
    other.at("/")  # what the server sends carries no address
    await other.call(CaseState.refresh)
    last = other.state(CaseState).case.said[-1]
    assert (last.who, last.words, last.side) == ("Idris Aldous", "Are you there?", "other")
    mine = tab.state(CaseState).case.said[-1]
    assert (mine.who, mine.side) == ("You", "own")


@pytest.mark.requirement("S1-16")
async def test_an_ordinary_member_reads_and_has_no_composer(home):
    case = (await opened(home, home.at("resolved"), "child")).state(CaseState).case
    assert case.note.startswith("You can read this case.")
    assert not (case.may_comment or case.may_answer or case.may_close or case.may_follow_up)


@pytest.mark.requirement("S1-17")
async def test_who_comes_second_sees_what_happened_and_keeps_what_was_typed(home):
    number = home.at("resolved")
    first, second = await opened(home, number), await opened(home, number, "head")
    assert first.state(CaseState).case.solution == "We have paid one of them back."
    await first.call(CaseState.accept, form(first))
    assert first.state(CaseState).case.status == "Closed"
    key = second.state(CaseState).case.key
    await second.call(CaseState.reject, form(second, reason="Not yet."))
    state = second.state(CaseState)
    assert "Solution accepted by Idris Aldous" in state.problem
    assert (state.case.status, state.case.may_answer) == ("Closed", False)
    assert state.case.key == key


@pytest.mark.requirement("S1-17")
async def test_a_rejection_without_a_reason_is_refused_beside_the_field(home):
    tab = await opened(home, home.at("resolved"))
    await tab.call(CaseState.reject, form(tab, reason=""))
    assert set(tab.state(CaseState).field_problems) == {"reason"}
    await tab.call(CaseState.reject, form(tab, reason="It was the other one."))
    assert tab.state(CaseState).case.status == "Open"


@pytest.mark.requirement("S1-18")
async def test_closing_rating_and_following_up(home):
    tab = await opened(home, home.at("open"))
    case = tab.state(CaseState).case
    assert case.may_close
    await tab.call(CaseState.close, case.number, case.key)
    case = tab.state(CaseState).case
    assert (case.status, case.may_comment, case.may_rate, case.may_follow_up) == (
        "Closed", False, True, True,
    )  # fmt: skip
    assert any("by Idris Aldous" in fact.value for fact in case.facts)
    await tab.call(CaseState.rate, form(tab, rating="4", rating_words="Quick."))
    assert tab.state(CaseState).case.note == "You gave 4 of 5."
    event = await tab.call(CaseState.follow_up, form(tab, words="It is back."))
    following = path_of(event)
    assert following.endswith("?sent=yes")
    number = following.removeprefix("/cases/").removesuffix("?sent=yes")
    new = (await opened(home, number)).state(CaseState).case
    assert [(one.what, one.href) for one in new.others] == [
        ("This follows up", f"/cases/{case.number}")
    ]
    await tab.call(CaseState.refresh)
    (other,) = tab.state(CaseState).case.others
    assert (other.what, other.href) == ("Followed up by", f"/cases/{number}")


@pytest.mark.requirement("S1-21")
async def test_an_open_page_says_when_something_was_asked(home):
    number = home.open()
    home.do(cases.take_up, number)
    tab = await opened(home, number)
    home.do(cases.request_info, number, words="Which day?")
    await tab.call(CaseState.refresh)
    assert (
        tab.said
        == "Waiting for you. We asked you something. Write your answer below, and we go on."
    )
    said = [one.words for one in tab.state(CaseState).case.said]
    assert "Which day?" in said


async def test_a_page_says_when_a_solution_counts_as_accepted(home):
    home.mode("everyone", days=7)
    case = (await opened(home, home.at("resolved"))).state(CaseState).case
    assert case.next.endswith("Without an answer it counts as accepted on 27 November 2026.")


async def test_a_right_that_ends_empties_the_open_page(home):
    number = home.open()
    tab = await opened(home, number, "representative")
    assert tab.state(CaseState).case.title
    changing.change(home.grant, revoked_at=the_clock.now())
    await tab.call(CaseState.refresh)
    state = tab.state(CaseState)
    assert state.notice.title == "Page not found"
    assert (state.case.title, state.case.said) == ("", [])


async def test_a_strangers_case_is_not_found_and_shows_nothing(home):
    number = home.open()
    tab = await opened(home, number, "stranger")
    assert tab.state(CaseState).notice.title == "Page not found"
    assert tab.state(CaseState).case.title == ""
    await tab.call(CaseState.comment, {"number": number, "key": "k", "words": "Hello?"})
    assert "could not find" in tab.state(CaseState).problem
    assert f.fetch_all(m.Message) == []


async def test_what_was_said_long_ago_is_shown_when_asked_for(home, clock):
    number = home.open()
    for place in range(60):
        home.do(cases.add_comment, number, words=f"Number {place}.")
        clock.advance(minutes=1)
    tab = await opened(home, number)
    state = tab.state(CaseState)
    assert (len(state.case.said), state.older, bool(state.earlier)) == (50, [], True)
    await tab.call(CaseState.show_earlier)
    every = [one.words for one in (*state.older, *state.case.said)]
    assert [words for words in every if words.startswith("Number")] == [
        f"Number {place}." for place in range(60)
    ]
    assert (every[0], state.earlier) == ("My statement shows the same payment on two days.", "")
    home.do(cases.add_comment, number, words="The last.")
    await tab.call(CaseState.refresh)
    assert (state.older, bool(state.earlier)) == ([], True), "nothing is missing in between"


async def test_no_internal_note_is_in_any_state_of_a_customers_tab(home):
    number = home.open()
    home.do(cases.add_note, number, words="Quokka: he calls every week.")
    home.do(cases.set_priority, number, priority="urgent")
    home.do(cases.assign, number, user=home.manager.user_id)
    for who in ("member", "head", "representative", "child"):
        tab = await opened(home, number, who)
        await tab.call(CasesState.load)
        await tab.call(ShellState.load)
        held = repr([tab.state(state).dict() for state in (CaseState, CasesState, ShellState)])
        assert "Quokka" not in held
        assert "urgent" not in held.lower()
        assert "assigned" not in held.lower()


@pytest.mark.requirement("S1-14")
async def test_a_head_chooses_who_sees_where_the_brand_has_it_chosen(home):
    number = home.open("head")
    tab = tab_of(home, "head")
    await tab.call(CaseReadersState.load)
    assert tab.state(CaseReadersState).notice.title == "You cannot open this page"
    home.mode("chosen")
    await tab.call(CasesState.load)
    assert tab.state(CasesState).may_choose
    await tab.call(CaseReadersState.load)
    state = tab.state(CaseReadersState)
    assert [(row.name, row.is_chosen) for row in state.rows] == [
        ("Idris Aldous", False), ("Juniper Aldous", False),
    ]  # fmt: skip
    row = state.rows[0]
    await tab.call(CaseReadersState.choose, row.household, row.person, True, row.key)
    assert [row.is_chosen for row in state.rows] == [True, False]
    assert home.numbers("member") == {number}
    assert home.numbers("child") == set()
    row = state.rows[0]
    await tab.call(CaseReadersState.choose, row.household, row.person, False, row.key)
    assert home.numbers("member") == set()
    await tab.call(CaseReadersState.choose, row.household, home.people["stranger"].id, True, "k")
    assert "not in this household" in state.problem
    member = tab_of(home)
    await member.call(CaseReadersState.load)
    assert member.state(CaseReadersState).notice.title == "You cannot open this page"


@pytest.mark.requirement("S1-20")
async def test_a_case_says_for_whom_one_writes_and_a_link_may_say_whom_to_look_for(home):
    number, own = home.open("head", about="child"), home.open("head")
    for who, words in {"head": " · you are acting for Juniper Aldous", "member": ""}.items():
        tab = await opened(home, number, who)
        assert tab.state(CaseState).case.sub == f"Case {number}{words}"
    assert (await opened(home, own, "head")).state(CaseState).case.sub == f"Case {own}"
    tab = tab_of(home, "head").at("/cases?search=Juniper%20Aldous")
    await tab.call(CasesState.load)
    state = tab.state(CasesState)
    assert (state.search, [row.number for row in state.rows]) == ("Juniper Aldous", [number])


async def test_a_case_names_whom_it_is_for_and_a_household_only_where_there_is_one(home):
    number = home.open("stranger")
    tab = await opened(home, number, "stranger")
    names = [fact.name for fact in tab.state(CaseState).case.facts]
    assert names == ["Number", "About", "For", "Opened by", "Opened"]
    tab = await opened(home, home.open("head"), "head")
    assert "Household" in [fact.name for fact in tab.state(CaseState).case.facts]
