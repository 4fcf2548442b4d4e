"""Who may change what a brand has set."""

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import PortalSettings


def may_change(actor: Actor, settings: PortalSettings) -> bool:
    """Administrators change the settings of their own brand, and nobody else does."""
    return actor.has(Access.ADMIN) and actor.brand == settings.brand_id


def require_changeable(actor: Actor, settings: PortalSettings | None) -> PortalSettings:
    """Return the settings if this actor may change them."""
    if not actor.is_staff or settings is None or settings.brand_id != actor.brand:
        raise NotFound
    if not may_change(actor, settings):
        raise NotAllowed("Only an administrator can change the portal's settings.")
    return settings
