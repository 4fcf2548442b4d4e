"""Who may see and choose what somebody has agreed to: the person, and the brand's staff."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.models import ConsentEvent, Person


def require_person(session: Session, actor: Actor, person: object, *, lock: bool = False) -> Person:
    """Return whose answers are meant; a customer's own, whichever they name."""
    wanted = identifier(person) if actor.is_staff or person else actor.person_id
    query = select(Person).where(col(Person.id) == wanted)
    found = session.exec(query.with_for_update() if lock else query).first()
    if found is None or not _may(actor, found.id, found.brand_id):
        raise NotFound
    return found


def require_event(session: Session, actor: Actor, receipt: object) -> ConsentEvent:
    """Return an answer by its receipt's number."""
    number = identifier(receipt)
    found = session.exec(select(ConsentEvent).where(ConsentEvent.receipt_no == number)).first()
    if found is None or not _may(actor, found.person_id, found.brand_id):
        raise NotFound
    return found


def _may(actor: Actor, person_id: str, brand_id: str) -> bool:
    if actor.is_staff:
        return brand_id == actor.brand
    return actor.has(Access.PARTY) and bool(person_id) and person_id == actor.person_id
