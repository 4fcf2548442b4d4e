"""Whom the head of a household may choose to see its cases, where a brand has them chosen."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed
from portal_app.models import CaseReader
from portal_app.services.cases import policy
from portal_app.services.cases.rules.circle import Circle
from portal_app.services.cases.views import Reader
from portal_app.services.transaction import reading


def case_readers(actor: Actor) -> tuple[Reader, ...]:
    """Return the members of the households that the actor heads, and who of them was chosen."""
    with reading() as session:
        circle = policy.require_customer(session, actor)
        if not circle.may_choose:
            raise NotAllowed("Who sees the cases of your household is not chosen by you.")
        return _readers(session, circle)


def _readers(session: Session, circle: Circle) -> tuple[Reader, ...]:
    led = dict(circle.led)
    kept = select(CaseReader).where(col(CaseReader.household_id).in_(led))
    chosen = {(one.household_id, one.person_id) for one in session.exec(kept)}
    names = {home.household_id: home.name for home in circle.homes}
    return tuple(
        Reader(
            one.household_id,
            names[one.household_id],
            one.person_id,
            one.name,
            (one.household_id, one.person_id) in chosen,
        )
        for one in circle.members
        if one.household_id in led and one.person_id != circle.person_id
    )
