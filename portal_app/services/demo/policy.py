"""Who may prepare a demonstration: the portal itself, and never where customers are served."""

from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed
from portal_app.core.settings import settings


def require_demo(actor: Actor) -> None:
    """Raise unless this is the portal itself, outside production."""
    if not actor.is_system or settings().is_production:
        raise NotAllowed("The demo is for trying things out. It is never loaded in production.")
