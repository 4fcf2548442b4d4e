"""The pages of households and of who can see whose data, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core import live
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import households
from portal_app.services.identity import Caller
from portal_app.state.changes.profile import ProfileState
from portal_app.state.households.desk import AffairsState
from portal_app.state.households.granting import GrantState
from portal_app.state.households.members import HouseholdState
from portal_app.state.households.openness import OpennessState
from portal_app.state.shell import ShellView, frame
from tests import factories as f
from tests.services.households.conftest import TODAY, fresh_key, make_family
from tests.state.tabs import Tab, path_of


@pytest.fixture
def family(db, clock, monkeypatch):
    limiter = LimitsLimiter()
    monkeypatch.setattr(wiring, "rate_limiter", lambda: limiter)
    return make_family()


async def page(actor, state, address="/"):
    tab = Tab(households.tied(actor)).at(address)
    await tab.call(state.load)
    return tab, tab.state(state)


async def members(family):
    return await page(family.head, HouseholdState, "/household")


@pytest.mark.requirement("S1-06")
async def test_members_are_grouped_by_household_with_what_they_are_and_since_when(family):
    _, state = await members(family)
    shown = {
        home.name: [(o.name, o.what, o.when) for o in home.members] for home in state.view.homes
    }
    assert shown == {
        "Aldous household": [
            ("Greta Aldous", "Head of the household", "Since 1 Jan 2020"),
            ("Idris Aldous", "Husband", "Since 1 Jan 2020"),
            ("Juniper Aldous", "Daughter", "No dates are set"),
        ],
        "Cottage": [("Greta Aldous", "Head of the household", "No dates are set")],
    }
    assert [one.may_change for one in state.view.homes[0].members] == [False, True, True]


@pytest.mark.requirement("S1-07")
async def test_head_asks_for_somebody_to_be_added_and_withdraws_it(family):
    tab, state = await members(family)
    await tab.call(HouseholdState.open_new, family.home.id)
    form = {"household": state.sheet.household, "key": state.sheet.key, "given_name": "Nora"}
    await tab.call(HouseholdState.add, form)
    assert set(state.field_problems) == {"family_name", "relationship"}
    form |= {"family_name": "Aldous", "relationship": "Niece", "starts_on": "2026-12-01"}
    await tab.call(HouseholdState.add, form)
    assert state.sheet.key == ""
    assert tab.said == "Sent. We look at it and write to you."
    (waiting,) = state.view.homes[0].waiting
    assert waiting.words == (
        "First name: Nora; Last name: Aldous; Relationship: Niece; In the household from: "
        "1 Dec 2026. You asked for this on 20 Nov 2026. We write to you when it is decided."
    )
    await tab.call(HouseholdState.withdraw, waiting.number, waiting.key)
    assert state.view.homes[0].waiting == []


@pytest.mark.requirement("S1-07")
async def test_member_leaves_at_once_where_nothing_waits_and_open_pages_follow(family):
    family.at_once("member_ended")
    tab, state = await members(family)
    member = next(one for one in state.view.homes[0].members if one.name == "Idris Aldous")
    await tab.call(HouseholdState.open_member, member.id)
    assert (state.sheet.member.name, state.sheet.today) == ("Idris Aldous", "2026-11-20")
    await tab.call(HouseholdState.rename, {"membership": member.id, "key": fresh_key()})
    assert set(state.field_problems) == {"relationship"}
    heard = live.watchers([f"household:{family.home.id}"])
    assert any("household_state.refresh" in watcher.event for watcher in heard)
    await tab.call(HouseholdState.end, {"membership": member.id, "key": state.sheet.key})
    assert tab.said == "Done."
    assert [one.name for one in state.view.homes[0].members] == ["Greta Aldous", "Juniper Aldous"]


@pytest.mark.requirement("S1-07")
async def test_relationship_that_is_asked_for_stands_beside_the_member(family):
    tab, state = await members(family)
    member = next(one for one in state.view.homes[0].members if one.name == "Idris Aldous")
    form = {"membership": member.id, "key": fresh_key(), "relationship": "Spouse"}
    await tab.call(HouseholdState.rename, form)
    member = next(one for one in state.view.homes[0].members if one.name == "Idris Aldous")
    assert member.waiting[0].words.startswith("Relationship: Spouse.")


@pytest.mark.requirement("S1-04")
@pytest.mark.parametrize("who", ["member", "outsider"])
async def test_page_of_members_is_refused_to_others(family, who):
    _, state = await page(getattr(family, who), HouseholdState, "/household")
    assert state.notice.title == "You cannot open this page"
    assert state.view.homes == []


@pytest.mark.requirement("S1-01")
async def test_all_of_it_vanishes_from_open_pages_when_households_are_switched_off(family):
    tab, state = await members(family)
    heard = live.watchers([f"settings:{family.head.brand}"])
    assert any("household_state.refresh" in watcher.event for watcher in heard)
    f.switch("households", is_on=False)
    await tab.call(HouseholdState.refresh)
    assert "cannot be done in the portal" in state.notice.body
    account = f.account()
    f.contact(account, f.fetch(m.Person, id=family.member.person_id))
    tab = Tab(family.member, account.id)
    await tab.call(ProfileState.load)
    assert not tab.state(ProfileState).view.has_households
    _, state = await page(family.member, OpennessState, "/access")
    assert state.view.seen_by == []


@pytest.mark.requirement("S1-04")
async def test_menu_has_the_entry_for_heads_alone(family):
    def has_entry(actor):
        known = households.tied(actor)
        return ShellView.of(Caller(actor=known), frame(known, account="")).is_head

    assert has_entry(family.head)
    assert not has_entry(family.member) and not has_entry(family.outsider)
    f.switch("households", is_on=False)
    assert not has_entry(family.head)


@pytest.mark.requirement("S1-02")
@pytest.mark.requirement("S1-03")
async def test_profile_names_the_primary_household_and_all_others(family):
    account = f.account()
    f.contact(account, f.fetch(m.Person, id=family.head.person_id))
    tab = Tab(family.head, account.id)
    await tab.call(ProfileState.load)
    view = tab.state(ProfileState).view
    assert (view.has_households, view.primary) == (True, "Aldous household")
    assert [(one.name, one.is_primary) for one in view.homes] == [
        ("Aldous household", True), ("Cottage", False),
    ]  # fmt: skip


@pytest.mark.requirement("S1-09")
async def test_everybody_who_may_see_is_put_into_words_and_can_be_shut_out(family):
    account = f.account(number="10503")
    f.contact(account, f.fetch(m.Person, id=family.member.person_id))
    f.contact(account, f.person(given_name="Bill"), role=m.ContactRole.BILLING)
    family.grant(areas={"contracts": "view", "cases": "act"}, ends_on="2026-12-31")
    tab, state = await page(family.member, OpennessState, "/access")
    rows = [(one.name, one.why, one.what, one.when) for one in state.view.seen_by]
    assert rows == [
        (
            "Wanda Crowe", "You made them your representative",
            "May see your contracts with what is on rent. "
                "May see your cases, and act in them.",
            "Since 20 Nov 2026, until 31 Dec 2026",
        ),
        (
            "Greta Aldous", "Heads Aldous household, which you are in",
            "May see and answer your cases.", "Since 1 Jan 2020",
        ),
        (
            "Bill Lindqvist", "Is the billing contact of account 10503",
            "May see everything on this account.", "No dates are set",
        ),
    ]  # fmt: skip
    assert [bool(one.id) for one in state.view.seen_by] == [True, False, False]
    other, theirs = await page(family.outsider, OpennessState, "/access")
    assert (
        theirs.view.acts_for[0].what == "You may see their contracts with what is on rent. "
        "You may see their cases, and act in them."
    )
    heard = live.watchers([f"person:{family.outsider.person_id}"])
    assert any("openness_state.refresh" in watcher.event for watcher in heard)
    first = state.view.seen_by[0]
    await tab.call(OpennessState.revoke, first.id, first.key)
    assert tab.said == "Taken away. It counts from this moment."
    assert [one.name for one in state.view.seen_by] == ["Greta Aldous", "Bill Lindqvist"]
    await other.call(OpennessState.refresh)
    assert theirs.view.acts_for == []


@pytest.mark.requirement("S1-09")
async def test_representative_stops_by_themselves(family):
    family.grant(starts_on="2026-12-01")
    tab, state = await page(family.outsider, OpennessState, "/access")
    (row,) = state.view.acts_for
    assert (row.when, row.is_to_come) == ("From 1 Dec 2026", True)
    await tab.call(OpennessState.stop, row.id, row.key)
    assert state.view.acts_for == []
    await tab.call(OpennessState.stop, row.id, fresh_key())
    assert state.problem == "This has ended already. There is nothing to take away."


@pytest.mark.requirement("S1-09")
async def test_form_lets_somebody_act_once_it_is_proved_who_gives(family):
    _, state = await page(replace(family.member, stepped_up_until=None), GrantState, "/access/new")
    assert (state.view.needs_step_up, state.view.step_up_href) == (
        True, "/security?next=/access/new",
    )  # fmt: skip
    tab, state = await page(family.member, GrantState, "/access/new")
    assert state.view.areas["payments"] == "none"
    to = f.fetch(m.Person, id=family.outsider.person_id)
    form = {"key": state.view.key, "email": to.email, "area_cases": "act"}
    await tab.call(GrantState.give, form)
    assert set(state.field_problems) == {"family_name"}
    event = await tab.call(GrantState.give, form | {"family_name": to.family_name})
    assert path_of(event) == "/access"
    areas = f.fetch(m.Grant).areas
    assert (areas["cases"], areas["contracts"]) == ("act", "none")


async def test_forms_of_any_shape_do_no_harm(family):
    tab, state = await members(family)
    grants, _ = await page(family.member, GrantState, "/access/new")
    for odd in (None, [], "x", {"given_name": ["x"], "key": {}}, {"key": "k"}):
        for handler in (HouseholdState.add, HouseholdState.end, HouseholdState.rename):
            await tab.call(handler, odd)
            assert state.problem or state.field_problems
        await grants.call(GrantState.give, odd)
        await tab.call(HouseholdState.open_new, odd)
        await tab.call(HouseholdState.open_member, odd)
        assert state.sheet.key == ""
    assert f.fetch_all(m.ChangeRequest) == []


async def test_staff_see_households_and_grants_and_take_one_away(family):
    f.membership(f.household(name="Former"), f.fetch(m.Person, id=family.member.person_id),
                 ends_on=TODAY - timedelta(days=1))  # fmt: skip
    family.grant()
    tab = Tab(family.agent).at(
        f"/staff/people/{family.member.person_id}", person=family.member.person_id
    )
    await tab.call(AffairsState.load)
    view = tab.state(AffairsState).view
    assert [(one.name, one.what, one.label) for one in view.homes] == [
        ("Aldous household", "Husband", "Primary"), ("Former", "Member", "Not current"),
    ]  # fmt: skip
    (grant,) = view.grants
    assert (grant.title, grant.label, grant.may_end) == (
        "Wanda Crowe for Idris Aldous", "In force", True,
    )  # fmt: skip
    await tab.call(AffairsState.revoke, grant.id, grant.key)
    assert tab.said == "Taken away. Both have been told."
    (grant,) = tab.state(AffairsState).view.grants
    assert (grant.label, grant.may_end) == ("Taken away", False)
    assert grant.note.startswith("Taken away on 20 Nov, 15:00 by Dana Okafor.")
    f.switch("households", is_on=False)
    await tab.call(AffairsState.refresh)
    assert not tab.state(AffairsState).view.has_households
