"""Who reads a proposal and writes about it: whoever may see the application, and the staff."""

from sqlmodel import Session, select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Application, Person, SharingMode
from portal_app.services import applications


def require_by_id(session: Session, actor: Actor, application: str) -> Application:
    """Return an application that this actor may see, by its id."""
    number = session.exec(select(Application.number).where(Application.id == application)).first()
    return applications.require_application(session, actor, number)


def require_open(application: Application) -> None:
    """Refuse what is added to an application that has ended."""
    if application.ended_at is not None:
        raise Conflict("This application has ended, so nothing can be added to it.")


def applicant(session: Session, actor: Actor, application: Application) -> Person:
    """Return whose data a customer reads on their proposal: their own, where they are party to it.

    Whoever only acts for somebody reads theirs (S4-15).
    """
    mine = applications.stands_for(actor)
    found = [one for one in parties(session, application) if one in mine]
    if not found:
        raise NotFound
    return session.get_one(Person, actor.person_id if actor.person_id in found else found[0])


def parties(session: Session, application: Application) -> list[str]:
    """Return the people who are let into an application today."""
    let_in = applications.parties_let_in(session, application)
    return list(dict.fromkeys(one.person_id for one in let_in))


def writers_seen(actor: Actor, application: Application) -> frozenset[str] | None:
    """Return whose messages this actor reads beside the staff's; None for everybody's."""
    if actor.is_staff or application.sharing_mode is SharingMode.SHARED:
        return None
    return applications.stands_for(actor)
