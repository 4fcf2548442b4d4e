"""Finishing a registration with the code that was sent."""

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.text import key as readable
from portal_app.models import (
    Account,
    Action,
    ChallengePurpose,
    OtpChallenge,
    Person,
    PortalAccess,
    PortalSession,
    SessionStage,
)
from portal_app.ports import RateLimiter
from portal_app.services import identity, limits
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.commands.joining import open_own_accounts
from portal_app.services.access.commands.registration import places_of, send_code
from portal_app.services.access.queries.facts import facts_of
from portal_app.services.access.rules import AccountFacts, Event, after
from portal_app.services.identity import CodeResult
from portal_app.services.transaction import Transaction, transaction

REGISTERED = "You can now sign in with your phone number and new password."
NO_LONGER = "This registration can no longer be finished. Start again, or call us."


def confirm_registration(actor: Actor, *, code: str, limiter: RateLimiter) -> str:
    """Use the code, give the owner a sign-in, and return the sentence that says so (S3-14).

    Nobody is signed in by it. Raises Invalid for a wrong code, alike for codes never sent.
    """
    if not readable(code):
        raise Invalid(code="Enter the code from the email.")
    with transaction(actor) as tx:
        session = identity.require_session(tx, SessionStage.ACTIVATION)
        challenge = identity.newest_challenge(tx, session, ChallengePurpose.REGISTRATION)
        limits.count(limiter, *limits.code_tries(_counted_for(session, challenge), actor.ip))
        result, used = identity.try_code(tx, session, ChallengePurpose.REGISTRATION, code)
        if used is not None and used.account_id and _register(tx, used):
            identity.end_session(tx, session, "registered")
            return REGISTERED
        tx.record(Action.SESSION_REFUSED, "portal_session", session.id, reason="registration")
    if used is not None and used.account_id:
        raise Conflict(NO_LONGER)
    # A code that was never sent cannot be right, even when it is guessed.
    (CodeResult.WRONG if result is CodeResult.RIGHT else result).refuse()
    raise Conflict(NO_LONGER)


def _counted_for(session: PortalSession, challenge: OtpChallenge | None) -> str:
    """Return whom tries count for: the account, or the browser where none is at stake."""
    account_id = challenge.account_id if challenge else None
    return f"account|{account_id}" if account_id else f"session|{session.id}"


def _register(tx: Transaction, challenge: OtpChallenge) -> bool:
    """Make the owner's sign-in; False when the account is no longer open to registration."""
    account, facts = _open_account(tx, challenge)
    if account is None or facts is None or facts.owner is None:
        return False
    person = tx.session.get_one(Person, facts.owner.person_id)
    if any(user.password_hash for user in identity.users_of(tx, [person.id])):
        return False  # they sign in already; nobody gives them another password
    identity.register_user(
        tx,
        person=person,
        password_hash=challenge.new_password_hash,
        phone=account.main_phone_e164,
        email=facts.contact_email,
    )
    challenge.new_password_hash = ""
    account.portal_access = after(account.portal_access, Event.REGISTER)
    tx.session.flush()
    evaluate(tx, account.id, *open_own_accounts(tx, person.id))
    tx.touch(f"account:{account.id}")
    return True


def _open_account(
    tx: Transaction, challenge: OtpChallenge
) -> tuple[Account | None, AccountFacts | None]:
    """Return the account, if its owner may register at this very moment."""
    evaluate(tx, challenge.account_id or "")
    account = tx.session.get(Account, challenge.account_id)
    if account is None or account.portal_access is not PortalAccess.REGISTRABLE:
        return None, None
    return account, facts_of(tx.session, [account])[account.id]


def resend_registration_code(actor: Actor, *, limiter: RateLimiter) -> None:
    """Send a new code; the one before stops working. Alike for details that did not match."""
    with transaction(actor) as tx:
        session = identity.require_session(tx, SessionStage.ACTIVATION)
        challenge = identity.newest_challenge(tx, session, ChallengePurpose.REGISTRATION)
        if challenge is None:
            raise Conflict("There is no code to send again. Start from the beginning.")
        places = places_of(actor, session.notes.get("phones", []))
        limits.count_code(limiter, places, actor.ip)
        password_hash = challenge.new_password_hash
        facts = _open_account(tx, challenge)[1] if challenge.account_id else None
        send_code(tx, session, facts, password_hash=password_hash, limiter=limiter)
