"""What heads ask for, what comes of it, and what people let one another do."""

from portal_app import models as m
from portal_app.services import changes, households
from tests import factories as f
from tests.faults.scenarios.registry import Command, limiter, scenario
from tests.services.households.conftest import Family, make_family

NEWCOMER = {
    "given_name": "Nora",
    "family_name": "Aldous",
    "relationship": "Niece",
    "email": "",
    "starts_on": "",
}


def _approval(family: Family, number: str) -> Command:
    version = f.fetch(m.ChangeRequest, number=number).version
    return lambda: changes.approve(family.agent, number=number, version=version, key="click")


@scenario(households.ask_to_add)
def a_member_is_to_be_added() -> Command:
    family = make_family()
    given = {"household": family.home.id, "values": NEWCOMER}
    return lambda: households.ask_to_add(family.head, **given, key="click")


@scenario(households.ask_to_add)
def a_member_is_added_at_once() -> Command:
    family = make_family()
    family.at_once("member_added")
    given = {"household": family.home.id, "values": NEWCOMER}
    return lambda: households.ask_to_add(family.head, **given, key="click")


@scenario(households.ask_to_end)
def a_membership_is_to_end() -> Command:
    family = make_family()
    given = {"membership": family.membership(family.member.person_id).id, "ends_on": ""}
    return lambda: households.ask_to_end(family.head, **given, key="click")


@scenario(households.ask_to_change)
def a_relationship_is_written_anew_at_once() -> Command:
    family = make_family()
    family.at_once("member_relationship")
    membership = family.membership(family.member.person_id).id
    given = {"membership": membership, "relationship": "Spouse"}
    return lambda: households.ask_to_change(family.head, **given, key="click")


@scenario(changes.approve)
def the_end_of_a_membership_is_approved() -> Command:
    family = make_family()
    return _approval(family, family.ask_to_end(family.member.person_id))


@scenario(changes.approve)
def a_new_member_is_approved() -> Command:
    family = make_family()
    return _approval(family, family.ask_to_add())


@scenario(households.give_grant)
def somebody_is_let_act() -> Command:
    family = make_family()
    to = f.fetch(m.Person, id=family.outsider.person_id)
    whom = {"email": to.email, "family_name": to.family_name, "areas": {"cases": "act"}}
    days = {"starts_on": "", "ends_on": "2026-12-24"}
    return lambda: households.give_grant(
        family.member, **whom, **days, limiter=limiter(), key="click"
    )


@scenario(households.revoke_grant)
def a_grant_is_taken_away() -> Command:
    family = make_family()
    grant = family.grant()
    return lambda: households.revoke_grant(family.member, grant=grant, key="click")
