"""Who sees which case and who may act on it: every persona, every case, every mode (S1-14)."""

from datetime import timedelta

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.services import cases
from tests import factories as f
from tests.services.cases.conftest import fresh_key
from tests.services.identity import people as changing

CUSTOMERS = ("head", "member", "child", "representative", "former", "stranger")
CASES = ("head's", "member's", "child's", "for member", "former's", "stranger's")
# Which of the six cases each person sees in each mode, by their place in the list above.
SEEN = {
    "everyone": {
        "head": "0123", "member": "0123", "child": "0123", "representative": "13",
        "former": "4", "stranger": "5",
    },
    "head": {
        "head": "0123", "member": "13", "child": "2", "representative": "13",
        "former": "4", "stranger": "5",
    },
    "chosen": {
        "head": "0123", "member": "13", "child": "0123", "representative": "13",
        "former": "4", "stranger": "5",
    },
    "none": {
        "head": "03", "member": "13", "child": "2", "representative": "13",
        "former": "4", "stranger": "5",
    },
}  # fmt: skip
ACTS = {"head": "0123", "member": "13", "child": "2", "representative": "13"}


def six(home) -> list[str]:
    """The head's own, the member's, the child's, one that the head opened for the member,
    one that a former member opened while they belonged, and a stranger's."""
    changing.change(home.memberships["former"], ends_on=None)
    formers = home.open("former")
    yesterday = the_clock.today() - timedelta(days=1)
    changing.change(home.memberships["former"], ends_on=yesterday)
    return [
        home.open("head"),
        home.open("member"),
        home.open("child"),
        home.open("head", about="member"),
        formers,
        home.open("stranger"),
    ]


def sees(home, who, number) -> bool:
    try:
        home.thread(number, who)
    except NotFound:
        return False
    return True


@pytest.mark.requirement("S1-14")
@pytest.mark.requirement("S1-15")
@pytest.mark.requirement("S1-16")
@pytest.mark.parametrize("mode", SEEN)
def test_each_person_sees_and_acts_on_the_cases_of_each_mode(home, mode):
    numbers = six(home)
    home.mode(mode)
    cases.choose_reader(
        home.actors["head"], household=home.household.id, person=home.people["child"].id,
        is_chosen=True, key="chosen",
    )  # fmt: skip
    for who in CUSTOMERS:
        expected = {numbers[int(place)] for place in SEEN[mode][who]}
        assert home.numbers(who) == expected, (mode, who)
        assert {one for one in numbers if sees(home, who, one)} == expected, (mode, who)
        may = {numbers[int(place)] for place in ACTS.get(who, SEEN[mode][who])} & expected
        found = {one for one in expected if home.thread(one, who).may_act}
        assert found == may, (mode, who)
        for number in numbers:
            if number in may:
                home.do(cases.add_comment, number, who, words="Hm.")
                continue
            with pytest.raises(NotAllowed if number in expected else NotFound):
                home.do(cases.add_comment, number, who, words="Hm.")


@pytest.mark.requirement("S1-15")
def test_my_cases_are_those_i_opened_for_whomever(home):
    _, mine, _, for_me, *_ = six(home)
    assert home.numbers("member", view="mine") == {mine}
    assert for_me in home.numbers("member")
    assert for_me in home.numbers("head", view="mine")


@pytest.mark.requirement("S1-09")
@pytest.mark.requirement("S1-20")
def test_a_right_that_has_ended_ends_the_sight_of_cases_even_of_those_one_opened(home):
    number = home.open("representative", about="member")
    assert home.numbers("representative") == home.numbers("representative", view="mine") == {number}
    changing.change(home.grant, revoked_at=the_clock.now())
    assert home.numbers("representative") == home.numbers("representative", view="mine") == set()
    assert not sees(home, "representative", number)
    with pytest.raises(NotFound):
        home.do(cases.close_case, number, "representative")


@pytest.mark.requirement("S1-07")
def test_whoever_leaves_takes_their_cases_along(home):
    number = home.open("child")
    yesterday = the_clock.today() - timedelta(days=1)
    changing.change(home.memberships["child"], ends_on=yesterday)
    assert not sees(home, "head", number)
    assert sees(home, "child", number)


@pytest.mark.guards("cases.may_act", "cases.require_act")
def test_whoever_may_only_look_cannot_act(home):
    changing.change(home.grant, areas={"cases": "view"})
    number = home.at("resolved")
    assert home.numbers("representative") == {number}
    assert home.numbers("representative", view="action_needed") == set()
    thread = home.thread(number, "representative")
    assert (thread.may_act, thread.moves) == (False, frozenset())
    with pytest.raises(NotAllowed, match="can read"):
        home.do(cases.accept_solution, number, "representative")


@pytest.mark.requirement("S1-21")
def test_action_needed_is_what_waits_for_an_answer_of_mine(home):
    asked, solved = home.at("awaiting_info"), home.at("resolved")
    home.at("open"), home.at("new"), home.at("closed")
    for who in ("head", "member", "representative"):
        assert home.numbers(who, view="action_needed") == {asked, solved}
        assert cases.cases_corner(home.actors[who]).waiting == 2
    person, house = f"person:{home.people['member'].id}", f"household:{home.household.id}"
    for whom, waiting in {person: 2, house: 2, f"person:{home.people['child'].id}": 0}.items():
        assert cases.cases_corner(home.actors["head"], whom=whom).waiting == waiting
        page = cases.cases_of(home.actors["head"], whom=whom)
        assert dict(page.counts)["action_needed"] == waiting
    assert home.numbers("child", view="action_needed") == set()
    assert cases.cases_corner(home.actors["child"]).waiting == 0
    f.switch("cases", is_on=False)
    assert not cases.cases_corner(home.actors["member"]).is_on


@pytest.mark.requirement("S1-14")
def test_only_a_head_or_staff_choose_who_sees_and_only_members(home):
    given = {"household": home.household.id, "is_chosen": True}
    with pytest.raises(NotAllowed, match="Only the head"):
        cases.choose_reader(home.actors["member"], person=home.people["child"].id, key="k", **given)
    for who, person in (("stranger", "child"), ("head", "stranger"), ("head", "former")):
        with pytest.raises(NotFound):
            cases.choose_reader(
                home.actors[who], person=home.people[person].id, key=fresh_key(), **given
            )
    child = {"person": home.people["child"].id}
    assert cases.choose_reader(home.agent, key="a", **child, **given) == "yes"
    assert cases.choose_reader(home.agent, key="b", **child, **given) == "yes"
    assert len(f.fetch_all(m.CaseReader)) == 1
    given["is_chosen"] = False
    assert cases.choose_reader(home.actors["head"], key="c", **child, **given) == "no"
    assert f.fetch_all(m.CaseReader) == []


def test_times_are_those_of_the_reader_or_of_their_account_or_of_the_portal(sqlite_home):
    home, member = sqlite_home, sqlite_home.people["member"]
    number = home.open("member")
    seen = []
    for zone, of_account in [("", ""), ("", "America/Los_Angeles"), ("Europe/Oslo", "")]:
        if of_account:
            f.contact(f.account(timezone=of_account), member)
        changing.change(member, timezone=zone)
        seen.append(home.thread(number, "member").zone)
    assert seen == ["UTC", "America/Los_Angeles", "Europe/Oslo"]
    changing.change(member, timezone="Nowhere/Land")
    assert home.thread(number, "member").zone == "America/Los_Angeles"
    assert home.thread(number, "agent").zone == "UTC"
