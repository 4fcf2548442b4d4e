"""Who is in which household today, and who lets whom see or act for them.

Memberships are counted by the days of the household's own time zone, grants by those of the person
who gives them. Whoever may act in an area may see it as well.
"""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.settings import settings
from portal_app.models import (
    Feature,
    Grant,
    Household,
    HouseholdMembership,
    Person,
    Reach,
)
from portal_app.services import branding
from portal_app.services.households.views import Member, Standing

_ENOUGH = {Reach.VIEW: {Reach.VIEW.value, Reach.ACT.value}, Reach.ACT: {Reach.ACT.value}}


def is_on(session: Session, brand: str) -> bool:
    """Say whether a brand uses households at all (S1-01)."""
    return branding.is_on(session, brand, Feature.HOUSEHOLDS)


def standings(session: Session, person_id: str) -> tuple[Standing, ...]:
    """Return the households that a person is in today, the primary one first.

    Nobody is in any while the brand has switched households off.
    """
    found = session.exec(
        select(HouseholdMembership, Household)
        .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
        .where(col(HouseholdMembership.person_id) == person_id, *_not_ended())
    ).all()
    current = [(one, home) for one, home in found if is_current(one, home)]
    if not current or not is_on(session, current[0][1].brand_id):
        return ()
    ordered = sorted(current, key=lambda row: (not row[0].is_primary, row[1].name, row[1].id))
    return tuple(
        Standing(home.id, home.name, zone_of(home.timezone), one.role, one.is_primary)
        for one, home in ordered
    )


def current_members(session: Session, household_ids: Collection[str]) -> tuple[Member, ...]:
    """Return who is in these households today, by household, its head first."""
    if not household_ids:
        return ()
    found = session.exec(
        select(HouseholdMembership, Household, Person)
        .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
        .join(Person, col(Person.id) == col(HouseholdMembership.person_id))
        .where(col(Household.id).in_(set(household_ids)), *_not_ended())
    ).all()
    members = [
        Member(home.id, person.id, person.name, one.role)
        for one, home, person in found
        if is_current(one, home)
    ]
    if not members or not is_on(session, found[0][1].brand_id):
        return ()
    return tuple(sorted(members, key=lambda one: (one.household_id, one.role, one.name)))


def grantors(session: Session, person_id: str, area: str, need: str) -> frozenset[str]:
    """Return the people who let this person see (`view`) or act (`act`) in an area today."""
    return frozenset(
        one.grantor_id
        for one in grants_in_force(session, grantee=person_id)
        if reaches(one, area, need)
    )


def grantees(session: Session, person_id: str, area: str, need: str) -> frozenset[str]:
    """Return the people whom this person lets see (`view`) or act (`act`) in an area today."""
    return frozenset(
        one.grantee_id
        for one in grants_in_force(session, grantor=person_id)
        if reaches(one, area, need)
    )


def grants_in_force(session: Session, *, grantor: str = "", grantee: str = "") -> list[Grant]:
    """Return the grants from or to a person that hold today, oldest first."""
    side = col(Grant.grantor_id) == grantor if grantor else col(Grant.grantee_id) == grantee
    found = session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == col(Grant.grantor_id))
        .where(side, col(Grant.ended_at).is_(None), col(Grant.revoked_at).is_(None))
        .order_by(col(Grant.id))
    )
    return [one for one, giver in found if is_in_force(one, giver)]


def is_in_force(grant: Grant, giver: Person) -> bool:
    """Say whether a grant holds today, in the time zone of the person who gave it."""
    if grant.revoked_at or grant.ended_at:
        return False
    today = clock.today(zone_of(giver.timezone or settings().timezone))
    return _is_within(today, grant.starts_on, grant.ends_on)


def reaches(grant: Grant, area: str, need: str) -> bool:
    """Say whether a grant goes far enough in an area."""
    return grant.areas.get(area, "") in _ENOUGH[Reach(need)]


def is_current(one: HouseholdMembership, home: Household) -> bool:
    """Say whether a membership's days include the household's own today (S1-05)."""
    if one.ended_at or home.ended_at:
        return False
    return _is_within(clock.today(zone_of(home.timezone)), one.starts_on, one.ends_on)


def zone_of(name: str) -> str:
    """Return a time zone's name, UTC for what is none."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError):
        return "UTC"


def _is_within(today: date, starts_on: date | None, ends_on: date | None) -> bool:
    return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)


def _not_ended() -> tuple[ColumnElement[bool], ...]:
    return col(HouseholdMembership.ended_at).is_(None), col(Household.ended_at).is_(None)
