"""Who lets whom see or act for them, and who may end it (S1-09).

Grants are counted by the days of the person who gives them. Whoever may act in an area may see it
as well.
"""

from collections.abc import Collection

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.core.settings import settings
from portal_app.models import Grant, Person, Reach
from portal_app.services import identity
from portal_app.services.households.policy import is_within, zone_of
from portal_app.services.reading import remembered
from portal_app.services.transaction import Transaction

_ENOUGH = {Reach.VIEW: {Reach.VIEW.value, Reach.ACT.value}, Reach.ACT: {Reach.ACT.value}}


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


@remembered
def grants_in_force(session: Session, *, grantor: str = "", grantee: str = "") -> tuple[Grant, ...]:
    """Return the grants from or to a person that hold today, oldest first."""
    side = col(Grant.grantor_id) == grantor if grantor else col(Grant.grantee_id) == grantee
    found = session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == col(Grant.grantor_id))
        .where(side, col(Grant.ended_at).is_(None), col(Grant.revoked_at).is_(None))
        .order_by(col(Grant.id))
    )
    return tuple(one for one, giver in found if is_in_force(one, giver))


def trusting(session: Session, grantees: Collection[str]) -> dict[str, dict[str, str]]:
    """Return who lets each of these people see or act today: names by person, by grantee."""
    found = session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == col(Grant.grantor_id))
        .where(col(Grant.grantee_id).in_(grantees), col(Grant.ended_at).is_(None))
        .where(col(Grant.revoked_at).is_(None))
        .order_by(col(Grant.id))
    )
    by_grantee: dict[str, dict[str, str]] = {}
    for one, giver in found:
        if is_in_force(one, giver):
            by_grantee.setdefault(one.grantee_id, {})[giver.id] = giver.name
    return by_grantee


def is_in_force(grant: Grant, giver: Person) -> bool:
    """Say whether a grant holds today, in the time zone of the person who gave it."""
    if grant.revoked_at or grant.ended_at:
        return False
    today = clock.today(zone_of_person(giver))
    return is_within(today, grant.starts_on, grant.ends_on)


def is_past(grant: Grant, giver: Person) -> bool:
    """Say whether a grant's last day has passed, in the time zone of whoever gave it."""
    return grant.ends_on is not None and grant.ends_on < clock.today(zone_of_person(giver))


def reaches(grant: Grant, area: str, need: str) -> bool:
    """Say whether a grant goes far enough in an area."""
    return grant.areas.get(area, "") in _ENOUGH[Reach(need)]


def require_giver(tx: Transaction) -> Person:
    """Return the customer's own person, locked: they alone let somebody see or act for them."""
    if not tx.actor.is_consumer or not tx.actor.person_id:
        raise NotFound
    person = identity.person_held(tx.session, tx.actor.person_id, lock=True)
    if person is None:
        raise NotFound
    return person


def require_grant(session: Session, actor: Actor, grant: object) -> Grant:
    """Return a grant, locked, that this actor may end: either side of it, or staff of the brand."""
    found = session.exec(
        select(Grant).where(col(Grant.id) == identifier(grant)).with_for_update()
    ).first()
    if found is None:
        raise NotFound
    is_ours = actor.is_staff and found.brand_id == actor.brand
    is_theirs = actor.is_consumer and actor.person_id in {found.grantor_id, found.grantee_id}
    if not is_ours and not (is_theirs and actor.person_id):
        raise NotFound
    return found


def zone_of_person(person: Person) -> str:
    """Return the time zone in which a person's own days begin."""
    return zone_of(person.timezone or settings().timezone)
