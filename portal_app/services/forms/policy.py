"""Who may build forms: managers and administrators; every member of staff may read them."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import FormTemplate


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF):
        raise NotFound


def require_manager(actor: Actor) -> None:
    """Refuse everybody but managers and administrators."""
    require_staff(actor)
    if not actor.has(Access.MANAGER):
        raise NotAllowed("Only a manager can change forms.")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `FormTemplate` for those that this actor may see."""
    require_staff(actor)
    return col(FormTemplate.brand_id) == actor.brand


def require_template(session: Session, actor: Actor, template: object) -> FormTemplate:
    """Return a version of a form of the actor's brand, locked."""
    wanted = select(FormTemplate).where(
        col(FormTemplate.id) == identifier(template), visible_to(actor)
    )
    found = session.exec(wanted.with_for_update()).first()
    if found is None:
        raise NotFound
    return found
