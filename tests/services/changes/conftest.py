"""A customer with an account, and staff who decide about what they ask for."""

from dataclasses import dataclass, replace
from itertools import count

import pytest

from portal_app import models as m
from portal_app.core import clock as the_clock
from portal_app.core.actor import Actor, Role
from portal_app.services import changes, identity
from portal_app.services.transaction import transaction
from tests import factories as f

_keys = count(1)
ADDRESS = {
    "address_line1": "14 Harbour Road",
    "address_line2": "Unit 2",
    "city": "Tampa",
    "region": "FL",
    "postal_code": "33602",
    "country": "US",
}


def fresh_key() -> str:
    return f"key-{next(_keys)}"


@dataclass
class Desk:
    """Rosa Lindqvist on one side of the counter, an agent, a manager and an admin on the other."""

    account: m.Account
    customer: Actor
    agent: Actor
    manager: Actor
    admin: Actor

    @property
    def person(self) -> m.Person:
        return f.fetch(m.Person, id=self.customer.person_id)

    def ask(self, kind: str = "name", actor: Actor | None = None, **values) -> str:
        """Ask for a change as the customer; a name by default."""
        given = {"given_name": "Rosie", "family_name": "Lindqvist"} if kind == "name" else {}
        who, key = actor or self.customer, values.pop("key", "") or fresh_key()
        return changes.ask(who, kind=kind, values=given | values, key=key)

    def request(self, number: str) -> m.ChangeRequest:
        return f.fetch(m.ChangeRequest, number=number)

    def approve(self, number: str, actor: Actor | None = None, **given) -> m.ChangeState:
        version = given.pop("version", None) or self.request(number).version
        return changes.approve(
            actor or self.agent, number=number, version=version, **{"key": fresh_key()} | given
        )

    def reject(
        self, number: str, reason: str = "The papers do not match.", version: int = 0
    ) -> m.ChangeState:
        seen = version or self.request(number).version
        return changes.reject(
            self.agent, number=number, version=seen, reason=reason, key=fresh_key()
        )

    def rule(self, kind: str, policy: str, *steps: tuple[str, str], version: int = 0) -> int:
        return changes.set_rule(
            self.admin,
            kind=kind,
            policy_name=policy,
            steps=list(steps),
            version=version,
            key=fresh_key(),
        )

    def stepped_up(self) -> Actor:
        """The customer in a session that has just proved again who they are."""
        with transaction(Actor.system("tests")) as tx:
            made, _ = identity.open_session(
                tx,
                brand_id=self.customer.brand,
                user_id=self.customer.user_id,
                stage=m.SessionStage.FULL,
                factors=1,
            )
            until = made.absolute_until
            made.stepped_up_until = until
        return replace(self.customer, session_id=made.id, stepped_up_until=until, ip="203.0.113.7")


def make_desk() -> Desk:
    assert the_clock.now()
    account = f.account()
    return Desk(account, f.consumer_actor(account), *(f.staff_actor(role) for role in Role))


@pytest.fixture
def desk(any_db, clock) -> Desk:
    """On both databases, on 20 November 2026."""
    return make_desk()


@pytest.fixture
def sqlite_desk(db, clock) -> Desk:
    return make_desk()
