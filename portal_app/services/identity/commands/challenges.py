"""Codes that are sent: made, replaced and tried inside the transaction of whoever asks for them."""

from enum import StrEnum

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.secrets import new_code
from portal_app.models import (
    ChallengePurpose,
    ChallengeState,
    OtpChallenge,
    PortalSession,
    PortalUser,
)
from portal_app.services import notifications
from portal_app.services.identity.queries.users import mobile_number
from portal_app.services.identity.rules import codes, hashing
from portal_app.services.transaction import Transaction


class CodeResult(StrEnum):
    """What became of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    RUN_OUT = "run_out"
    USED_UP = "used_up"

    @property
    def sentence(self) -> str:
        """What the person is told, "" for a right code."""
        return _SENTENCES[self]

    def refuse(self) -> None:
        """Raise Invalid with the sentence for a code that did not fit; return if it did."""
        if self is not CodeResult.RIGHT:
            raise Invalid(code=self.sentence)


_SENTENCES = {
    CodeResult.RIGHT: "",
    CodeResult.WRONG: "That is not the code we sent. Check the newest message and try again.",
    CodeResult.RUN_OUT: "That code has run out. Codes work for 10 minutes: ask for a new one.",
    CodeResult.USED_UP: "That code was tried five times. Ask for a new one.",
}


def open_challenge(
    tx: Transaction,
    session: PortalSession,
    purpose: ChallengePurpose,
    *,
    channel: str = "email",
    user_id: str | None = None,
    account_id: str | None = None,
    new_password_hash: str = "",
    destination: str = "",
) -> tuple[OtpChallenge, str]:
    """Make a code for one session and purpose and return it; an older one stops working."""
    end_challenges(tx, session)
    code, now = new_code(), clock.now()
    made = OtpChallenge(
        session_id=session.id,
        user_id=user_id,
        purpose=purpose,
        channel=channel,
        code_hash=hashing.keep_code(code),
        created_at=now,
        expires_at=now + codes.GOOD_FOR,
        account_id=account_id,
        new_password_hash=new_password_hash,
        destination=destination,
    )
    tx.session.add(made)
    tx.session.flush()
    return made, code


def end_challenges(tx: Transaction, session: PortalSession) -> None:
    """Make every code of a session worthless."""
    still_open = select(OtpChallenge).where(
        OtpChallenge.session_id == session.id, OtpChallenge.state == ChallengeState.OPEN
    )
    for older in tx.session.exec(still_open):
        older.state = ChallengeState.VOID
    tx.session.flush()


def text_code(
    tx: Transaction, session: PortalSession, user: PortalUser, purpose: ChallengePurpose
) -> bool:
    """Text a code to the mobile number on file; say whether there is one."""
    number = mobile_number(tx.session, user)
    if not number:
        return False
    made, code = open_challenge(tx, session, purpose, channel="text", user_id=user.id)
    notifications.send_text(
        tx,
        topic="identity.code",
        brand_id=user.brand_id,
        recipient=number,
        facts={"code": code},
        dedupe_key=f"code:{made.id}",
        carries_secret=True,
    )
    return True


def newest_challenge(
    tx: Transaction, session: PortalSession, purpose: ChallengePurpose
) -> OtpChallenge | None:
    """Return the newest code of a session, locked."""
    return tx.session.exec(
        select(OtpChallenge)
        .where(OtpChallenge.session_id == session.id, OtpChallenge.purpose == purpose)
        .order_by(col(OtpChallenge.created_at).desc(), col(OtpChallenge.id).desc())
        .limit(1)
        .with_for_update()
    ).first()


def try_code(
    tx: Transaction, session: PortalSession, purpose: ChallengePurpose, typed: str
) -> tuple[CodeResult, OtpChallenge | None]:
    """Count one try of the session's newest code, and use it up if it is right.

    The caller must let its transaction commit before it refuses, or the try is not counted.
    """
    challenge = newest_challenge(tx, session, purpose)
    if challenge is None or challenge.state is not ChallengeState.OPEN:
        used_up = challenge is not None and challenge.tries >= codes.MOST_TRIES
        return (CodeResult.USED_UP if used_up else CodeResult.RUN_OUT), None
    if clock.now() >= challenge.expires_at:
        challenge.state = ChallengeState.VOID
        return CodeResult.RUN_OUT, None
    challenge.tries += 1
    is_right = codes.is_code(typed) and hashing.matches_code(
        codes.digits(typed), challenge.code_hash
    )
    if is_right:
        challenge.state = ChallengeState.USED
        return CodeResult.RIGHT, challenge
    if challenge.tries >= codes.MOST_TRIES:
        challenge.state = ChallengeState.VOID
        return CodeResult.USED_UP, None
    return CodeResult.WRONG, None


def require_challenge(
    tx: Transaction, session: PortalSession, purpose: ChallengePurpose
) -> OtpChallenge:
    """Return the newest code of a session, whatever became of it; there must be one."""
    challenge = newest_challenge(tx, session, purpose)
    if challenge is None:
        raise Conflict("There is no code to send again. Start from the beginning.")
    return challenge
