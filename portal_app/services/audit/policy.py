"""Who may read the audit trail."""

from sqlalchemy import ColumnElement, true
from sqlmodel import col

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import AuditEvent


def require_audit(actor: Actor) -> None:
    """Refuse everybody but administrators and the portal itself."""
    if not actor.has(Access.ADMIN):
        raise NotAllowed if actor.is_staff else NotFound


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF):
        raise NotFound


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for what was done in the actor's brand."""
    if actor.is_system and not actor.brand:
        return true()
    return col(AuditEvent.brand_id) == actor.brand
