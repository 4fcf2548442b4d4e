"""Who may look at the licence."""

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound


def require_readable(actor: Actor) -> None:
    """Refuse everybody but administrators and the portal itself."""
    if not actor.has(Access.ADMIN):
        raise NotAllowed if actor.is_staff else NotFound


def require_seeing_to_it(actor: Actor) -> None:
    """Refuse everybody but those who can see to a new licence: managers and administrators."""
    if not actor.has(Access.MANAGER):
        raise NotAllowed if actor.is_staff else NotFound
