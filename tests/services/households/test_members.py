"""What a head sees of the members, and what they ask to have changed (S1-04 to S1-07)."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import Session

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, SwitchedOff
from portal_app.models import database
from portal_app.services import changes, households
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.counting import count_queries
from tests.services.households.conftest import TODAY, fresh_key, signed_in

DAY = timedelta(days=1)


def seen(family, actor=None):
    """The names that the head sees, by the name of the household."""
    found = households.headed_homes(actor or family.head)
    return {home.name: [one.name for one in home.members] for home in found.homes}


def members_now(family) -> set[str]:
    with Session(database.engine()) as session:
        found = households.current_members(session, [family.home.id])
    return {one.person_id for one in found}


@pytest.mark.requirement("S1-05")
def test_head_sees_who_is_in_the_household_today_and_nobody_else(family):
    for name, days in (
        ("Ended", {"ends_on": TODAY - DAY}),
        ("Ending", {"ends_on": TODAY}),
        ("Starting", {"starts_on": TODAY + DAY}),
    ):
        f.membership(family.home, f.person(given_name=name, family_name="Aldous"), **days)
    assert seen(family)["Aldous household"] == [
        "Greta Aldous", "Ending Aldous", "Idris Aldous", "Juniper Aldous",
    ]  # fmt: skip


@pytest.mark.requirement("S1-06")
def test_households_in_which_the_head_is_only_a_member_are_left_out(family):
    other = f.household(name="Holt family")
    f.membership(other, f.fetch(m.Person, id=family.head.person_id))
    assert seen(family) == {
        "Aldous household": ["Greta Aldous", "Idris Aldous", "Juniper Aldous"],
        "Cottage": ["Greta Aldous"],
    }
    mine = households.my_households(family.head)
    assert [(one.name, one.role, one.is_primary) for one in mine] == [
        ("Aldous household", "head", True), ("Cottage", "head", False),
        ("Holt family", "member", False),
    ]  # fmt: skip


@pytest.mark.requirement("S1-04")
def test_only_heads_see_members(family):
    assert households.is_head(family.head)
    for actor in (family.member, family.outsider):
        assert not households.is_head(actor)
        with pytest.raises(NotAllowed, match="Only the head"):
            households.headed_homes(actor)
    for actor in (family.agent, family.head.system("tests")):
        with pytest.raises(NotFound):
            households.headed_homes(actor)


@pytest.mark.requirement("S1-01")
def test_nothing_is_said_about_households_that_are_switched_off_and_all_of_it_stays(family):
    f.switch("households", is_on=False)
    assert households.my_households(family.head) is None
    assert not households.is_head(family.head)
    with pytest.raises(SwitchedOff):
        households.headed_homes(family.head)
    with pytest.raises(SwitchedOff):
        family.ask_to_add()
    with pytest.raises(SwitchedOff):
        family.ask_to_end(family.member.person_id)
    assert households.openness(family.member).seen_by == ()
    f.switch("households", is_on=True)
    assert seen(family)["Aldous household"] == ["Greta Aldous", "Idris Aldous", "Juniper Aldous"]


@pytest.mark.requirement("S0-05")
def test_members_are_only_listed_where_asking_is_switched_off(family):
    f.switch("manage_members", is_on=False)
    assert not households.headed_homes(family.head).may_ask
    with pytest.raises(SwitchedOff):
        family.ask_to_add()
    refused = f.fetch(m.AuditEvent, action=m.Action.ACCESS_DENIED.value)
    assert refused.object_id == "manage_members"


@pytest.mark.requirement("S1-07")
def test_newcomer_waits_for_staff_and_is_in_once_they_approve(family):
    number = family.ask_to_add(starts_on="2026-12-01")
    home = households.headed_homes(family.head).homes[0]
    (waiting,) = home.waiting
    assert (waiting.number, waiting.may_withdraw) == (number, True)
    assert dict(waiting.lines)["In the household from"] == "1 Dec 2026"
    assert family.approve(number) is m.ChangeState.APPLIED
    made = f.fetch(m.HouseholdMembership, starts_on=date(2026, 12, 1))
    person = f.fetch(m.Person, id=made.person_id)
    assert (person.name, made.relationship, made.is_primary) == ("Nora Aldous", "Niece", True)
    assert seen(family)["Aldous household"] == ["Greta Aldous", "Idris Aldous", "Juniper Aldous"]
    event = f.fetch(m.OutgoingEvent, type="household.member_added")
    assert event.external_id == family.home.external_id
    assert event.payload["after"]["membership"] == made.external_id
    assert event.payload["after"]["person"] == person.external_id


def test_several_people_may_wait_to_be_added_but_nobody_twice(family):
    first, second = family.ask_to_add(), family.ask_to_add(given_name="Olaf")
    assert first != second
    with pytest.raises(Conflict, match="already"):
        family.ask_to_add(given_name="NORA")
    key = fresh_key()
    third = family.ask_to_add(given_name="Pia", key=key)
    assert family.ask_to_add(given_name="Pia", key=key) == third
    assert len(households.headed_homes(family.head).homes[0].waiting) == 3
    changes.withdraw(family.head, number=second, key=fresh_key())
    assert len(households.headed_homes(family.head).homes[0].waiting) == 2


def test_a_customer_of_that_address_and_name_is_taken_by_staff_and_never_at_once(family):
    person = f.fetch(m.Person, id=family.outsider.person_id)
    named = {"given_name": "Wanda", "family_name": "crowe", "email": person.email.upper()}
    number = family.ask_to_add(**named)
    family.approve(number)
    assert person.id in members_now(family)
    told = f.fetch(m.Notification, person_id=person.id)
    assert told.title == "You are in the household Aldous household now"
    again = family.ask_to_add(**named)
    assert family.approve(again) is m.ChangeState.APPLY_FAILED
    family.at_once("member_added")
    family.ask_to_add(household=family.cottage.id, **named)
    names = seen(family)["Cottage"]
    assert names == ["Greta Aldous", "Wanda crowe"]
    (homes,) = households.my_households(family.outsider)
    assert homes.name == "Aldous household"


@pytest.mark.guards("households.require_membership")
@pytest.mark.requirement("S1-07")
def test_ended_membership_ends_access_at_once_and_stays_written(family):
    who = family.member.person_id
    number = family.ask_to_end(who)
    assert who in members_now(family)
    heard: set[str] = set()
    stop = live.on_announcement(heard.update)
    assert family.approve(number) is m.ChangeState.APPLIED
    stop()
    assert {f"person:{who}", f"household:{family.home.id}", f"person:{family.child.id}"} <= heard
    assert who not in members_now(family)
    row = family.membership(who)
    assert (row.ends_on, row.ended_at) == (TODAY - DAY, None)
    event = f.fetch(m.OutgoingEvent, type="household.member_ended")
    assert event.payload["after"] == {"ends_on": "2026-11-19"}
    assert (event.subject_type, event.external_id) == ("household_membership", row.external_id)
    past = households.affairs(family.agent, person=who).homes
    assert [(one.name, one.is_current) for one in past] == [("Aldous household", False)]
    with pytest.raises(NotFound):
        households.ask_to_end(family.head, membership=row.id, ends_on="", key=fresh_key())


def test_whoever_came_today_can_be_out_at_once_as_well(family):
    family.at_once("member_added")
    family.at_once("member_ended")
    family.ask_to_add()
    made = f.fetch(m.HouseholdMembership, starts_on=TODAY)
    household = {"membership": made.id, "ends_on": "", "key": fresh_key()}
    households.ask_to_end(family.head, **household)
    assert made.person_id not in members_now(family)
    kept = f.fetch(m.HouseholdMembership, id=made.id)
    assert (kept.ends_on, kept.ended_at is not None) == (TODAY, True)


@pytest.mark.requirement("S1-05")
def test_chosen_last_day_counts_in_full_in_the_households_own_zone(family, clock):
    who = family.member.person_id
    family.approve(family.ask_to_end(who, "2026-11-21"))
    clock.at(2026, 11, 22, 7, 59)
    assert who in members_now(family)
    clock.at(2026, 11, 22, 8, 0)
    assert who not in members_now(family)


@pytest.mark.parametrize(
    "ends_on", ["2026-11-19", "yesterday", "2026-02-30", "2999-01-01", None, 7, {}]
)
def test_last_day_that_is_none_is_refused(family, ends_on):
    with pytest.raises(Invalid):
        family.ask_to_end(family.member.person_id, ends_on)


@pytest.mark.requirement("S1-07")
def test_heads_cannot_end_their_own_membership(family):
    with pytest.raises(Conflict, match="head of a household stays"):
        family.ask_to_end(family.head.person_id)


@pytest.mark.requirement("S1-07")
def test_relationship_is_written_anew(family):
    membership = family.membership(family.member.person_id).id
    given = {"membership": membership, "relationship": "Spouse"}
    number = households.ask_to_change(family.head, **given, key=fresh_key())
    with pytest.raises(Conflict):
        households.ask_to_change(family.head, **given, key=fresh_key())
    family.approve(number)
    assert family.membership(family.member.person_id).relationship == "Spouse"
    letter = f.fetch(m.OutboundMessage, topic="change.approved")
    assert letter.subject == "Your household is changed"
    assert letter.text.count("/household") == 1


def test_nothing_is_applied_for_whoever_is_not_the_head_any_more(family):
    number = family.ask_to_end(family.member.person_id)
    head = family.membership(family.head.person_id)
    with database.writing_session() as session, session.begin():
        session.get_one(m.HouseholdMembership, head.id).ends_on = TODAY - DAY
    assert family.approve(number) is m.ChangeState.APPLY_FAILED
    assert "not the head" in f.fetch(m.ChangeRequest, number=number).failure
    assert family.member.person_id in members_now(family)


@pytest.mark.requirement("S1-04")
@pytest.mark.parametrize("who", ["member", "outsider", "agent"])
def test_others_ask_for_nothing(family, who):
    membership = family.membership(family.child.id).id
    refusal = NotAllowed if who == "member" else NotFound
    actor = getattr(family, who)
    for ask in (
        lambda: households.ask_to_add(actor, household=family.home.id, values={}, key="k"),
        lambda: households.ask_to_end(actor, membership=membership, ends_on="", key="k"),
        lambda: households.ask_to_change(actor, membership=membership, relationship="x", key="k"),
    ):
        with pytest.raises(refusal):
            ask()
    assert f.fetch_all(m.ChangeRequest) == []


@pytest.mark.guards("households._require_headed")
def test_whoever_is_only_in_a_household_is_told_that_its_head_asks(family):
    with pytest.raises(NotAllowed):
        households.ask_to_add(family.member, household=family.home.id, values={}, key="k")


@pytest.mark.requirement("S0-14")
def test_later_feed_that_says_otherwise_is_noted(family):
    number = family.ask_to_end(family.member.person_id, "2026-12-01")
    family.approve(number)
    with transaction(family.agent.system("imports", brand=family.agent.brand)) as tx:
        row = tx.session.get_one(
            m.HouseholdMembership, family.membership(family.member.person_id).id
        )
        row.ends_on = None
        changes.note_feed(tx, subject_type=households.MEMBERSHIP, rows=[row.model_dump()])
    assert f.fetch(m.ChangeRequest, number=number).superseded_at


def test_two_clicks_at_once_ask_once(family):
    barrier, numbers = Barrier(2), []

    def click():
        barrier.wait()
        numbers.append(family.ask_to_end(family.member.person_id, key="click"))

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 2 and len(set(numbers)) == 1
    assert len(f.fetch_all(m.ChangeRequest)) == 1


def test_head_of_another_brand_is_a_stranger(family):
    theirs = f.brand(key="orchard", name="Orchard", hosts=["orchard.localhost"])
    them = f.person(brand_id=theirs.id)
    f.membership(f.household(brand_id=theirs.id), them, role=m.MemberRole.HEAD)
    actor = signed_in(them)
    membership = family.membership(family.child.id).id
    with pytest.raises(NotFound):
        households.ask_to_end(actor, membership=membership, ends_on="", key="k")
    with pytest.raises(NotFound):
        households.affairs(f.staff_actor(brand_id=theirs.id), person=family.child.id)


def test_page_takes_as_many_queries_for_many_members_as_for_few(family):
    def counted():
        with count_queries(database.engine()) as queries:
            households.headed_homes(family.head)
            households.openness(family.head)
        return len(queries)

    few = counted()
    for _ in range(12):
        f.membership(family.home, f.person())
        family.ask_to_add(given_name=fresh_key())
        f.grant(f.fetch(m.Person, id=family.head.person_id), f.person())
    assert counted() <= few + 3  # what waits and who was let in is read once there is any
    assert few <= 14
