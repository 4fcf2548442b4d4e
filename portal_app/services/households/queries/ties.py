"""What ties an actor to other people at this moment: asked at every event and request."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlmodel import col

from portal_app.core import clock
from portal_app.core.actor import Actor, Trust
from portal_app.core.settings import settings
from portal_app.models import Grant, Household, HouseholdMembership, Person, Reach
from portal_app.services.households import policy
from portal_app.services.transaction import reading

_HOME, _GIVER = "home", "giver"
_REACHES = {Reach.VIEW.value, Reach.ACT.value}


def _named(what: str) -> ColumnElement[str]:
    return literal(what, type_=String())


# Built once, and one question for both: building it costs more than asking.
_TIES = union_all(
    select(
        _named(_GIVER),
        col(Grant.grantor_id),
        col(Grant.starts_on),
        col(Grant.ends_on),
        col(Person.timezone),
        col(Grant.areas),
    )
    .join(Person, col(Person.id) == col(Grant.grantor_id))
    .where(col(Grant.grantee_id) == bindparam("person_id"))
    .where(col(Grant.ended_at).is_(None), col(Grant.revoked_at).is_(None)),
    select(
        _named(_HOME),
        col(HouseholdMembership.household_id),
        col(HouseholdMembership.starts_on),
        col(HouseholdMembership.ends_on),
        col(Household.timezone),
        cast(null(), JSON),
    )
    .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
    .where(col(HouseholdMembership.person_id) == bindparam("person_id"))
    .where(col(HouseholdMembership.ended_at).is_(None), col(Household.ended_at).is_(None)),
)


class _Tie(NamedTuple):
    """One tie: a household, or somebody who lets the actor in; the days between which it holds."""

    what: str
    other: str
    starts_on: date | None
    ends_on: date | None
    zone: str
    areas: dict[str, str] | None

    @property
    def holds(self) -> bool:
        """Whether today lies between its days."""
        today = clock.today(policy.zone_of(self.zone or settings().timezone))
        return policy.is_within(today, self.starts_on, self.ends_on)


def tied(actor: Actor) -> Actor:
    """Return a customer with the households that they are in and the people who let them in today.

    Households count only while the brand has them switched on; grants do without.
    """
    if not actor.is_consumer or not actor.person_id:
        return actor
    with reading() as session:
        asked = session.connection().execute(_TIES, {"person_id": actor.person_id})
        found = [one for one in (_Tie(*row) for row in asked) if one.holds]
        homes = frozenset(one.other for one in found if one.what == _HOME)
        if homes and not policy.is_on(session, actor.brand):
            homes = frozenset[str]()
    givers = [one for one in found if one.what == _GIVER]
    return replace(
        actor,
        memberships=homes,
        represents=frozenset(one.other for one in givers),
        trusted=frozenset(
            Trust(one.other, area, reach)
            for one in givers
            for area, reach in (one.areas or {}).items()
            if reach in _REACHES
        ),
    )
