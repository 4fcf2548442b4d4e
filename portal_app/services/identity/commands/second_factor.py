"""The step after the password."""

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid, TooMany
from portal_app.models import (
    Action,
    ChallengePurpose,
    PortalSession,
    PortalUser,
    SecondFactor,
    SessionStage,
    UserKind,
)
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits
from portal_app.services.identity.commands.challenges import (
    CodeResult,
    end_challenges,
    text_code,
)
from portal_app.services.identity.commands.factors import try_factor
from portal_app.services.identity.commands.sessions import end_session, keep_notes, rotate
from portal_app.services.identity.commands.sign_in import note_arrival
from portal_app.services.identity.policy import SIGN_IN_AGAIN, require_session, require_user
from portal_app.services.identity.queries.users import is_new_device
from portal_app.services.identity.rules import codes
from portal_app.services.identity.views import SignedIn
from portal_app.services.transaction import Transaction, transaction

NO_MOBILE = "We hold no mobile number for you any more. Use one of your recovery codes, or call us."


def confirm_second_factor(actor: Actor, *, code: str, limiter: RateLimiter) -> SignedIn:
    """Finish a sign-in with a code from the app, from a text message, or a recovery code.

    After five wrong ones the sign-in starts again from the password.
    """
    if not codes.digits(code):
        raise Invalid(code="Enter the code.")
    with transaction(actor) as tx:
        session = require_session(tx, SessionStage.SECOND_FACTOR)
        user = require_user(tx, session)
        limits.count(limiter, *limits.code_tries(user.id, actor.ip))
        result = try_factor(tx, session, user, code, purpose=ChallengePurpose.SIGN_IN)
        if result is CodeResult.RIGHT:
            limits.forgive(limiter, (limit_table.CODE_TRY_HOUR, user.id))
            return _complete(tx, session, user)
        is_over = _count_wrong(tx, session, user)
    if is_over:
        raise Conflict("That was the fifth wrong code. Sign in again with your password.")
    result.refuse()
    raise Conflict(SIGN_IN_AGAIN)


def _complete(tx: Transaction, session: PortalSession, user: PortalUser) -> SignedIn:
    next_path = str(session.notes.get("next", ""))
    is_new = is_new_device(tx.session, user, session.user_agent)
    end_challenges(tx, session)
    token = rotate(tx, session, stage=SessionStage.FULL, factors=2)
    note_arrival(tx, user, token, is_new_device=is_new)
    return SignedIn(token, user.kind is UserKind.STAFF, next_path)


def _count_wrong(tx: Transaction, session: PortalSession, user: PortalUser) -> bool:
    wrong = int(session.notes.get("wrong", 0)) + 1
    tx.record(Action.SESSION_REFUSED, "portal_user", user.id, reason="code")
    if wrong >= codes.MOST_TRIES:
        end_session(tx, session, "wrong_codes")
        return True
    keep_notes(tx, session, **session.notes | {"wrong": wrong})
    return False


def resend_code(actor: Actor, *, limiter: RateLimiter) -> None:
    """Text a new code for a sign-in; the one before stops working."""
    with transaction(actor) as tx:
        session = require_session(tx, SessionStage.SECOND_FACTOR)
        user = require_user(tx, session)
        if user.second_factor is not SecondFactor.TEXT:
            raise Conflict("Your code is in your authenticator app. There is none to send.")
        try:
            limits.count(limiter, *limits.code_sends(user.id, actor.ip, is_texted=True))
        except TooMany as refusal:
            raise TooMany(
                "We sent you a code a moment ago. Wait a minute before you ask for another."
            ) from refusal
        if not text_code(tx, session, user, ChallengePurpose.SIGN_IN):
            raise Conflict(NO_MOBILE)
