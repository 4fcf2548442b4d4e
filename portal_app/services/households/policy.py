"""Who is in which household today, and what heads may ask for.

Memberships are counted by the days of the household's own time zone.
"""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import (
    Feature,
    Household,
    HouseholdMembership,
    MemberRole,
    Person,
)
from portal_app.services import branding, identity
from portal_app.services.households.views import Member, Standing
from portal_app.services.reading import remembered
from portal_app.services.transaction import Transaction

HEADS_ONLY = "Only the head of a household sees who is in it. Ask them, or ask us."


def is_on(session: Session, brand: str) -> bool:
    """Say whether a brand uses households at all (S1-01)."""
    return branding.is_on(session, brand, Feature.HOUSEHOLDS)


@remembered
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


def is_current(one: HouseholdMembership, home: Household) -> bool:
    """Say whether a membership's days include the household's own today (S1-05)."""
    if one.ended_at or home.ended_at:
        return False
    return is_within(clock.today(zone_of(home.timezone)), one.starts_on, one.ends_on)


def is_over(one: HouseholdMembership, home: Household) -> bool:
    """Say whether a membership's last day has passed, or the household is not held any more."""
    ends_on = one.ends_on
    is_past = ends_on is not None and ends_on < clock.today(zone_of(home.timezone))
    return bool(one.ended_at or home.ended_at) or is_past


def heads(session: Session, person_id: str, home: Household) -> bool:
    """Say whether a person is the head of a household today."""
    return any(
        one.household_id == home.id and one.role is MemberRole.HEAD
        for one in standings(session, person_id)
    )


def require_headed(tx: Transaction, household: object) -> Household:
    """Return a household that the actor heads today; whoever is only in it is told so (S1-04)."""
    return _require_headed(tx, identifier(household))


def require_membership(
    tx: Transaction, membership: object
) -> tuple[HouseholdMembership, Household]:
    """Return a membership that is not over, of a household that the actor heads today."""
    found = tx.session.get(HouseholdMembership, identifier(membership))
    if found is None:
        raise NotFound
    home = _require_headed(tx, found.household_id)
    if is_over(found, home):
        raise NotFound
    return found, home


def _require_headed(tx: Transaction, household_id: str) -> Household:
    if not tx.actor.is_consumer or not tx.actor.person_id:
        raise NotFound
    branding.require_on(tx, Feature.HOUSEHOLDS)
    mine = standings(tx.session, tx.actor.person_id)
    role = next((one.role for one in mine if one.household_id == household_id), None)
    home = tx.session.get(Household, household_id)
    if role is None or home is None:
        raise NotFound
    if role is not MemberRole.HEAD:
        raise NotAllowed(HEADS_ONLY)
    return home


def require_person(session: Session, actor: Actor, person: object) -> Person:
    """Return a person of the staff's own brand."""
    if not actor.is_staff:
        raise NotFound
    found = identity.person_held(session, identifier(person))
    if found is None or found.brand_id != actor.brand:
        raise NotFound
    return found


def zone_of(name: str) -> str:
    """Return a time zone's name, UTC for what is none."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError):
        return "UTC"


def is_within(today: date, starts_on: date | None, ends_on: date | None) -> bool:
    """Say whether a day lies between two, both included; an empty one is open on its side."""
    return (starts_on is None or starts_on <= today) and (ends_on is None or today <= ends_on)


def _not_ended() -> tuple[ColumnElement[bool], ...]:
    return col(HouseholdMembership.ended_at).is_(None), col(Household.ended_at).is_(None)
