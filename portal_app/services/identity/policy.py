"""Who may do what to a sign-in: its owner, once they have proved again who they are."""

from sqlmodel import select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import PortalSession, PortalUser, SessionStage, UserStatus
from portal_app.services.transaction import Transaction

SIGN_IN_AGAIN = "That took too long, or was finished in another window. Sign in again."
CONFIRM_FIRST = "Confirm your password first. Then you can change how you sign in."


def require_session(tx: Transaction, *stages: SessionStage) -> PortalSession:
    """Return the actor's own session, locked, if it has come exactly as far as this."""
    found = None
    if tx.actor.session_id:
        found = tx.session.exec(
            select(PortalSession).where(PortalSession.id == tx.actor.session_id).with_for_update()
        ).first()
    if found is None or found.revoked_at is not None or found.stage not in stages:
        raise Conflict(SIGN_IN_AGAIN)
    return found


def require_user(tx: Transaction, session: PortalSession) -> PortalUser:
    """Return the session's user, locked, if they may sign in."""
    found = None
    if session.user_id:
        found = tx.session.exec(
            select(PortalUser).where(PortalUser.id == session.user_id).with_for_update()
        ).first()
    if found is None or found.status is not UserStatus.ACTIVE:
        raise Conflict(SIGN_IN_AGAIN)
    return found


def require_self(tx: Transaction) -> tuple[PortalSession, PortalUser]:
    """Return the session and user of somebody who is signed in."""
    session = require_session(tx, SessionStage.FULL)
    return session, require_user(tx, session)


def require_stepped_up(actor: Actor) -> None:
    """Refuse who has not proved again, within ten minutes, who they are."""
    if not actor.is_stepped_up:
        raise NotAllowed(CONFIRM_FIRST)
