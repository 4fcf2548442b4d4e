"""What every link has in common: it is pressed, it opens a way in, and another is asked for.

A link to set up an account and one to an application differ in what comes after (S0-09, S2-01).
"""

from typing import Protocol

from portal_app.core import clock
from portal_app.core.errors import Conflict
from portal_app.models import Action, Invitation, PortalSession, SessionStage
from portal_app.ports import RateLimiter
from portal_app.services import identity, limits
from portal_app.services.invitations.commands.issuing import announce, move
from portal_app.services.invitations.rules import RENEWABLE, Event, Standing
from portal_app.services.transaction import Transaction

NOT_GOOD = "This link no longer works. This page says why, and what to do."
NOT_KNOWN = "We do not know this link. Check that you have the whole of it."
NOTHING_TO_ASK = "You need no new link: this page says what to do."


class Held(Protocol):
    """A link, locked, and what it is worth now."""

    @property
    def invitation(self) -> Invitation:
        """The link itself."""
        ...

    @property
    def standing(self) -> Standing:
        """What it is worth."""
        ...


def open_way(
    tx: Transaction,
    link: Held | None,
    *,
    stage: SessionStage,
    limiter: RateLimiter,
    user_agent: str,
) -> tuple[PortalSession, str] | None:
    """Open a session that stands for a link from now on, and return it with its token.

    So the link need not stay in any address, and the browser's own session ends. None if this
    browser is using the link already. Raises Conflict for a link that is unknown or over.
    """
    if link is None:
        raise Conflict(NOT_KNOWN)
    if link.standing is not Standing.GOOD:
        raise Conflict(NOT_GOOD)
    mine, invitation = tx.actor.session_id, link.invitation
    earlier = tx.session.get(PortalSession, mine) if mine else None
    if earlier is not None and _is_using(earlier, invitation, stage):
        return None
    limits.count(limiter, *limits.link_uses(invitation.id))
    if earlier is not None:
        identity.end_session(tx, earlier, "link_opened")
    if invitation.opened_at is None:
        invitation.opened_at = clock.now()
        move(tx, invitation, Event.OPEN)
    tx.record(Action.INVITATION_OPENED, "invitation", invitation.id)
    announce(tx, invitation)
    return identity.open_session(
        tx,
        brand_id=invitation.brand_id,
        user_id=None,
        stage=stage,
        invitation_id=invitation.id,
        user_agent=user_agent,
        ip=tx.actor.ip,
    )


def ask_for_another(tx: Transaction, link: Held | None, *, limiter: RateLimiter) -> None:
    """Tell staff that the holder of a link that is over would like another one (S2-10).

    Nothing is sent by itself. Asking twice is the same as asking once.
    """
    if link is None:
        raise Conflict(NOT_KNOWN)
    if link.standing not in RENEWABLE:
        raise Conflict(NOTHING_TO_ASK)
    invitation = link.invitation
    limits.count(limiter, *limits.link_uses(invitation.id))
    if invitation.renewal_asked_at is None:
        invitation.renewal_asked_at = clock.now()
        tx.record(Action.INVITATION_RENEWAL_ASKED, "invitation", invitation.id)
        announce(tx, invitation)


def _is_using(session: PortalSession, invitation: Invitation, stage: SessionStage) -> bool:
    is_alive = session.revoked_at is None and session.absolute_until > clock.now()
    return is_alive and session.invitation_id == invitation.id and session.stage is stage
