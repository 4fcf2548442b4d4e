"""The second factor that somebody has, tried once."""

from sqlmodel import col, select

from portal_app.core import clock, vault
from portal_app.models import (
    Action,
    ChallengePurpose,
    PortalSession,
    PortalUser,
    RecoveryCode,
    SecondFactor,
)
from portal_app.services.identity.commands.challenges import CodeResult, try_code
from portal_app.services.identity.rules import codes, hashing
from portal_app.services.transaction import Transaction


def totp_place(user_id: str) -> str:
    """Return the one place in which a user's authenticator secret opens."""
    return f"portal_user:totp:{user_id}"


def try_factor(
    tx: Transaction,
    session: PortalSession,
    user: PortalUser,
    typed: str,
    *,
    purpose: ChallengePurpose,
) -> CodeResult:
    """Try an app code, a texted code or a recovery code; a right one is used up."""
    if codes.is_recovery_code(typed):
        return _try_recovery_code(tx, user, typed)
    if user.second_factor is SecondFactor.TEXT:
        return try_code(tx, session, purpose, typed)[0]
    if user.second_factor is SecondFactor.APP:
        return _try_app(user, typed)
    return CodeResult.WRONG


def _try_app(user: PortalUser, typed: str) -> CodeResult:
    secret = vault.opened(user.totp_secret_sealed, place=totp_place(user.id))
    counter = codes.totp_counter(secret, typed, at=clock.now(), after=user.totp_last_counter)
    if counter is None:
        return CodeResult.WRONG
    user.totp_last_counter = counter
    return CodeResult.RIGHT


def _try_recovery_code(tx: Transaction, user: PortalUser, typed: str) -> CodeResult:
    letters = codes.recovery_letters(typed)
    unused = tx.session.exec(
        select(RecoveryCode)
        .where(RecoveryCode.user_id == user.id, col(RecoveryCode.used_at).is_(None))
        .with_for_update()
    ).all()
    for code in unused:
        if hashing.matches_code(letters, code.code_hash):
            code.used_at = clock.now()
            tx.record(Action.RECOVERY_CODE_USED, "portal_user", user.id, left=len(unused) - 1)
            return CodeResult.RIGHT
    return CodeResult.WRONG
