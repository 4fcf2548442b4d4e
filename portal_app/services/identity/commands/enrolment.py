"""Switching a second factor on and off, and the codes for the day it is lost."""

import segno
from sqlmodel import col, select

from portal_app.core import clock, vault
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid, NotAllowed
from portal_app.models import (
    Action,
    ChallengePurpose,
    PortalSession,
    PortalUser,
    RecoveryCode,
    SecondFactor,
    SessionStage,
    UserKind,
)
from portal_app.ports import RateLimiter
from portal_app.services import limits
from portal_app.services.identity.commands.challenges import (
    CodeResult,
    end_challenges,
    text_code,
    try_code,
)
from portal_app.services.identity.commands.factors import totp_place
from portal_app.services.identity.commands.notices import tell_user
from portal_app.services.identity.commands.sessions import end_sessions_of, keep_notes, rotate
from portal_app.services.identity.commands.sign_in import note_arrival
from portal_app.services.identity.commands.step_up import (
    LASTS,
    SIGNED_OUT,
    WRONG_PASSWORD,
    count_wrong,
)
from portal_app.services.identity.policy import (
    CONFIRM_FIRST,
    require_self,
    require_session,
    require_stepped_up,
    require_user,
)
from portal_app.services.identity.queries.users import (
    brand_name,
    contact_email,
    is_new_device,
    mobile_number,
    must_have_factor,
)
from portal_app.services.identity.rules import codes, hashing
from portal_app.services.identity.rules.passwords import SHORTEST_ALONE
from portal_app.services.identity.views import AppEnrolment, SignedIn
from portal_app.services.transaction import Transaction, transaction

BEGIN_AGAIN = "Start again: choose how you want to get your codes."
_WORDS = {SecondFactor.APP: "an authenticator app", SecondFactor.TEXT: "codes by text message"}


def start_app_enrolment(actor: Actor) -> AppEnrolment:
    """Return what an authenticator app needs; the same again until it is confirmed."""
    with transaction(actor) as tx:
        session, user = _require_enrolling(tx)
        place = _pending_place(session)
        sealed = str(session.notes.get("totp", ""))
        secret = vault.opened(sealed, place=place) if sealed else codes.new_totp_secret()
        if not sealed:
            end_challenges(tx, session)
            sealed = vault.keep(secret, place=place)
            keep_notes(tx, session, **session.notes | {"totp": sealed})
        is_staff = user.kind is UserKind.STAFF
        can_text = bool(mobile_number(tx.session, user)) and not is_staff
        address = codes.totp_address(
            secret,
            name=contact_email(tx.session, user) or "portal",
            issuer=brand_name(tx.session, user.brand_id),
        )
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff")
    return AppEnrolment(picture, secret, can_text)


def start_text_enrolment(actor: Actor, *, limiter: RateLimiter) -> None:
    """Text a code to the mobile number on file, to prove that it is in reach."""
    with transaction(actor) as tx:
        session, user = _require_enrolling(tx)
        if user.kind is UserKind.STAFF:
            raise NotAllowed("Staff sign in with an authenticator app.")
        limits.count(limiter, *limits.code_sends(user.id, actor.ip, is_texted=True))
        keep_notes(tx, session, **{k: v for k, v in session.notes.items() if k != "totp"})
        if not text_code(tx, session, user, ChallengePurpose.ENROLMENT):
            raise Conflict("We hold no mobile number for you. Ask your store to add it.")


def confirm_enrolment(actor: Actor, *, code: str, limiter: RateLimiter) -> SignedIn:
    """Switch the second factor on with a first code; the browser gets a new token.

    Somebody who had to have one before they could come in is now signed in.
    """
    with transaction(actor) as tx:
        session, user = _require_enrolling(tx)
        limits.count(limiter, *limits.code_tries(user.id, actor.ip))
        result, factor = _try_first_code(tx, session, user, code)
        if result is CodeResult.RIGHT:
            return _switch_on(tx, session, user, factor)
        tx.record(Action.SESSION_REFUSED, "portal_user", user.id, reason="enrolment")
    result.refuse()
    raise Conflict(BEGIN_AGAIN)


def _require_enrolling(tx: Transaction) -> tuple[PortalSession, PortalUser]:
    session = require_session(tx, SessionStage.FULL, SessionStage.ENROLMENT)
    if session.stage is SessionStage.FULL:
        require_stepped_up(tx.actor)
    user = require_user(tx, session)
    # Nobody who knows only the password may put their own factor in the place of another.
    if session.stage is SessionStage.ENROLMENT and user.second_factor is not SecondFactor.NONE:
        raise NotAllowed(CONFIRM_FIRST)
    return session, user


def _try_first_code(
    tx: Transaction, session: PortalSession, user: PortalUser, typed: str
) -> tuple[CodeResult, SecondFactor]:
    if not (sealed := str(session.notes.get("totp", ""))):
        return try_code(tx, session, ChallengePurpose.ENROLMENT, typed)[0], SecondFactor.TEXT
    secret = vault.opened(sealed, place=_pending_place(session))
    counter = codes.totp_counter(secret, typed, at=clock.now(), after=0)
    if counter is None:
        return CodeResult.WRONG, SecondFactor.APP
    user.totp_secret_sealed = vault.keep(secret, place=totp_place(user.id))
    user.totp_last_counter = counter
    return CodeResult.RIGHT, SecondFactor.APP


def _switch_on(
    tx: Transaction, session: PortalSession, user: PortalUser, factor: SecondFactor
) -> SignedIn:
    was_full = session.stage is SessionStage.FULL
    next_path = str(session.notes.get("next", ""))
    is_new = not was_full and is_new_device(tx.session, user, session.user_agent)
    user.second_factor = factor
    user.version += 1
    if factor is SecondFactor.TEXT:
        user.totp_secret_sealed = ""
    _forget_recovery_codes(tx, user)
    tx.record(Action.FACTOR_ENABLED, "portal_user", user.id, factor=factor.value)
    tell_user(tx, user, "identity.second_factor_on", factor=_WORDS[factor])
    end_challenges(tx, session)
    until = clock.now() + LASTS
    token = rotate(tx, session, stage=SessionStage.FULL, factors=2, stepped_up_until=until)
    if not was_full:
        note_arrival(tx, user, token, is_new_device=is_new)
    return SignedIn(token, user.kind is UserKind.STAFF, next_path)


def disable_second_factor(actor: Actor, *, password: str, limiter: RateLimiter) -> SignedIn:
    """Switch the second factor off, where it is not compulsory.

    The password is asked for because from now on it stands alone, and must be long enough to.
    Wrong ones are counted: the fifth ends the session, as it does at `step_up`.
    """
    require_stepped_up(actor)
    with transaction(actor) as tx:
        session, user = require_self(tx)
        if must_have_factor(tx.session, user):
            raise NotAllowed("You need a second step to sign in, so it cannot be switched off.")
        if hashing.matches(password, user.password_hash):
            _switch_off(tx, user, password)
            return SignedIn(rotate(tx, session, factors=1), is_staff=False)
        is_over = count_wrong(tx, session, user, limiter)
    if is_over:
        raise Conflict(SIGNED_OUT)
    raise Invalid(password=WRONG_PASSWORD)


def _switch_off(tx: Transaction, user: PortalUser, password: str) -> None:
    if len(hashing.canonical(password)) < SHORTEST_ALONE:
        raise Invalid(
            password=f"Without a second step your password needs {SHORTEST_ALONE} characters. "
            "Change it first, then switch the second step off."
        )
    user.second_factor, user.totp_secret_sealed = SecondFactor.NONE, ""
    user.version += 1
    _forget_recovery_codes(tx, user)
    tx.record(Action.FACTOR_DISABLED, "portal_user", user.id)
    tell_user(tx, user, "identity.second_factor_off")


def make_recovery_codes(actor: Actor) -> list[str]:
    """Make ten new recovery codes and return them, for the only time; older ones stop working."""
    require_stepped_up(actor)
    fresh = [codes.new_recovery_code() for _ in range(codes.RECOVERY_CODES)]
    hashes = [hashing.keep_code(codes.recovery_letters(code)) for code in fresh]
    with transaction(actor) as tx:
        _, user = require_self(tx)
        if user.second_factor is SecondFactor.NONE:
            raise Conflict("Recovery codes stand in for a second step. Switch one on first.")
        _forget_recovery_codes(tx, user)
        tx.session.add_all(RecoveryCode(user_id=user.id, code_hash=kept) for kept in hashes)
        tx.record(Action.RECOVERY_CODES_MADE, "portal_user", user.id, codes=len(fresh))
        tell_user(tx, user, "identity.recovery_codes_made")
    return fresh


def _forget_recovery_codes(tx: Transaction, user: PortalUser) -> None:
    unused = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id, col(RecoveryCode.used_at).is_(None)
    )
    for code in tx.session.exec(unused):
        tx.session.delete(code)
    tx.session.flush()


def _pending_place(session: PortalSession) -> str:
    return f"portal_session:totp:{session.id}"


def forget_second_factor(tx: Transaction, user: PortalUser, *, note: str) -> None:
    """Take off a second factor that was lost; every session ends and the owner is told.

    Without one nothing is done: the same click may come twice.
    """
    if user.second_factor is SecondFactor.NONE:
        return
    user.second_factor, user.totp_secret_sealed = SecondFactor.NONE, ""
    user.version += 1
    _forget_recovery_codes(tx, user)
    end_sessions_of(tx, user.id, "second_factor_removed")
    tx.record(Action.FACTOR_DISABLED, "portal_user", user.id, by_staff=True, note=note)
    tell_user(tx, user, "identity.second_factor_off")
