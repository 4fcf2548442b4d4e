"""Who may read reports."""

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound


def require_reports(actor: Actor) -> None:
    """Refuse everybody below a manager; customers do not learn that there are reports."""
    if not actor.has(Access.MANAGER):
        raise NotAllowed if actor.is_staff else NotFound
