"""Marking what a person was told as read."""

from sqlmodel import col, select, update

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.models import Notification
from portal_app.services.notifications import policy
from portal_app.services.transaction import transaction


def mark_read(actor: Actor, *, notification_id: str) -> None:
    """Mark one notification as read; doing it twice changes nothing."""
    with transaction(actor) as tx:
        notice = policy.require_told(actor, tx.session.get(Notification, text.key(notification_id)))
        if notice.read_at is None:
            notice.read_at = clock.now()
            tx.session.add(notice)
            tx.touch(f"person:{actor.person_id}")


def mark_all_read(actor: Actor) -> int:
    """Mark everything this person was told as read, and return how many that were."""
    with transaction(actor) as tx:
        unread = select(Notification.id).where(
            policy.told_to(actor), col(Notification.read_at).is_(None)
        )
        marked = tx.session.exec(
            update(Notification)
            .where(col(Notification.id).in_(unread))
            .values(read_at=clock.now())
            .execution_options(synchronize_session=False)
        ).rowcount
        if marked:
            tx.touch(f"person:{actor.person_id}")
        return marked
