"""Sessions: opened, changed and ended inside the transaction of whoever does so."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.secrets import fingerprint, new_token
from portal_app.core.settings import settings
from portal_app.models import PortalSession, PortalUser, SessionStage, UserKind
from portal_app.services.identity.rules.devices import browser_words
from portal_app.services.transaction import Transaction, transaction

MOST_SESSIONS = 10
PARTIAL_MINUTES = 30


def _limits(kind: UserKind | None, stage: SessionStage) -> tuple[timedelta, timedelta]:
    """Return how long a session may be silent, and how long it may last."""
    chosen = settings()
    if stage is SessionStage.APPLICATION:
        idle = timedelta(minutes=chosen.consumer_idle_minutes)
        return idle, timedelta(hours=chosen.consumer_hours)
    if stage is not SessionStage.FULL or kind is None:
        return timedelta(minutes=PARTIAL_MINUTES), timedelta(minutes=PARTIAL_MINUTES)
    if kind is UserKind.STAFF:
        return timedelta(minutes=chosen.staff_idle_minutes), timedelta(hours=chosen.staff_hours)
    return timedelta(minutes=chosen.consumer_idle_minutes), timedelta(hours=chosen.consumer_hours)


def open_session(
    tx: Transaction,
    *,
    brand_id: str,
    user_id: str | None,
    stage: SessionStage,
    factors: int = 0,
    user_agent: str = "",
    ip: str = "",
    account_id: str | None = None,
    invitation_id: str | None = None,
) -> tuple[PortalSession, str]:
    """Start a session and return it with its token, which is not kept anywhere.

    A user holds at most ten full sessions; the oldest gives way.
    """
    now, token = clock.now(), new_token()
    user = tx.session.get(PortalUser, user_id) if user_id else None
    idle, longest = _limits(user.kind if user else None, stage)
    made = PortalSession(
        brand_id=brand_id,
        token_hash=fingerprint(token),
        user_id=user_id,
        account_id=account_id,
        invitation_id=invitation_id,
        stage=stage,
        factors=factors,
        created_at=now,
        last_seen_at=now,
        idle_until=now + idle,
        absolute_until=now + longest,
        user_agent=browser_words(user_agent),
        ip=ip[:45],
    )
    tx.session.add(made)
    tx.session.flush()
    if user and stage is SessionStage.FULL:
        _make_room(tx, user.id)
    return made, token


def _make_room(tx: Transaction, user_id: str) -> None:
    for surplus in live_sessions(tx, user_id)[MOST_SESSIONS:]:
        end_session(tx, surplus, "too_many")


def live_sessions(tx: Transaction, user_id: str) -> list[PortalSession]:
    """Return a user's full sessions that have not ended, newest first."""
    now = clock.now()
    found = tx.session.exec(
        select(PortalSession)
        .where(PortalSession.user_id == user_id, PortalSession.stage == SessionStage.FULL)
        .where(col(PortalSession.revoked_at).is_(None), PortalSession.absolute_until > now)
        .where(PortalSession.idle_until > now)
        .order_by(col(PortalSession.created_at).desc(), col(PortalSession.id).desc())
    )
    return list(found)


def rotate(tx: Transaction, session: PortalSession, **changes: Any) -> str:
    """End a session and start one like it with `changes`; return the new token.

    Done at every rise in trust, so that a token seen before is worth nothing after.
    """
    kept: dict[str, Any] = {
        "brand_id": session.brand_id,
        "user_id": session.user_id,
        "stage": session.stage,
        "factors": session.factors,
        "user_agent": session.user_agent,
        "ip": session.ip,
        "account_id": session.account_id,
        "invitation_id": session.invitation_id,
    }
    stepped_up_until = changes.pop("stepped_up_until", session.stepped_up_until)
    made, token = open_session(tx, **kept | changes)
    made.stepped_up_until = stepped_up_until
    if made.stage is session.stage and made.user_id == session.user_id:
        made.absolute_until = session.absolute_until  # rotation prolongs nothing
    end_session(tx, session, "rotated")
    return token


def end_session(tx: Transaction, session: PortalSession, reason: str) -> None:
    """End one session now; its open tabs are cut off when this commits."""
    if session.revoked_at is None:
        session.revoked_at, session.revoked_reason = clock.now(), reason
        session.notes = {}
        tx.touch(f"session:{session.id}")


def end_sessions_of(tx: Transaction, user_id: str, reason: str, *, keep: str = "") -> int:
    """End a user's sessions of every stage but the one with id `keep`; return how many."""
    found = tx.session.exec(
        select(PortalSession)
        .where(PortalSession.user_id == user_id, col(PortalSession.revoked_at).is_(None))
        .where(PortalSession.id != keep)
    ).all()
    for session in found:
        end_session(tx, session, reason)
    return len(found)


def keep_notes(tx: Transaction, session: PortalSession, **notes: Any) -> None:
    """Remember what a refused form held until its page has shown it; never a password."""
    tx.session.add(session)
    session.notes = notes


def stay(actor: Actor) -> int:
    """Note that the person is still there; return how many seconds they may now be silent."""
    if actor.is_anonymous or not actor.session_id:
        return 0
    with transaction(actor) as tx:
        session = tx.session.get(PortalSession, actor.session_id)
        user = tx.session.get(PortalUser, actor.user_id) if actor.user_id else None
        if session is None or (user is None and not actor.is_guest):
            return 0
        idle, _ = _limits(user.kind if user else None, session.stage)
        session.last_seen_at = clock.now()
        session.idle_until = min(session.last_seen_at + idle, session.absolute_until)
        return int((session.idle_until - session.last_seen_at).total_seconds())
