"""The Aldous household with everybody around it, and the staff who answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.services import cases
from tests import factories as f

_keys = count(1)


def fresh_key() -> str:
    return f"key-{next(_keys)}"


def customer(who: m.Person) -> Actor:
    signed_in = f.user(who)
    return Actor(ActorKind.CONSUMER, signed_in.id, who.id, who.name, who.brand_id)


@dataclass
class Home:
    """A head with an adult member, a child, a former member; a representative; a stranger."""

    household: m.Household
    people: dict[str, m.Person]
    actors: dict[str, Actor]
    agent: Actor
    manager: Actor
    admin: Actor
    grant: m.Grant
    memberships: dict[str, m.HouseholdMembership] = field(default_factory=dict)

    def open(self, who: str = "member", *, about: str = "", **given: Any) -> str:
        """Open a case as somebody, about themselves unless said otherwise."""
        consumer = self.people[about].id if about else ""
        words = {
            "topic": "payment",
            "subject": "A payment was taken twice",
            "description": "My statement shows the same payment on two days.",
            "household": "",
            "consumer": consumer,
        }
        actor = self.agent if who == "agent" else self.actors[who]
        return cases.open_case(actor, **words | {"key": fresh_key()} | given)

    def do(self, command, number: str, who: str = "agent", **given: Any) -> Any:
        """Do something to a case, as the agent unless said otherwise."""
        return command(self.who(who), number=number, **{"key": fresh_key()} | given)

    def who(self, name: str) -> Actor:
        staff = {"agent": self.agent, "manager": self.manager, "admin": self.admin}
        return staff.get(name) or self.actors[name]

    def case(self, number: str) -> m.Case:
        return f.fetch(m.Case, number=number)

    def thread(self, number: str, who: str = "member") -> cases.CaseThread:
        return cases.case_thread(self.who(who), number=number)

    def numbers(self, who: str, **given: Any) -> set[str]:
        return {row.number for row in cases.cases_of(self.actors[who], **given).rows}

    def mode(self, visibility: str, days: int = 0) -> None:
        kept = f.fetch_all(m.CasePolicy)
        cases.set_policy(
            self.admin,
            visibility=visibility,
            auto_close_days=days,
            version=kept[0].version if kept else 0,
            key=fresh_key(),
        )

    def at(self, state: str, who: str = "member", **given: Any) -> str:
        """Open a case and bring it to a state."""
        number = self.open(who, **given)
        if state == "new":
            return number
        if state == "closed":
            self.do(cases.close_case, number, who)
            return number
        self.do(cases.take_up, number)
        if state == "awaiting_info":
            self.do(cases.request_info, number, words="Which of the two days?")
        if state == "resolved":
            solved = {"resolution": "solved", "notes": "We have paid one of them back."}
            self.do(cases.propose_solution, number, **solved)
        return number


def make_home() -> Home:
    assert the_clock.now()
    home = f.household(name="Aldous household")
    named = {
        "head": ("Margarethe", "Aldous"),
        "member": ("Idris", "Aldous"),
        "child": ("Juniper", "Aldous"),
        "representative": ("Bettina", "Crowe"),
        "former": ("Lucan", "Fairweather"),
        "stranger": ("Rosa", "Lindqvist"),
    }
    people = {
        key: f.person(given_name=given, family_name=family)
        for key, (given, family) in named.items()
    }
    yesterday = the_clock.today() - timedelta(days=1)
    memberships = {
        "head": f.membership(home, people["head"], role=m.MemberRole.HEAD, is_primary=True),
        "member": f.membership(home, people["member"], is_primary=True),
        "child": f.membership(home, people["child"], is_primary=True),
        "former": f.membership(home, people["former"], ends_on=yesterday),
    }
    return Home(
        home,
        people,
        {key: customer(person) for key, person in people.items()},
        *(f.staff_actor(role) for role in Role),
        grant=f.grant(people["member"], people["representative"]),
        memberships=memberships,
    )


@pytest.fixture
def home(any_db, clock) -> Home:
    """On both databases, on 20 November 2026."""
    return make_home()


@pytest.fixture
def sqlite_home(db, clock) -> Home:
    return make_home()
