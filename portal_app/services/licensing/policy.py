"""Who may look at the licence."""

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound


def require_readable(actor: Actor) -> None:
    """Refuse everybody but administrators and the portal itself."""
    if not actor.has(Access.ADMIN):
        raise NotAllowed if actor.is_staff else NotFound
