"""Signing in with a phone number or email address and a password."""

from dataclasses import dataclass

from sqlmodel import select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, NotAllowed
from portal_app.core.secrets import fingerprint
from portal_app.models import (
    Action,
    ChallengePurpose,
    PortalSession,
    PortalUser,
    SecondFactor,
    SessionStage,
    UserKind,
    UserStatus,
)
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits, phones
from portal_app.services.contact_details import LONGEST_EMAIL
from portal_app.services.identity.commands import guesses
from portal_app.services.identity.commands.challenges import text_code
from portal_app.services.identity.commands.notices import tell_user
from portal_app.services.identity.commands.sessions import end_session, keep_notes, open_session
from portal_app.services.identity.queries.users import (
    Found,
    find_user,
    is_new_device,
    must_have_factor,
)
from portal_app.services.identity.rules import hashing
from portal_app.services.identity.rules.devices import device_label
from portal_app.services.identity.rules.identifiers import (
    Identifier,
    is_phone_typed_twice,
)
from portal_app.services.identity.rules.identifiers import identifier as read_identifier
from portal_app.services.identity.views import (
    ActivationStarted,
    EnrolmentNeeded,
    SecondFactorNeeded,
    SignedIn,
    SignInOutcome,
)
from portal_app.services.transaction import Transaction, reading, transaction

WRONG = (
    "That phone number or email address and that password do not belong together. "
    "Check both, then try again."
)
# What is left to somebody whose codes were texted to a number that we no longer hold.
RECOVERY = "recovery"
_LONGEST_PATH = 2_000
PAUSED = "Your access to the portal is paused. Your password is kept. Call us to find out why."


@dataclass(frozen=True, slots=True)
class _Browser:
    user_agent: str
    next_path: str


def sign_in(
    actor: Actor,
    *,
    identifier: str,
    password: str,
    limiter: RateLimiter,
    user_agent: str = "",
    next_path: str = "",
) -> SignInOutcome:
    """Check a password and open the session that it earns.

    A phone number typed in both fields starts registration while nobody signs in with that number
    (S3-11): the same for numbers that we know and those that we do not. Raises Invalid with one
    sentence for an unknown name and a wrong password, TooMany when tried too often.
    """
    password = hashing.canonical(password)
    typed = text.key(identifier, longest=LONGEST_EMAIL)
    _demand(typed, password)
    browser = _Browser(user_agent, text.key(next_path, longest=_LONGEST_PATH))
    with reading() as session:
        countries = phones.countries(session, actor.brand)
        who = read_identifier(typed, countries)
        found = find_user(session, actor.brand, who, ip=actor.ip)
    guesses.count(actor, who, found, limiter)
    is_right = hashing.matches(password, found.password_hash)
    if is_phone_typed_twice(who, password, countries) and not found.is_active:
        return _start_activation(actor, phones.shown_again(typed), browser, limiter)
    if not is_right:
        return _refuse(actor, found, limiter)
    if found.status is UserStatus.SUSPENDED:
        raise NotAllowed(PAUSED)
    return _admit(actor, found, who, password, browser, limiter)


def _demand(typed: str, password: str) -> None:
    problems = {
        "identifier": "" if typed else "Enter your phone number or email address.",
        "password": "" if password else "Enter your password.",
    }
    if any(problems.values()):
        raise Invalid(**{name: words for name, words in problems.items() if words})


def _refuse(actor: Actor, found: Found, limiter: RateLimiter) -> SignInOutcome:
    limits.has_room(
        limiter,
        (limit_table.SIGN_IN_NETWORK, limits.network(actor.ip)),
        (limit_table.SIGN_IN_ALL, ""),
    )
    with transaction(actor) as tx:
        tx.record(Action.SESSION_REFUSED, "portal_user", found.user_id, reason="password")
    raise Invalid(identifier=WRONG)


def _start_activation(
    actor: Actor, phone: str, browser: _Browser, limiter: RateLimiter
) -> ActivationStarted:
    limits.count(
        limiter,
        *limits.proofs(actor.ip),
    )
    with transaction(actor) as tx:
        _leave_earlier(tx)
        session, token = open_session(
            tx,
            brand_id=actor.brand,
            user_id=None,
            stage=SessionStage.ACTIVATION,
            user_agent=browser.user_agent,
            ip=actor.ip,
        )
        keep_notes(tx, session, phone=phone)
        tx.record(Action.REGISTRATION_STARTED, "portal_session", session.id)
    return ActivationStarted(token)


def _admit(
    actor: Actor,
    found: Found,
    who: Identifier,
    password: str,
    browser: _Browser,
    limiter: RateLimiter,
) -> SignInOutcome:
    with transaction(actor) as tx:
        user = tx.session.get(PortalUser, found.user_id, with_for_update=True)
        # Changed since it was read, outside this transaction because comparing is slow.
        is_current = user is not None and user.password_hash == found.password_hash
        if user is None or not is_current or user.status is not UserStatus.ACTIVE:
            raise Invalid(identifier=WRONG)
        guesses.forgive(actor, who, found, limiter)
        if found.password_hash and hashing.is_outdated(found.password_hash):
            user.password_hash = hashing.keep(password)
        _leave_earlier(tx)
        return _open(tx, user, browser, limiter)


def _open(
    tx: Transaction, user: PortalUser, browser: _Browser, limiter: RateLimiter
) -> SignInOutcome:
    stage = _stage(tx, user)
    if stage is SessionStage.SECOND_FACTOR and user.second_factor is SecondFactor.TEXT:
        limits.count(limiter, *limits.code_sends(user.id, tx.actor.ip, is_texted=True))
    is_new = stage is SessionStage.FULL and is_new_device(tx.session, user, browser.user_agent)
    session, token = open_session(
        tx,
        brand_id=user.brand_id,
        user_id=user.id,
        stage=stage,
        factors=1,
        user_agent=browser.user_agent,
        ip=tx.actor.ip,
    )
    if stage is SessionStage.FULL:
        note_arrival(tx, user, token, is_new_device=is_new)
        return SignedIn(token, user.kind is UserKind.STAFF, browser.next_path)
    factor = user.second_factor.value
    if user.second_factor is SecondFactor.TEXT:
        is_sent = text_code(tx, session, user, ChallengePurpose.SIGN_IN)
        factor = factor if is_sent else RECOVERY
    keep_notes(tx, session, next=browser.next_path, factor=factor)
    if stage is SessionStage.ENROLMENT:
        return EnrolmentNeeded(token)
    return SecondFactorNeeded(token, factor)


def _stage(tx: Transaction, user: PortalUser) -> SessionStage:
    if user.second_factor is not SecondFactor.NONE:
        return SessionStage.SECOND_FACTOR
    if must_have_factor(tx.session, user):
        return SessionStage.ENROLMENT
    return SessionStage.FULL


def _leave_earlier(tx: Transaction) -> None:
    """End whatever session this browser had: nothing that was known before is worth anything."""
    earlier = tx.session.get(PortalSession, tx.actor.session_id) if tx.actor.session_id else None
    if earlier:
        end_session(tx, earlier, "signed_in_again")


def note_arrival(tx: Transaction, user: PortalUser, token: str, *, is_new_device: bool) -> None:
    """Write down that somebody is in, and tell them if it is from a browser not seen before."""
    session = tx.session.exec(
        select(PortalSession).where(PortalSession.token_hash == fingerprint(token))
    ).one()
    device = device_label(session.user_agent)
    user.last_login_at = clock.now()
    tx.record(
        Action.SESSION_STARTED,
        "portal_user",
        user.id,
        session=session.id,
        factors=session.factors,
        device=device,
    )
    if is_new_device:
        tell_user(tx, user, "identity.new_device", device=device)
