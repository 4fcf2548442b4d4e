"""Who may open a case for whom, and in which household."""

from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound, SwitchedOff, TooMany
from portal_app.services import cases
from tests import factories as f
from tests.services.cases.conftest import customer, fresh_key
from tests.services.identity import people as changing


@pytest.mark.requirement("S1-10")
def test_the_only_household_is_filled_in_when_a_case_is_sent(home):
    case = home.case(home.open("member"))
    assert case.household_id == home.household.id
    assert (case.consumer_id, case.opener_id) == (home.people["member"].id,) * 2
    assert (case.state, case.opener_name) == ("new", "Idris Aldous")


@pytest.mark.requirement("S1-10")
def test_somebody_without_a_household_opens_a_case_without_one(home):
    assert home.case(home.open("stranger")).household_id is None
    assert cases.case_form(home.actors["stranger"]).household_id == ""


@pytest.mark.requirement("S1-11")
@pytest.mark.requirement("S1-13")
def test_the_form_starts_with_the_primary_household_and_the_person_themselves(home):
    other = f.household(name="A second home")
    f.membership(other, home.people["head"])
    form = cases.case_form(home.actors["head"])
    assert (form.household_id, form.consumer_id) == (home.household.id, home.people["head"].id)
    own = [one.household_name for one in form.choices if one.consumer_id == form.consumer_id]
    assert own == ["Aldous household", "A second home"]
    with pytest.raises(Invalid, match="Choose the household"):
        home.open("head")
    assert home.case(home.open("head", household=other.id)).household_id == other.id


@pytest.mark.requirement("S1-08")
@pytest.mark.requirement("S1-12")
def test_a_head_opens_cases_for_members_and_a_member_only_their_own(home):
    for about in ("member", "child"):
        case = home.case(home.open("head", about=about))
        assert case.consumer_id == home.people[about].id
        assert case.opener_id == home.people["head"].id
        assert case.household_id == home.household.id
    for who, about in (("member", "child"), ("member", "head"), ("head", "former")):
        with pytest.raises(NotFound, match="cannot open a case for this person"):
            home.open(who, about=about)
    assert len(f.fetch_all(m.Case)) == 2


@pytest.mark.requirement("S1-09")
def test_a_representative_opens_cases_until_the_grant_ends(home, clock):
    case = home.case(home.open("representative", about="member"))
    assert (case.consumer_id, case.household_id) == (home.people["member"].id, home.household.id)
    changing.change(home.grant, ends_on=clock().date() - timedelta(days=1))
    form = cases.case_form(home.actors["representative"])
    assert {one.consumer_id for one in form.choices} == {home.people["representative"].id}
    with pytest.raises(NotFound, match="cannot open a case for this person"):
        home.open("representative", about="member")


@pytest.mark.requirement("S1-09")
def test_whoever_may_only_look_opens_nothing_for_them(home):
    changing.change(home.grant, areas={"cases": "view"})
    with pytest.raises(NotFound):
        home.open("representative", about="member")


@pytest.mark.requirement("S1-13")
def test_a_representative_chooses_among_the_households_of_the_person(home):
    cabin = f.household(name="Cabin")
    f.membership(cabin, home.people["member"])
    form = cases.case_form(home.actors["representative"])
    theirs = [one for one in form.choices if one.consumer_id == home.people["member"].id]
    assert [one.household_name for one in theirs] == ["Aldous household", "Cabin"]
    with pytest.raises(Invalid):
        home.open("representative", about="member")
    number = home.open("representative", about="member", household=cabin.id)
    assert home.case(number).household_id == cabin.id


@pytest.mark.requirement("S1-12")
@pytest.mark.asvs("2.2.3")
def test_a_forged_pair_is_refused_and_leaves_nothing(home):
    elsewhere = f.household(name="Elsewhere")
    f.membership(elsewhere, home.people["stranger"], role=m.MemberRole.HEAD)
    for forged in (
        {"household": elsewhere.id},
        {"household": elsewhere.id, "about": "child"},
        {"about": "stranger"},
        {"household": "no-such-household"},
    ):
        with pytest.raises(NotFound, match="cannot open a case for this person"):
            home.open("head", **forged)
    assert f.fetch_all(m.Case) == []


def test_a_membership_that_ends_while_the_form_is_open_closes_it_in_words(home, clock):
    form = cases.case_form(home.actors["head"])
    assert home.people["child"].id in {one.consumer_id for one in form.choices}
    changing.change(home.memberships["child"], ends_on=clock().date() - timedelta(days=1))
    with pytest.raises(NotFound, match="Choose again, or open it for yourself"):
        home.open("head", about="child")


@pytest.mark.requirement("S1-01")
def test_without_households_everybody_opens_cases_for_themselves_alone(home):
    f.switch("households", is_on=False)
    form = cases.case_form(home.actors["head"])
    assert [(one.consumer_id, one.household_id) for one in form.choices] == [
        (home.people["head"].id, "")
    ]
    assert home.case(home.open("head")).household_id is None
    for who in ("head", "representative"):
        with pytest.raises(NotFound):
            home.open(who, about="member")


def test_without_cases_customers_open_none_and_staff_still_do(home):
    f.switch("cases", is_on=False)
    with pytest.raises(SwitchedOff):
        home.open("member")
    with pytest.raises(NotFound):
        cases.case_form(home.actors["member"])
    number = home.open("agent", about="member")
    with pytest.raises(NotFound):
        home.thread(number)
    assert home.thread(number, "agent").row.opener_name == "Dana Okafor"
    assert f.fetch_all(m.Notification) == [], "there is no page to read it on"


def test_staff_open_cases_for_anybody_of_their_brand(home):
    case = home.case(home.open("agent", about="member"))
    assert (case.opener_id, case.household_id) == (None, home.household.id)
    beyond = f.person(brand_id=f.brand(key="orchard", name="Orchard").id)
    with pytest.raises(NotFound):
        cases.open_case(
            home.agent, topic="other", subject="x", description="y", consumer=beyond.id, key="k"
        )


def test_every_fault_of_the_form_is_named_at_once(home):
    with pytest.raises(Invalid) as refusal:
        home.open("member", topic="gossip", subject=" ", description="")
    assert set(refusal.value.fields) == {"topic", "subject", "description"}


def test_the_same_click_twice_opens_one_case_and_tells_once(home):
    key = fresh_key()
    assert home.open("member", key=key) == home.open("member", key=key)
    assert len(f.fetch_all(m.Case)) == 1
    assert len(f.fetch_all(m.Notification, person_id=home.people["member"].id)) == 1


def test_opening_tells_whom_it_is_about_and_whoever_opened_it(home):
    home.open("head", about="member")
    told = {one.person_id for one in f.fetch_all(m.Notification, topic="case.opened")}
    assert told == {home.people["head"].id, home.people["member"].id}
    assert len(f.fetch_all(m.OutboundMessage, topic="case.opened")) == 2


def test_somebody_who_writes_very_often_is_asked_to_wait(sqlite_home, clock):
    home = sqlite_home
    number = home.open("member")
    for _ in range(cases.MOST_AN_HOUR - 1):
        home.do(cases.add_comment, number, "member", words="And another thing.")
    with pytest.raises(TooMany, match="30 times within an hour"):
        home.do(cases.add_comment, number, "member", words="One more.")
    with pytest.raises(TooMany):
        home.open("member")
    clock.advance(hours=1, minutes=1)
    home.do(cases.add_comment, number, "member", words="One more.")


def test_a_closed_case_is_followed_up_by_one_that_is_linked(home):
    number = home.at("closed")
    with pytest.raises(Conflict, match="Open a follow-up"):
        home.do(cases.add_comment, number, "member", words="It happened again.")
    following = home.do(cases.follow_up, number, "member", words="It happened again.")
    case = home.case(following)
    assert case.subject == "Follow-up: A payment was taken twice"
    assert (case.follow_up_of, case.household_id) == (home.case(number).id, home.household.id)
    assert home.thread(following).follow_up_of.number == number
    assert [one.number for one in home.thread(number).follow_ups] == [following]
    with pytest.raises(Conflict, match="not closed"):
        home.do(cases.follow_up, following, "member", words="Again.")
    with pytest.raises(NotFound):
        home.do(cases.follow_up, number, "stranger", words="Mine too.")
    with pytest.raises(NotAllowed):
        home.do(cases.follow_up, number, "child", words="Mine too.")


def test_a_follow_up_leaves_out_a_household_that_the_person_has_left(home, clock):
    number = home.at("closed")
    changing.change(home.memberships["member"], ends_on=clock().date() - timedelta(days=1))
    following = home.do(cases.follow_up, number, "member", words="It happened again.")
    assert home.case(following).household_id is None


def test_a_customer_of_another_brand_finds_nothing(home):
    beyond = customer(f.person(brand_id=f.brand(key="orchard", name="Orchard").id))
    number = home.open("member")
    with pytest.raises(NotFound):
        cases.case_thread(beyond, number=number)
