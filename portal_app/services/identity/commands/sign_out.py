"""Leaving: here, on another device, everywhere."""

from sqlmodel import select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Action, PortalSession, SessionStage
from portal_app.services.identity.commands.sessions import end_session, end_sessions_of
from portal_app.services.identity.policy import require_self, require_stepped_up
from portal_app.services.transaction import transaction


def sign_out(actor: Actor) -> None:
    """End this browser's session and every tab of it; harmless when there is none."""
    if not actor.session_id:
        return
    with transaction(actor) as tx:
        session = tx.session.get(PortalSession, actor.session_id, with_for_update=True)
        if session is not None and session.revoked_at is None:
            end_session(tx, session, "signed_out")
            tx.record(Action.SESSION_ENDED, "portal_user", session.user_id or "")


def sign_out_everywhere(actor: Actor) -> int:
    """End every session of this person, this one too; return how many."""
    require_stepped_up(actor)
    with transaction(actor) as tx:
        _, user = require_self(tx)
        ended = end_sessions_of(tx, user.id, "signed_out_everywhere")
        tx.record(Action.SESSIONS_ENDED, "portal_user", user.id, sessions=ended, this_too=True)
        return ended


def end_other_sessions(actor: Actor) -> int:
    """End every session of this person but this one; return how many."""
    require_stepped_up(actor)
    with transaction(actor) as tx:
        session, user = require_self(tx)
        ended = end_sessions_of(tx, user.id, "signed_out_elsewhere", keep=session.id)
        tx.record(Action.SESSIONS_ENDED, "portal_user", user.id, sessions=ended, this_too=False)
        return ended


def end_device(actor: Actor, *, device: str) -> None:
    """End one other session of this person; nobody else's can be found here."""
    require_stepped_up(actor)
    with transaction(actor) as tx:
        _, user = require_self(tx)
        found = tx.session.exec(
            select(PortalSession)
            .where(PortalSession.id == text.key(device), PortalSession.user_id == user.id)
            .where(PortalSession.stage == SessionStage.FULL)
            .with_for_update()
        ).first()
        if found is None or found.revoked_at is not None:
            raise NotFound("That device is signed out already.")
        end_session(tx, found, "signed_out_elsewhere")
        tx.record(Action.SESSIONS_ENDED, "portal_user", user.id, sessions=1, this_too=False)
