"""Proving again who one is, before changing how one signs in."""

from datetime import datetime, timedelta

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.models import (
    Action,
    ChallengePurpose,
    PortalSession,
    PortalUser,
    SecondFactor,
)
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits
from portal_app.services.identity.commands.challenges import CodeResult, text_code
from portal_app.services.identity.commands.factors import try_factor
from portal_app.services.identity.commands.sessions import end_session, keep_notes, rotate
from portal_app.services.identity.policy import SIGN_IN_AGAIN, require_self
from portal_app.services.identity.rules import codes, hashing
from portal_app.services.identity.views import CodeSent, Renewed
from portal_app.services.transaction import Transaction, reading, transaction

LASTS = timedelta(minutes=10)
WRONG_PASSWORD = "That is not your password. Try again."  # noqa: S105
SIGNED_OUT = "That was the fifth wrong try, so we signed you out here. Sign in again."


def step_up(
    actor: Actor, *, password: str, limiter: RateLimiter, code: str = ""
) -> Renewed | CodeSent:
    """Check the password, and the second factor of those who have one; good for ten minutes.

    Whoever has codes texted gives the password first and is sent one, then gives the code alone.
    After five wrong tries in fifteen minutes the session ends.
    """
    is_right = bool(password) and hashing.matches(password, _kept_hash(actor))
    with transaction(actor) as tx:
        session, user = require_self(tx)
        has_proved = is_right or _has_proved_password(session)
        if has_proved and user.second_factor is SecondFactor.TEXT and not codes.digits(code):
            return _send(tx, session, user, limiter)
        result = _try(tx, session, user, code, limiter) if has_proved else None
        if result is CodeResult.RIGHT:
            return _renew(tx, session, user, limiter)
        is_over = count_wrong(tx, session, user, limiter)
    if is_over:
        raise Conflict(SIGNED_OUT)
    if result is None:
        raise Invalid(password=WRONG_PASSWORD if password else "Enter your password.")
    result.refuse()
    raise Conflict(SIGN_IN_AGAIN)


def _kept_hash(actor: Actor) -> str | None:
    with reading() as session:
        user = session.get(PortalUser, actor.user_id) if actor.user_id else None
        return user.password_hash if user else None


def _has_proved_password(session: PortalSession) -> bool:
    proved_at = session.notes.get("password_proved_at")
    return bool(proved_at) and datetime.fromisoformat(str(proved_at)) + LASTS > clock.now()


def _send(
    tx: Transaction, session: PortalSession, user: PortalUser, limiter: RateLimiter
) -> CodeSent:
    limits.count(limiter, *limits.code_sends(user.id, tx.actor.ip, is_texted=True))
    if not text_code(tx, session, user, ChallengePurpose.STEP_UP):
        raise Conflict(
            "We hold no mobile number for you any more. Confirm with one of your recovery codes."
        )
    keep_notes(tx, session, password_proved_at=clock.now().isoformat())
    return CodeSent()


def _try(
    tx: Transaction, session: PortalSession, user: PortalUser, code: str, limiter: RateLimiter
) -> CodeResult:
    if user.second_factor is SecondFactor.NONE:
        return CodeResult.RIGHT
    limits.count(limiter, *limits.code_tries(user.id, tx.actor.ip))
    return try_factor(tx, session, user, code, purpose=ChallengePurpose.STEP_UP)


def _renew(
    tx: Transaction, session: PortalSession, user: PortalUser, limiter: RateLimiter
) -> Renewed:
    limits.forgive(limiter, (limit_table.STEP_UP, session.id), (limit_table.CODE_TRY_HOUR, user.id))
    tx.record(Action.SESSION_STEPPED_UP, "portal_user", user.id)
    return Renewed(rotate(tx, session, stepped_up_until=clock.now() + LASTS))


def count_wrong(
    tx: Transaction, session: PortalSession, user: PortalUser, limiter: RateLimiter
) -> bool:
    """Count a wrong password or code of somebody signed in; say whether that ended the session."""
    tx.record(Action.SESSION_REFUSED, "portal_user", user.id, reason="step_up")
    limits.has_room(limiter, (limit_table.STEP_UP, session.id))
    is_over = not limits.is_open(limiter, (limit_table.STEP_UP, session.id))
    if is_over:
        end_session(tx, session, "wrong_step_up")
    return is_over
