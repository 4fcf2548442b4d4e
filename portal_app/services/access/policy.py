"""Who may see and change how customers get into the portal: staff of the same brand."""

from sqlmodel import Session, select

from portal_app.core import text
from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import Account


def may_publish(actor: Actor) -> bool:
    """Say whether this actor may update the website."""
    return actor.has(Access.MANAGER)


def may_end_sessions(actor: Actor) -> bool:
    """Say whether this actor may sign a customer out."""
    return actor.has(Access.MANAGER)


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF):
        raise NotFound


def require_publisher(actor: Actor) -> None:
    """Refuse whoever may not update the website."""
    require_staff(actor)
    if not may_publish(actor):
        raise NotAllowed


def require_ender(actor: Actor) -> None:
    """Refuse whoever may not sign a customer out."""
    require_staff(actor)
    if not may_end_sessions(actor):
        raise NotAllowed


def require_customer(
    session: Session, actor: Actor, number: str, *, for_update: bool = False
) -> Account:
    """Return the account with this number, of the actor's own brand only."""
    require_staff(actor)
    wanted = select(Account).where(
        Account.number == text.key(number), Account.brand_id == actor.brand
    )
    found = session.exec(wanted.with_for_update() if for_update else wanted).first()
    if found is None:
        raise NotFound
    return found
