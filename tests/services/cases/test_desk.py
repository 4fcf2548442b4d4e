"""The staff's queue, templates, what a brand sets, and what closes by itself."""

from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.core.ids import new_id
from portal_app.models import database
from portal_app.services import cases
from tests import factories as f
from tests.counting import count_queries, count_steps
from tests.services.cases.conftest import customer, fresh_key

SYSTEM = Actor.system("cases")


def in_view(home, view, **given):
    return [row.number for row in cases.queue(home.agent, view=view, **given).rows]


def test_each_saved_view_holds_its_cases_what_waits_longest_first(home, clock):
    new = home.open()
    clock.advance(minutes=1)
    mine = home.open("head")
    home.do(cases.assign, mine, user=home.agent.user_id)
    clock.advance(minutes=1)
    asked, solved, closed = home.at("awaiting_info"), home.at("resolved"), home.at("closed")
    assert in_view(home, "open") == [new, mine]
    assert in_view(home, "unassigned") == [new, asked, solved]
    assert in_view(home, "mine") == [mine]
    assert in_view(home, "with_customer") == [asked, solved]
    assert in_view(home, "all") == [closed, solved, asked, mine, new]
    counts = dict(cases.queue(home.agent).counts)
    assert counts == {"open": 2, "unassigned": 3, "mine": 1, "with_customer": 2, "all": 5}
    assert cases.waiting(home.agent) == 2
    assert in_view(home, "all", search=new.lower()) == [new]
    assert in_view(home, "all", search="Margarethe") == [mine]
    clock.advance(minutes=1)
    childs = home.open("head", about="child")
    assert in_view(home, "all", search="juniper al") == [childs]
    home.do(cases.close_case, childs)
    assert in_view(home, "all", search="50%_") == []
    home.do(cases.set_priority, new, priority="urgent")
    assert in_view(home, "open", kind="urgent") == [new]
    (row,) = cases.queue(home.agent, view="mine").rows
    assert (row.assigned_name, row.consumer_name) == ("Dana Okafor", "Margarethe Aldous")


def test_the_queue_is_for_staff_of_the_brand(home):
    number = home.open()
    beyond = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    assert cases.queue(beyond, view="all").rows == ()
    with pytest.raises(NotFound):
        cases.queue_item(beyond, number=number)
    for ask in (cases.queue, cases.waiting, cases.templates, cases.colleagues):
        with pytest.raises(NotFound):
            ask(home.actors["member"])


def test_templates_are_written_by_managers_and_read_by_all_staff(home):
    words = {"title": "Paid back", "words": "We have paid it back."}
    with pytest.raises(NotAllowed):
        cases.save_template(home.agent, **words, key="k")
    one = cases.save_template(home.manager, **words, key="k")
    assert [each.title for each in cases.templates(home.agent)] == ["Paid back"]
    changed = words | {"title": "Money back"}
    cases.save_template(home.manager, **changed, template=one, version=1, key="l")
    with pytest.raises(Conflict):
        cases.save_template(home.manager, **words, template=one, version=1, key="m")
    with pytest.raises(Invalid):
        cases.save_template(home.manager, title="", words="", key="n")
    cases.delete_template(home.manager, template=one, key="o")
    assert cases.templates(home.agent) == ()
    with pytest.raises(NotFound):
        cases.delete_template(home.manager, template=one, key="p")


@pytest.mark.requirement("S1-14")
def test_a_brand_starts_with_everyone_and_an_administrator_changes_that(home):
    started = cases.case_policy(home.admin)
    assert (started.visibility, started.auto_close_days, started.version) == ("everyone", 0, 0)
    given = {"visibility": "head", "auto_close_days": "7"}
    with pytest.raises(NotAllowed):
        cases.set_policy(home.manager, **given, version=0, key="k")
    assert cases.set_policy(home.admin, **given, version=0, key="k") == 1
    with pytest.raises(Conflict):
        cases.set_policy(home.admin, **given, version=0, key="l")
    with pytest.raises(Invalid) as refusal:
        cases.set_policy(home.admin, visibility="x", auto_close_days=900, version=1, key="m")
    assert set(refusal.value.fields) == {"visibility", "auto_close_days"}


def test_a_solution_that_nobody_answers_is_closed_after_a_warning_and_not_before(home, clock):
    answered, unanswered = home.at("resolved"), home.at("resolved")
    assert cases.close_unanswered(SYSTEM) == 0
    home.mode("everyone", days=7)
    assert home.thread(unanswered).outcome.closes_at == clock() + timedelta(days=7)
    clock.advance(days=4, minutes=1)
    assert cases.close_unanswered(SYSTEM) == 0
    told = f.fetch_all(m.Notification, topic="case.closing_soon")
    assert len(told) == 2
    home.do(cases.reject_solution, answered, "member", reason="No.")
    clock.advance(days=2)
    assert cases.close_unanswered(SYSTEM) == 0
    clock.advance(days=1, minutes=1)
    assert cases.close_unanswered(SYSTEM) == 1
    assert (home.case(unanswered).state, home.case(answered).state) == ("closed", "open")
    assert home.thread(unanswered).said[-1].title == "Closed, because nobody answered the solution"
    assert cases.close_unanswered(SYSTEM) == 0
    with pytest.raises(NotFound):
        cases.close_unanswered(home.admin)


def test_a_late_warning_still_leaves_its_days(home, clock):
    number = home.at("resolved")
    clock.advance(days=30)
    home.mode("everyone", days=7)
    assert cases.close_unanswered(SYSTEM) == 0
    clock.advance(days=2, hours=23)
    assert cases.close_unanswered(SYSTEM) == 0
    clock.advance(hours=2)
    assert cases.close_unanswered(SYSTEM) == 1
    assert home.case(number).state == "closed"


def test_lists_are_paged_and_searched_and_cost_the_same_however_long(sqlite_home, clock):
    home = sqlite_home
    head = home.actors["head"]

    def opened(number):
        for _ in range(number):
            clock.advance(minutes=10)
            home.open("head", about="member")

    opened(2)
    with count_queries(database.engine()) as few:
        cases.cases_of(head)
    opened(60)
    with count_queries(database.engine()) as many:
        first = cases.cases_of(head)
    assert len(many) == len(few) <= 20
    second = cases.cases_of(head, after=first.after)
    third = cases.cases_of(head, after=second.after)
    numbers = [row.number for page in (first, second, third) for row in page.rows]
    assert (len(numbers), len(set(numbers)), third.after) == (62, 62, "")
    assert cases.cases_of(head, search=numbers[7].lower()).rows[0].number == numbers[7]
    assert len(cases.cases_of(head, search="Idris").rows) == 25
    assert cases.cases_of(head, search="nothing like it").rows == ()
    clock.advance(minutes=1)
    home.do(cases.close_case, numbers[3])
    (row,) = cases.cases_of(head, state="closed").rows
    assert row.number == numbers[3]
    assert cases.cases_of(head).rows[0].number == numbers[3], "what changed last stands first"


def test_a_page_reads_the_same_few_rows_among_however_many(sqlite_home):
    """The steps of the database are counted, not the time."""
    home, engine = sqlite_home, database.engine()
    head, child = home.actors["head"], home.people["child"]

    def more(count):
        now = the_clock.now()
        rows = [
            m.Case(
                brand_id=head.brand, number=f"CS-{new_id()[-12:]}", consumer_id=child.id,
                household_id=home.household.id, opener_id=head.person_id, subject="Again",
                description="x", state=m.CaseState.CLOSED, created_at=now,
                changed_at=now - timedelta(seconds=place),
            )
            for place in range(count)
        ]  # fmt: skip
        with database.writing_session() as session, session.begin():
            session.add_all(rows)

    def steps(**asked):
        with count_steps(engine) as taken:
            page = cases.cases_of(head, **asked)
        return taken[0], page

    more(60)
    few = {view: steps(view=view)[0] for view in ("all", "mine", "action_needed")}
    more(3_000)
    for view, before in few.items():
        taken, page = steps(view=view)
        assert taken <= before + 15, view
        if page.after:
            assert steps(view=view, after=page.after)[0] <= before + 15, view


def test_a_thread_costs_the_same_however_much_was_said(sqlite_home):
    home = sqlite_home
    number = home.open()
    with count_queries(database.engine()) as few:
        home.thread(number)
    for place in range(40):
        home.do(cases.add_comment, number, words=f"Number {place}.")
    with count_queries(database.engine()) as many:
        home.thread(number)
    assert len(many) == len(few)


@pytest.mark.requirement("S1-19")
def test_a_case_says_for_whom_it_is_in_which_household_and_who_opened_it(home):
    row = home.thread(home.open("head", about="child")).row
    assert (row.consumer_name, row.household_name, row.opener_name) == (
        "Juniper Aldous", "Aldous household", "Margarethe Aldous",
    )  # fmt: skip
    f.switch("households", is_on=False)
    thread = home.thread(home.open("head"), "head")
    assert (thread.row.household_name, thread.has_households) == ("", False)


def test_a_person_may_be_in_two_households_and_never_mixes_them(home):
    other = f.household(name="Fairweather household")
    f.membership(other, home.people["member"], role=m.MemberRole.HEAD)
    guest = f.person(given_name="Ada", family_name="Fairweather")
    f.membership(other, guest)
    theirs = cases.open_case(
        customer(guest), topic="other", subject="Key", description="Lost.", key=fresh_key()
    )
    ours = home.open("child")
    assert home.numbers("member") == {theirs, ours}
    assert home.numbers("head") == {ours}


def test_a_solution_that_the_customer_wrote_about_waits_anew_before_it_is_closed(home, clock):
    number = home.at("resolved")
    home.mode("everyone", days=7)
    clock.advance(days=5)
    assert cases.close_unanswered(SYSTEM) == 0
    home.do(cases.add_comment, number, "member", words="It still shows the payment twice.")
    assert home.thread(number).outcome.closes_at == clock() + timedelta(days=7)
    clock.advance(days=3)
    assert cases.close_unanswered(SYSTEM) == 0
    assert home.case(number).state == "resolved"
    clock.advance(days=1, minutes=1)
    assert cases.close_unanswered(SYSTEM) == 0
    assert len(f.fetch_all(m.Notification, topic="case.closing_soon")) == 2
    clock.advance(days=3)
    assert cases.close_unanswered(SYSTEM) == 1
