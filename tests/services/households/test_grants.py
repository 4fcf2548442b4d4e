"""Letting somebody see or act for oneself, who can, and ending it (S1-09)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from portal_app import models as m
from portal_app.core import live
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.models import database
from portal_app.services import households
from portal_app.services.households import Why
from tests import factories as f
from tests.counting import count_queries
from tests.services.households.conftest import TODAY, fresh_key
from tests.services.identity import people

DAY = timedelta(days=1)


def may(family, area="cases", need="act") -> bool:
    with Session(database.engine()) as session:
        reached = households.grantors(session, family.outsider.person_id, area, need)
    return family.member.person_id in reached


@pytest.mark.requirement("S1-09")
def test_representative_may_do_what_the_grant_says_from_its_first_day_to_its_last(family, clock):
    family.grant(areas={"cases": "view"}, starts_on="2026-11-22", ends_on="2026-11-23")
    found = []
    for day in (20, 21, 22, 23, 24):
        clock.at(2026, 11, day, 12)
        found.append((may(family, need="view"), may(family, need="act")))
    assert found == [(False, False), (False, False), (True, False), (True, False), (False, False)]


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize("by", ["member", "outsider", "agent"])
def test_grant_ends_at_once_from_either_side_and_by_staff(family, by):
    grant, actor = family.grant(), getattr(family, by)
    assert may(family)
    heard: set[str] = set()
    stop = live.on_announcement(heard.update)
    households.revoke_grant(actor, grant=grant, key="click")
    households.revoke_grant(actor, grant=grant, key="click")
    stop()
    assert not may(family)
    assert {f"person:{family.member.person_id}", f"person:{family.outsider.person_id}"} <= heard
    with pytest.raises(Conflict, match="ended already"):
        households.revoke_grant(actor, grant=grant, key="another")
    kept = f.fetch(m.Grant, id=grant)
    assert (kept.revoked_by, kept.revoked_by_name) == (actor.user_id, actor.name)
    told = {one.person_id for one in f.fetch_all(m.Notification, topic="household.grant_ended")}
    assert told == {family.member.person_id, family.outsider.person_id} - {actor.person_id}
    assert len(f.fetch_all(m.OutgoingEvent, type="grant.revoked")) == 1


def test_grant_that_has_run_out_cannot_be_taken_away(family, clock):
    grant = family.grant(ends_on="2026-11-20")
    clock.at(2026, 11, 21, 12)
    with pytest.raises(Conflict, match="ended already"):
        households.revoke_grant(family.member, grant=grant, key="k")


def test_both_sides_are_told_and_the_master_system_hears_of_it(family):
    grant = f.fetch(m.Grant, id=family.grant(areas={"cases": "act", "contracts": "view"}))
    assert grant.evidence == "Given in the portal by Idris Aldous on 20 November 2026"
    letters = {one.topic: one.subject for one in f.fetch_all(m.OutboundMessage)}
    assert letters == {
        "household.grant_given": "You can act for Idris Aldous now",
        "household.grant_made": "Wanda Crowe can act for you now",
    }
    event = f.fetch(m.OutgoingEvent, type="grant.given")
    assert event.payload["areas"] == {
        "contracts": "view", "payments": "none", "cases": "act", "documents": "none",
        "applications": "none",
    }  # fmt: skip
    assert event.external_id == grant.external_id


def test_nobody_is_let_in_without_proof_of_who_gives(family):
    with pytest.raises(NotAllowed):
        family.grant(replace(family.member, stepped_up_until=None))
    for actor in (family.agent, replace(family.member, person_id="")):
        with pytest.raises(NotFound):
            family.grant(actor)
    assert f.fetch_all(m.Grant) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "nobody@example.com"}, "email"),
        ({"family_name": "Somebody"}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": None}, "email"),
        ({"family_name": ""}, "family_name"),
        ({"areas": {}}, "areas"),
        ({"areas": {"cases": "none"}}, "areas"),
        ({"areas": {"cases": "own"}}, "areas"),
        ({"areas": "cases"}, "areas"),
        ({"starts_on": "2026-11-19"}, "starts_on"),
        ({"ends_on": "2026-11-19"}, "ends_on"),
        ({"starts_on": "soon"}, "starts_on"),
    ],
)
def test_what_makes_no_grant_is_refused_beside_its_field(family, given, field):
    with pytest.raises(Invalid) as refusal:
        family.grant(**given)
    assert set(refusal.value.fields) == {field}
    assert f.fetch_all(m.Grant) == []


def test_nobody_learns_who_is_a_customer_and_who_is_not(family):
    """Somebody without a sign-in, of another brand or of another name reads the same."""
    theirs = f.brand(key="orchard", name="Orchard", hosts=["orchard.localhost"])
    elsewhere = f.person(brand_id=theirs.id, email="else@example.com", family_name="Far")
    f.user(elsewhere, password_hash=people.PASSWORD_HASH)
    f.person(email="none@example.com", family_name="Quiet")
    answers = set()
    for address, name in (
        ("else@example.com", "Far"), ("none@example.com", "Quiet"),
        ("nobody@example.com", "Crowe"), (f"{family.child.email}x@example.com", "Aldous"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            family.grant(email=address, family_name=name)
        answers.add(refusal.value.message)
    assert len(answers) == 1


def test_tries_are_counted(family, monkeypatch):
    limiter = LimitsLimiter()
    for _ in range(10):
        with pytest.raises(Invalid):
            family.grant(email="nobody@example.com", limiter=limiter)
    with pytest.raises(TooMany):
        family.grant(limiter=limiter)


def test_nobody_acts_for_themselves_nor_twice_for_one_person(family):
    with pytest.raises(Invalid, match="your own address"):
        family.grant(receiver=family.member)
    key = fresh_key()
    first = family.grant(ends_on="2026-12-01", key=key)
    assert family.grant(ends_on="2026-12-01", key=key) == first
    with pytest.raises(Conflict, match="Wanda Crowe can act for you"):
        family.grant(starts_on="2026-12-01")
    assert family.grant(starts_on="2026-12-02") != first


@pytest.mark.parametrize("who", ["head", "other_staff"])
def test_strangers_find_no_grant(family, who):
    theirs = f.brand(key="orchard", name="Orchard", hosts=["orchard.localhost"])
    actor = family.head if who == "head" else f.staff_actor(brand_id=theirs.id)
    grant = family.grant()
    with pytest.raises(NotFound):
        households.revoke_grant(actor, grant=grant, key="k")
    assert may(family)


@pytest.mark.requirement("S1-09")
def test_everybody_who_may_see_is_named_with_why_and_since_when(family):
    account = f.account(number="10503")
    idris = f.fetch(m.Person, id=family.member.person_id)
    f.contact(account, idris)
    billing, gone = f.person(given_name="Bill"), f.person(given_name="Gone")
    f.contact(account, billing, role=m.ContactRole.BILLING, starts_on=TODAY - 9 * DAY)
    f.contact(account, gone, role=m.ContactRole.BILLING, ends_on=TODAY - DAY)
    holder = f.person(given_name="Holly")
    for _ in range(2):
        f.contract(account, holder_id=holder.id, starts_on=TODAY - 5 * DAY)
    grant = family.grant(ends_on="2026-12-31")
    later = family.grant(receiver=family.head, starts_on="2026-12-01")
    found = households.openness(family.member)
    assert [(one.why, one.name, one.through, one.starts_on) for one in found.seen_by] == [
        (Why.GRANT, "Wanda Crowe", "", TODAY),
        (Why.GRANT, "Greta Aldous", "", TODAY + 11 * DAY),
        (Why.HEAD, "Greta Aldous", "Aldous household", TODAY.replace(2020, 1, 1)),
        (Why.CONTACT, "Bill Lindqvist", "10503", TODAY - 9 * DAY),
        (Why.HOLDER, "Holly Lindqvist", "10503", TODAY - 5 * DAY),
    ]
    assert [one.grant_id for one in found.seen_by] == [grant, later, "", "", ""]
    assert [one.is_to_come for one in found.seen_by] == [False, True, False, False, False]
    assert found.acts_for == ()


@pytest.mark.requirement("S1-09")
def test_whom_one_may_act_for_is_named_as_well(family):
    grant = family.grant()
    (mine,) = households.openness(family.outsider).acts_for
    assert (mine.name, mine.why, mine.grant_id) == ("Idris Aldous", Why.GRANT, grant)
    headed = households.openness(family.head).acts_for
    assert [(one.name, one.through, one.as_) for one in headed] == [
        ("Idris Aldous", "Aldous household", "Husband"),
        ("Juniper Aldous", "Aldous household", "Daughter"),
    ]
    households.revoke_grant(family.outsider, grant=grant, key="k")
    assert households.openness(family.outsider).acts_for == ()
    assert [one.why for one in households.openness(family.member).seen_by] == [Why.HEAD]


def test_staff_see_what_was_given_and_what_became_of_it(family):
    grant = family.grant()
    households.revoke_grant(family.member, grant=grant, key="k")
    family.grant()
    found = households.affairs(family.agent, person=family.member.person_id)
    assert [(one.is_in_force, one.revoked_by) for one in found.given] == [
        (True, ""), (False, "Idris Aldous"),
    ]  # fmt: skip
    assert found.held == ()
    assert [one.name for one in found.homes] == ["Aldous household"]
    held = households.affairs(family.agent, person=family.outsider.person_id).held
    assert [one.giver for one in held] == ["Idris Aldous", "Idris Aldous"]
    with pytest.raises(NotFound):
        households.affairs(family.member, person=family.member.person_id)


@pytest.mark.requirement("S1-09")
def test_actor_is_known_by_whoever_lets_them_in_and_by_their_households(family, clock):
    family.grant(ends_on="2026-11-20")
    family.grant(giver=family.head, starts_on="2026-11-21")
    with count_queries(database.engine()) as queries:
        known = households.tied(family.outsider)
    assert (known.memberships, known.represents) == (frozenset(), {family.member.person_id})
    assert len(queries) == 1
    known = households.tied(family.head)
    assert (known.memberships, known.represents) == (
        {family.home.id, family.cottage.id}, frozenset(),
    )  # fmt: skip
    clock.at(2026, 11, 21, 12)
    assert households.tied(family.outsider).represents == {family.head.person_id}
    f.switch("households", is_on=False)
    assert households.tied(family.head).memberships == frozenset()
    assert households.tied(family.agent) == family.agent
