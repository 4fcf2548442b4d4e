"""People are told in the ways that they chose, and of what matters for safety always."""

import pytest

from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, NotFound
from portal_app.models import Action, AuditEvent, Channel, Notification, OutboundMessage, database
from portal_app.services import cases, notifications
from portal_app.services.notifications import Group, Way, rules
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.counting import count_queries
from tests.services.cases.conftest import fresh_key, make_home

SYSTEM = Actor.system("tests")


@pytest.fixture
def home(any_db, clock):
    return make_home()


@pytest.fixture
def sqlite_home(db, clock):
    return make_home()


def choose(home, who="member", **ways):
    return notifications.choose_ways(home.actors[who], ways=ways, key=fresh_key())


def told(home, who="member"):
    """How often somebody was told in each way."""
    person = f.fetch(type(home.people[who]), id=home.people[who].id)
    return {
        "portal": len(f.fetch_all(Notification, person_id=person.id)),
        "email": len(f.fetch_all(OutboundMessage, recipient=person.email)),
        "text": len(f.fetch_all(OutboundMessage, recipient=person.mobile_e164 or "none")),
    }


def with_mobile(home, who="member", number="+18135550199"):
    person = f.fetch(type(home.people[who]), id=home.people[who].id)
    person.mobile_e164 = number
    f._save(person)


@pytest.mark.requirement("S1-16")
def test_nobody_has_chosen_and_is_told_in_the_portal_and_by_letter(home):
    home.open()
    assert told(home) == {"portal": 1, "email": 1, "text": 0}
    found = notifications.chosen_ways(home.actors["member"])
    assert found.ways[Group.CASES] == {Way.PORTAL, Way.EMAIL}


@pytest.mark.requirement("S1-16")
@pytest.mark.parametrize(
    "ways", [["portal"], ["email"], ["text"], ["portal", "text"], ["portal", "email", "text"]]
)
def test_each_is_told_in_the_ways_that_they_chose(sqlite_home, ways):
    home = sqlite_home
    with_mobile(home)
    choose(home, case=ways)
    number = home.open()
    assert told(home) == {way: int(way in ways) for way in ("portal", "email", "text")}
    if "text" in ways:
        (sent,) = f.fetch_all(OutboundMessage, channel=Channel.TEXT)
        assert number in sent.text
        assert f"/cases/{number}" in sent.text
        assert len(sent.text) < 240
    home.do(cases.take_up, number)
    home.do(cases.add_comment, number, words="We look at it.")
    assert told(home, "head") == {"portal": 0, "email": 0, "text": 0}
    assert told(home) == {way: 2 * (way in ways) for way in ("portal", "email", "text")}


def test_one_group_says_nothing_of_another_and_a_later_choice_keeps_the_others(home):
    choose(home, case=["portal"], payment=["email"])
    choose(home, case=["email"])
    kept = notifications.chosen_ways(home.actors["member"]).ways
    assert kept[Group.CASES] == {Way.EMAIL}
    assert Group.PAYMENTS not in kept or kept[Group.PAYMENTS] == {Way.EMAIL}
    home.open()
    assert told(home) == {"portal": 0, "email": 1, "text": 0}
    assert len(f.fetch_all(AuditEvent, action=Action.NOTIFICATIONS_CHOSEN)) == 2


def test_what_matters_for_safety_cannot_be_switched_off():
    nothing = {group.value: ["text"] for group in Group}
    every = frozenset(Way)
    for topic in (
        "household.grant_given", "household.grant_made", "household.joined", "change.made_by_us",
        "change.approved", "identity.new_device", "payment.method_added", "billing.statement",
    ):  # fmt: skip
        assert rules.ways_for(rules.group_of(topic), nothing, every) == rules.USUAL, topic
    for topic in ("case.commented", "rental.scheduled", "payment.missed"):
        assert rules.ways_for(rules.group_of(topic), nothing, every) == {Way.TEXT}, topic


def test_who_cannot_be_reached_as_they_chose_finds_it_in_the_portal(sqlite_home):
    home = sqlite_home
    with_mobile(home)
    choose(home, case=["text"])
    with_mobile(home, number="")
    home.open()
    assert told(home) == {"portal": 1, "email": 0, "text": 0}


@pytest.mark.parametrize(
    ("ways", "field"),
    [
        ({"case": []}, "case"), ({"case": ["pigeon"]}, "case"), ({"payment": "email"}, "payment"),
        ({"case": ["text"]}, "case"), ({"identity": []}, "case"), ({}, "case"), (None, "case"),
        ({"case": {"portal": True}}, "case"), (["case"], "case"),
    ],
)  # fmt: skip
def test_what_leaves_no_way_is_refused(sqlite_home, ways, field):
    with pytest.raises(Invalid) as refusal:
        notifications.choose_ways(sqlite_home.actors["member"], ways=ways, key="k")
    assert set(refusal.value.fields) == {field}


def test_the_same_click_twice_is_one_choice(home):
    for ways in ({"case": ["portal"]}, {"case": ["email"]}):
        notifications.choose_ways(home.actors["member"], ways=ways, key="click")
    kept = notifications.chosen_ways(home.actors["member"]).ways
    assert kept[Group.CASES] == {Way.PORTAL}
    assert len(f.fetch_all(AuditEvent, action=Action.NOTIFICATIONS_CHOSEN)) == 1


def test_only_customers_choose(sqlite_home):
    for actor in (sqlite_home.agent, Actor.system("tests"), Actor()):
        with pytest.raises(NotFound):
            notifications.chosen_ways(actor)
        with pytest.raises(NotFound):
            notifications.choose_ways(actor, ways={"case": ["portal"]}, key="k")


def test_telling_many_asks_for_their_choices_once(sqlite_home):
    facts = {"number": "CS-1", "subject_line": "x", "words": "x", "who": "x", "resolution": ""}

    def asked(*people) -> int:
        to = [one.id for one in people]
        with count_queries(database.engine()) as queries, transaction(SYSTEM) as tx:
            brand = people[0].brand_id
            notifications.tell(tx, topic="case.closed", brand_id=brand, to=to, facts=facts)
        return len([one for one, _ in queries.sent if "FROM notification_choice" in one])

    assert asked(*sqlite_home.people.values()) == asked(sqlite_home.people["head"]) == 1
