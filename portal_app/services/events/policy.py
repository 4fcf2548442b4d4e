"""Who may connect other systems, and what those systems may read."""

from sqlmodel import Session, select

from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import ApiToken, WebhookDelivery, WebhookEndpoint

EVENTS_READ = "events:read"
CONFIRM_FIRST = "Confirm that it is you first. Then you can connect other systems."


def require_connections(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    if not actor.is_staff:
        raise NotFound
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can connect other systems.")


def require_connecting(actor: Actor) -> None:
    """Refuse also an administrator who has not proved within ten minutes who they are."""
    require_connections(actor)
    if not actor.is_stepped_up:
        raise NotAllowed(CONFIRM_FIRST)


def require_scope(actor: Actor, scope: str) -> None:
    """Refuse a system whose token does not reach this far."""
    if not actor.is_integration:
        raise NotFound
    if scope not in actor.scopes:
        raise NotAllowed("This token does not let you read that.")


def require_token(session: Session, actor: Actor, token: object) -> ApiToken:
    """Return a token of the actor's brand, locked."""
    wanted = select(ApiToken).where(ApiToken.id == identifier(token))
    found = session.exec(wanted.with_for_update()).first()
    if found is None or found.brand_id != actor.brand:
        raise NotFound
    return found


def require_endpoint(session: Session, actor: Actor, endpoint: object) -> WebhookEndpoint:
    """Return an address of the actor's brand, locked."""
    wanted = select(WebhookEndpoint).where(WebhookEndpoint.id == identifier(endpoint))
    found = session.exec(wanted.with_for_update()).first()
    if found is None or found.brand_id != actor.brand:
        raise NotFound
    return found


def require_delivery(session: Session, actor: Actor, delivery: object) -> WebhookDelivery:
    """Return a delivery of the actor's brand, or of any for the portal itself; locked."""
    wanted = select(WebhookDelivery).where(WebhookDelivery.id == identifier(delivery))
    found = session.exec(wanted.with_for_update()).first()
    if found is None or not (actor.is_system or found.brand_id == actor.brand):
        raise NotFound
    return found
