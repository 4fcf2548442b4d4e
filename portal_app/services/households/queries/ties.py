"""What ties an actor to other people at this moment: asked at every event and request."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, String, bindparam, literal, select, union_all
from sqlmodel import col

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import Grant, Household, HouseholdMembership, Person
from portal_app.services.households import policy
from portal_app.services.transaction import reading

_HOME, _GIVER = "home", "giver"


def _named(what: str) -> ColumnElement[str]:
    return literal(what, type_=String())


# Built once, and one question for both: building it costs more than asking.
_TIES = union_all(
    select(
        _named(_HOME),
        col(HouseholdMembership.household_id),
        col(HouseholdMembership.starts_on),
        col(HouseholdMembership.ends_on),
        col(Household.timezone),
    )
    .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
    .where(col(HouseholdMembership.person_id) == bindparam("person_id"))
    .where(col(HouseholdMembership.ended_at).is_(None), col(Household.ended_at).is_(None)),
    select(
        _named(_GIVER),
        col(Grant.grantor_id),
        col(Grant.starts_on),
        col(Grant.ends_on),
        col(Person.timezone),
    )
    .join(Person, col(Person.id) == col(Grant.grantor_id))
    .where(col(Grant.grantee_id) == bindparam("person_id"))
    .where(col(Grant.ended_at).is_(None), col(Grant.revoked_at).is_(None)),
)
_Tie = tuple[str, str, date | None, date | None, str]


def tied(actor: Actor) -> Actor:
    """Return a customer with the households that they are in and the people who let them in today.

    Households count only while the brand has them switched on; how far a grant goes is for
    `grantors` to say, area by area.
    """
    if not actor.is_consumer or not actor.person_id:
        return actor
    with reading() as session:
        asked = cast("Any", session).exec(_TIES, params={"person_id": actor.person_id})
        found: list[_Tie] = [row for row in asked.all() if _holds(*row[2:])]
        homes = frozenset(other for what, other, *_ in found if what == _HOME)
        if homes and not policy.is_on(session, actor.brand):
            homes = frozenset[str]()
    givers = frozenset(other for what, other, *_ in found if what == _GIVER)
    return replace(actor, memberships=homes, represents=givers)


def _holds(starts_on: date | None, ends_on: date | None, zone: str) -> bool:
    today = clock.today(policy.zone_of(zone or settings().timezone))
    return policy.is_within(today, starts_on, ends_on)
