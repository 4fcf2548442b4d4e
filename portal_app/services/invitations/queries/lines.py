"""From a row of the table to what staff see of a link."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.models import Invitation
from portal_app.services.invitations.rules import PURPOSE, state_at
from portal_app.services.invitations.views import InvitationLine


def line_of(found: Invitation) -> InvitationLine:
    """Return what staff see of a link, in the state in which it is now."""
    return InvitationLine(
        id=found.id,
        state=state_at(found.state, found.expires_at, clock.now()).value,
        method=found.method.value,
        invited_by=found.invited_by,
        is_verified=found.verified_by_staff is not None,
        note=found.verification_note,
        created_at=found.created_at,
        expires_at=found.expires_at,
        opened_at=found.opened_at,
        activated_at=found.activated_at,
        ended_at=found.ended_at,
        asked_at=found.renewal_asked_at,
    )


def newest_of(session: Session, people: Collection[str]) -> dict[str, InvitationLine]:
    """Return each person's newest link; a wish for a new one counts whichever link it was."""
    rows = session.exec(
        select(Invitation)
        .where(col(Invitation.person_id).in_(people), Invitation.purpose == PURPOSE)
        .order_by(col(Invitation.created_at), col(Invitation.id))
    )
    return {row.person_id: line_of(row) for row in rows}
