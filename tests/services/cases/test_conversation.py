"""What is said and decided: every move from every state, what each does, and who hears of it."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, PortalError
from portal_app.services import cases
from portal_app.services.cases.rules.moves import MOVES, Move, Side
from tests import factories as f
from tests.services.cases.conftest import fresh_key

COMMANDS = {
    Move.TAKE_UP: (cases.take_up, {}),
    Move.COMMENT: (cases.add_comment, {"words": "Here is more."}),
    Move.REQUEST_INFO: (cases.request_info, {"words": "Which day?"}),
    Move.PROPOSE_SOLUTION: (cases.propose_solution, {"resolution": "solved", "notes": "Done."}),
    Move.ACCEPT_SOLUTION: (cases.accept_solution, {}),
    Move.REJECT_SOLUTION: (cases.reject_solution, {"reason": "It is not done."}),
    Move.CLOSE: (cases.close_case, {}),
}


@pytest.mark.requirement("S1-17")
@pytest.mark.requirement("S1-18")
@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize("state", list(m.CaseState))
@pytest.mark.parametrize("side", [Side.CUSTOMER, Side.STAFF])
def test_every_move_goes_where_the_table_says_or_is_refused(sqlite_home, state, side):
    home = sqlite_home
    who = "member" if side is Side.CUSTOMER else "agent"
    for move, (command, given) in COMMANDS.items():
        number = home.at(state)
        shown = home.thread(number, who).moves
        expected = MOVES[side].get((state, move))
        assert (move in shown) is (expected is not None)
        if expected is not None:
            home.do(command, number, who, **given)
            assert home.case(number).state == expected, (state, move)
            continue
        is_theirs = any(known is move for _, known in MOVES[side])
        with pytest.raises(Conflict if is_theirs else NotAllowed):
            home.do(command, number, who, **given)
        assert home.case(number).state == state


@pytest.mark.requirement("S1-17")
def test_staff_never_accept_or_reject(home):
    number = home.at("resolved")
    for who in ("agent", "manager", "admin"):
        with pytest.raises(NotAllowed, match="Only the customer"):
            home.do(cases.accept_solution, number, who)
        with pytest.raises(NotAllowed):
            home.do(cases.reject_solution, number, who, reason="No.")


@pytest.mark.requirement("S1-17")
def test_a_solution_is_rejected_with_a_reason_or_not_at_all(home):
    number = home.at("resolved")
    with pytest.raises(Invalid, match="Write why"):
        home.do(cases.reject_solution, number, "member", reason="  ")
    assert home.case(number).state == "resolved"
    home.do(cases.reject_solution, number, "member", reason="It was the other one.")
    case = home.case(number)
    assert (case.state, case.resolved_at) == ("open", None)
    assert case.due_at is not None
    last = home.thread(number, "agent").said[-1]
    assert (last.title, last.body) == ("Solution rejected", "It was the other one.")


@pytest.mark.requirement("S1-18")
def test_a_closed_case_says_who_closed_it_and_stays_to_read(home):
    number = home.open()
    home.do(cases.close_case, number, "head", reason="It is settled.")
    thread = home.thread(number)
    assert (thread.outcome.closed_by_name, thread.moves) == ("Margarethe Aldous", frozenset())
    assert thread.said[0].body == "My statement shows the same payment on two days."
    assert thread.said[-1].title == "Case closed"
    (told,) = f.fetch_all(m.Notification, topic="case.closed")
    assert told.person_id == home.people["member"].id


@pytest.mark.requirement("S1-21")
def test_an_answer_reopens_a_case_that_waits_for_it_and_starts_our_time(home, clock):
    number = home.at("awaiting_info")
    assert home.case(number).due_at is None
    home.do(cases.add_comment, number, "representative", words="The second one.")
    case = home.case(number)
    assert case.state == "open"
    assert case.due_at == clock() + timedelta(hours=24)
    assert home.thread(number).said[-1].title == "Answer received"


def test_our_answer_ends_the_time_and_a_second_question_does_not_begin_it_anew(home, clock):
    number = home.open()
    due = home.case(number).due_at
    clock.advance(hours=2)
    home.do(cases.add_comment, number, "member", words="Are you there?")
    assert home.case(number).due_at == due
    home.do(cases.set_priority, number, priority="urgent")
    assert home.case(number).due_at == due - timedelta(hours=20)
    home.do(cases.add_comment, number, words="We are.")
    assert home.case(number).due_at is None


@pytest.mark.requirement("S1-16")
def test_internal_notes_and_what_concerns_staff_alone_reach_no_customer(home):
    number = home.open()
    heard: list[frozenset[str]] = []
    before = repr(home.thread(number)), repr(cases.cases_of(home.actors["member"]))
    stop = live.on_announcement(heard.append)
    home.do(cases.add_note, number, words="Quokka: he calls every week.")
    home.do(cases.set_priority, number, priority="high")
    stop()
    for who in ("member", "head", "representative"):
        for text in (repr(home.thread(number, who)), repr(cases.cases_of(home.actors[who]))):
            assert "Quokka" not in text
    assert (repr(home.thread(number)), repr(cases.cases_of(home.actors["member"]))) == before
    watched = set(home.thread(number).topics) | set(cases.cases_of(home.actors["member"]).topics)
    assert watched.isdisjoint(set().union(*heard)), "not even that something happened"
    assert "Quokka" in repr(home.thread(number, "agent"))
    for table in (m.Notification, m.OutboundMessage, m.AuditEvent, m.ChangeSignal):
        assert "Quokka" not in repr(f.fetch_all(table))
    with pytest.raises(NotAllowed, match="Only our staff"):
        home.do(cases.add_note, number, "member", words="Mine.")


def test_a_case_given_to_somebody_is_theirs_and_taken_up(home):
    number = home.open()
    home.do(cases.assign, number, user=home.manager.user_id)
    case = home.case(number)
    assert (case.assigned_to, case.state) == (home.manager.user_id, "open")
    assert "Dana Okafor" not in {one.title for one in home.thread(number).said}
    assert home.thread(number).row.assigned_name == ""
    assert {row.number for row in cases.queue(home.manager, view="mine").rows} == {number}
    home.do(cases.add_comment, number, "member", words="And?")
    (letter,) = f.fetch_all(m.OutboundMessage, topic="case.replied")
    assert letter.recipient == f.fetch(m.StaffUser, user_id=home.manager.user_id).email
    beyond = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    for stranger in (beyond.user_id, home.actors["member"].user_id, "nobody"):
        with pytest.raises(NotFound):
            home.do(cases.assign, number, user=stranger)


def test_a_duplicate_goes_on_in_the_other_case_of_the_same_person(home):
    first, second, other = home.open(), home.open(), home.open("head")
    with pytest.raises(Invalid, match="somebody else"):
        home.do(cases.merge, second, into=other)
    with pytest.raises(Invalid, match="another case"):
        home.do(cases.merge, second, into=second)
    assert home.do(cases.merge, second, into=first) == first
    thread = home.thread(second)
    assert (thread.row.state, thread.merged_into.number) == ("closed", first)
    assert not thread.outcome.may_rate
    assert home.thread(first).said[-1].body == second
    with pytest.raises(Conflict):
        home.do(cases.merge, first, into=second)


def test_how_it_went_is_said_once_after_closing_and_never_by_staff(home):
    number = home.at("open")
    with pytest.raises(Conflict):
        home.do(cases.rate, number, "member", rating=5)
    home.do(cases.close_case, number)
    assert home.thread(number).outcome.may_rate
    for wrong in (0, 6, "many", None):
        with pytest.raises(Invalid):
            home.do(cases.rate, number, "member", rating=wrong)
    with pytest.raises(NotAllowed):
        home.do(cases.rate, number, rating=5)
    home.do(cases.rate, number, "member", rating="4", words="Quick.")
    with pytest.raises(Conflict):
        home.do(cases.rate, number, "head", rating=1)
    assert (home.case(number).rating, home.case(number).rating_words) == (4, "Quick.")


def test_a_comment_shows_in_the_tabs_of_those_who_see_the_case(home):
    number = home.open()
    watched = {
        who: set(home.thread(number, who).topics)
        for who in ("head", "member", "child", "representative", "agent")
    }
    heard: list[frozenset[str]] = []
    stop = live.on_announcement(heard.append)
    home.do(cases.add_comment, number, "member", words="And?")
    stop()
    changed = set().union(*heard)
    assert all(topics & changed for topics in watched.values())
    lists = set(cases.cases_of(home.actors["head"]).topics)
    assert lists & changed
    assert not set(cases.cases_of(home.actors["stranger"]).topics) & changed


def at_once(*calls):
    """Make calls at the same moment; return what came of each, in the order of the calls."""
    start, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        start.wait()
        try:
            found[place] = call()
        except PortalError as refusal:
            found[place] = refusal

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.requirement("S1-17")
def test_of_accepting_and_rejecting_at_once_one_counts_and_the_other_sees_what_happened(home):
    for _ in range(5):
        number = home.at("resolved")
        found = at_once(
            lambda one=number: home.do(cases.accept_solution, one, "member"),
            lambda one=number: home.do(cases.reject_solution, one, "head", reason="Not yet."),
        )
        (late,) = [one for one in found if isinstance(one, Conflict)]
        accepted = home.case(number).state == "closed"
        assert found.index(late) == (1 if accepted else 0)
        words = "Solution accepted by Idris Aldous" if accepted else "Solution rejected by Marg"
        assert words in late.message
        what = {one.what for one in f.fetch_all(m.CaseMoment, case_id=home.case(number).id)}
        assert len(what & {"accepted", "rejected"}) == 1


@pytest.mark.requirement("S1-16")
def test_fifty_comments_at_once_are_all_there_in_order(home):
    number = home.open()
    names = ("head", "member", "representative", "agent", "manager")
    found = at_once(*(
        lambda who=names[place % 5], one=place: home.do(
            cases.add_comment, number, who, words=f"Number {one}."
        )
        for place in range(50)
    ))  # fmt: skip
    assert found == [number] * 50
    bodies = {one.body for one in f.fetch_all(m.Message)}
    assert bodies == {f"Number {place}." for place in range(50)}
    newest = home.thread(number)
    assert newest.earlier
    before = cases.case_thread(home.actors["member"], number=number, before=newest.earlier)
    said = [*before.said, *newest.said]
    assert [one.at for one in said] == sorted(one.at for one in said)
    assert len([one for one in said if one.kind == "message"]) == 51


@pytest.mark.requirement("S1-17")
def test_the_same_click_twice_at_once_counts_once(home):
    number, key = home.at("resolved"), fresh_key()
    click = partial(home.do, cases.accept_solution, number, "member", key=key)
    assert at_once(click, click) == [number, number]
    assert len(f.fetch_all(m.CaseMoment, what="accepted")) == 1
