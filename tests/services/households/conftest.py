"""A head with two households, a member, a stranger, and staff who decide."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.integrations.limits_limiter import LimitsLimiter
from portal_app.services import changes, households, identity
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.services.identity import people

TODAY = date(2026, 11, 20)  # in Los Angeles as well as in UTC, by the tests' clock
_keys = count(1)


def fresh_key() -> str:
    return f"key-{next(_keys)}"


def signed_in(who: m.Person) -> Actor:
    """A person with a sign-in that works, in a session that has just been confirmed."""
    user = f.user(who, password_hash=people.PASSWORD_HASH)
    with transaction(Actor.system("tests")) as tx:
        given = {"brand_id": who.brand_id, "user_id": user.id, "factors": 1}
        made, _ = identity.open_session(tx, **given, stage=m.SessionStage.FULL)
        until = made.stepped_up_until = made.absolute_until
    actor = Actor(ActorKind.CONSUMER, user.id, who.id, who.name, who.brand_id, session_id=made.id)
    return replace(actor, stepped_up_until=until, ip="203.0.113.7")


@dataclass
class Family:
    """Greta heads the house and the cottage; Idris lives in the house, Wanda nowhere."""

    home: m.Household
    cottage: m.Household
    head: Actor
    member: Actor
    outsider: Actor
    child: m.Person
    agent: Actor
    admin: Actor

    def membership(self, who: str, home: m.Household | None = None) -> m.HouseholdMembership:
        return f.fetch(m.HouseholdMembership, person_id=who, household_id=(home or self.home).id)

    def ask_to_add(self, household: str = "", key: str = "", **values) -> str:
        given = {
            "given_name": "Nora", "family_name": "Aldous", "relationship": "Niece",
            "email": "", "starts_on": "",
        }  # fmt: skip
        return households.ask_to_add(
            self.head, household=household or self.home.id, values=given | values,
            key=key or fresh_key(),
        )  # fmt: skip

    def ask_to_end(self, who: str, ends_on: str = "", key: str = "") -> str:
        membership = self.membership(who).id
        return households.ask_to_end(
            self.head, membership=membership, ends_on=ends_on, key=key or fresh_key()
        )

    def approve(self, number: str) -> m.ChangeState:
        version = f.fetch(m.ChangeRequest, number=number).version
        return changes.approve(self.agent, number=number, version=version, key=fresh_key())

    def at_once(self, kind: str) -> None:
        """Have this kind of change wait for nobody."""
        changes.set_rule(
            self.admin, kind=kind, policy_name="auto", steps=[], version=0, key=fresh_key()
        )

    def grant(self, giver: Actor | None = None, receiver: Actor | None = None, **given) -> str:
        to = f.fetch(m.Person, id=(receiver or self.outsider).person_id)
        values = {
            "email": to.email, "family_name": to.family_name, "areas": {"cases": "act"},
            "starts_on": "", "ends_on": "", "limiter": LimitsLimiter(), "key": fresh_key(),
        }  # fmt: skip
        return households.give_grant(giver or self.member, **values | given)


def make_family() -> Family:
    west = {"timezone": "America/Los_Angeles"}
    home = f.household(name="Aldous household", address="615 North C Street", **west)
    cottage = f.household(name="Cottage", **west)
    greta = f.person(given_name="Greta", family_name="Aldous")
    idris = f.person(given_name="Idris", family_name="Aldous")
    wanda = f.person(given_name="Wanda", family_name="Crowe")
    child = f.person(given_name="Juniper", family_name="Aldous", email="")
    head = m.MemberRole.HEAD
    f.membership(home, greta, role=head, is_primary=True, starts_on=date(2020, 1, 1))
    f.membership(cottage, greta, role=head)
    f.membership(home, idris, relationship="Husband", starts_on=date(2020, 1, 1), is_primary=True)
    f.membership(home, child, relationship="Daughter", is_primary=True)
    staff = f.staff_actor(Role.AGENT), f.staff_actor(Role.ADMIN)
    return Family(
        home, cottage, signed_in(greta), signed_in(idris), signed_in(wanda), child, *staff
    )


@pytest.fixture
def family(any_db, clock) -> Family:
    """On both databases, on 20 November 2026 at seven in the morning in Los Angeles."""
    return make_family()
