"""Writing down that links have run out; they stopped working at their very second anyway."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Invitation
from portal_app.services.invitations import policy
from portal_app.services.invitations.commands.issuing import move
from portal_app.services.invitations.rules import LIVE, Event
from portal_app.services.transaction import transaction

BATCH = 500


def expire_invitations(actor: Actor) -> int:
    """Mark every link whose seven days are over; return how many. The portal's own work."""
    policy.require_system(actor)
    marked, is_finished = 0, False
    while not is_finished:
        with transaction(actor) as tx:
            over = tx.session.exec(
                select(Invitation)
                .where(col(Invitation.state).in_(LIVE), col(Invitation.expires_at) <= clock.now())
                .order_by(col(Invitation.id))
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            ).all()
            for invitation in over:
                move(tx, invitation, Event.EXPIRE)
        marked += len(over)
        is_finished = len(over) < BATCH
    return marked
