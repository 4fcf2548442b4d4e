"""Who reads a proposal and writes about it: whoever may see the application, and the staff."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import (
    INVITABLE,
    Application,
    ApplicationParty,
    Area,
    Person,
    SharingMode,
)


def _people(actor: Actor) -> frozenset[str]:
    if not actor.is_consumer or not actor.person_id:
        return frozenset()
    return frozenset({actor.person_id}) | actor.trusted_by(Area.APPLICATIONS.value, to_act=True)


def _let_in() -> ColumnElement[bool]:
    return and_(
        col(ApplicationParty.ended_at).is_(None),
        col(ApplicationParty.portal_enabled),
        col(ApplicationParty.role).in_(INVITABLE),
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Application` for those that this actor may see."""
    ours = col(Application.brand_id) == actor.brand
    if actor.is_staff:
        return ours
    if not (people := _people(actor)):
        raise NotFound
    theirs = select(ApplicationParty.application_id).where(
        col(ApplicationParty.person_id).in_(people), _let_in()
    )
    return and_(ours, col(Application.ended_at).is_(None), col(Application.id).in_(theirs))


def require_application(
    session: Session, actor: Actor, number: object, *, lock: bool = False
) -> Application:
    """Return an application that this actor may see."""
    wanted = select(Application).where(
        col(Application.number) == identifier(number), visible_to(actor)
    )
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def require_by_id(session: Session, actor: Actor, application: str) -> Application:
    """Return an application that this actor may see, by its id."""
    number = session.exec(select(Application.number).where(Application.id == application)).first()
    return require_application(session, actor, number)


def require_for_staff(
    session: Session, actor: Actor, number: object, *, lock: bool = False
) -> Application:
    """Return an application of the brand, for staff alone."""
    if not actor.is_staff:
        raise NotFound
    return require_application(session, actor, number, lock=lock)


def require_open(application: Application) -> None:
    """Refuse what is added to an application that has ended."""
    if application.ended_at is not None:
        raise Conflict("This application has ended, so nothing can be added to it.")


def applicant(session: Session, actor: Actor, application: Application) -> Person:
    """Return whose data a customer reads on their proposal: their own, where they are party to it.

    Whoever only acts for somebody reads theirs (S4-15).
    """
    found = session.exec(
        select(Person)
        .join(ApplicationParty, col(ApplicationParty.person_id) == col(Person.id))
        .where(col(ApplicationParty.application_id) == application.id, _let_in())
        .where(col(Person.id).in_(_people(actor)))
        .order_by(col(ApplicationParty.id))
    ).all()
    if not found:
        raise NotFound
    return next((one for one in found if one.id == actor.person_id), found[0])


def parties(session: Session, application: Application) -> list[str]:
    """Return the people who are let into an application today."""
    wanted = select(ApplicationParty.person_id).where(
        col(ApplicationParty.application_id) == application.id, _let_in()
    )
    return sorted(set(session.exec(wanted)))


def writers_seen(actor: Actor, application: Application) -> frozenset[str] | None:
    """Return whose messages this actor reads beside the staff's; None for everybody's."""
    if actor.is_staff or application.sharing_mode is SharingMode.SHARED:
        return None
    return _people(actor)
