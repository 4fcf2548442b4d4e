"""What staff see of a customer's households and grants."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Grant, Person
from portal_app.services.households import policy, trust
from portal_app.services.households.queries.homes import homes_of
from portal_app.services.households.views import Affairs, GrantRow
from portal_app.services.transaction import reading


def affairs(actor: Actor, *, person: str) -> Affairs:
    """Return a person's households and grants for staff of their brand, what is over last."""
    with reading() as session:
        found = policy.require_person(session, actor, person)
        rows = _grants(session, found.id)
        return Affairs(
            person_id=found.id,
            is_on=policy.is_on(session, found.brand_id),
            homes=homes_of(session, found.id),
            given=tuple(row for giver, row in rows if giver == found.id),
            held=tuple(row for giver, row in rows if giver != found.id),
        )


def _grants(session: Session, person_id: str) -> list[tuple[str, GrantRow]]:
    found = session.exec(
        select(Grant)
        .where((col(Grant.grantor_id) == person_id) | (col(Grant.grantee_id) == person_id))
        .order_by(col(Grant.id).desc())
    ).all()
    people = _people(session, found)
    rows = [
        (one.grantor_id, _row(one, people[one.grantor_id], people[one.grantee_id])) for one in found
    ]
    return sorted(rows, key=lambda row: row[1].is_over)


def _people(session: Session, grants: Sequence[Grant]) -> dict[str, Person]:
    ids = {one.grantor_id for one in grants} | {one.grantee_id for one in grants}
    if not ids:
        return {}
    return {one.id: one for one in session.exec(select(Person).where(col(Person.id).in_(ids)))}


def _row(grant: Grant, giver: Person, receiver: Person) -> GrantRow:
    return GrantRow(
        grant_id=grant.id,
        giver=giver.name,
        receiver=receiver.name,
        areas=grant.areas,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        revoked_at=grant.revoked_at,
        revoked_by=grant.revoked_by_name,
        evidence=grant.evidence,
        is_in_force=trust.is_in_force(grant, giver),
        is_over=bool(grant.revoked_at or grant.ended_at) or trust.is_past(grant, giver),
    )
