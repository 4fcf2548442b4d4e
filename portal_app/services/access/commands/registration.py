"""Registering by phone number: details that match, then a code to the address on record."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import case, col, func, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid
from portal_app.models import (
    Account,
    Action,
    ChallengePurpose,
    PortalAccess,
    PortalSession,
    RegistrationAttempt,
    SessionStage,
)
from portal_app.ports import RateLimiter
from portal_app.services import (
    contact_details,
    identity,
    limit_table,
    limits,
    notifications,
    phones,
)
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.queries.facts import facts_of
from portal_app.services.access.rules import (
    LOCK_LASTS,
    MOST_MISMATCHES,
    AccountFacts,
    Event,
    after,
    counted_since,
    is_lock_over,
)
from portal_app.services.transaction import Transaction, reading, transaction

_COMMAND = "access.start_registration"
_NOBODY = (SessionStage.ANONYMOUS, SessionStage.ACTIVATION)


@dataclass(frozen=True, slots=True)
class _Details:
    """What somebody typed, in the form in which it is compared."""

    phones: tuple[str, ...]
    phone_shown: str
    email: str
    postal_code: str
    password_hash: str


def start_registration(
    actor: Actor,
    *,
    phone: str,
    email: str,
    postal_code: str,
    new_password: str,
    key: str,
    limiter: RateLimiter,
    user_agent: str = "",
) -> str:
    """Compare details with an account's and send a code if they match (S3-12, S3-13).

    Answers alike whatever it found: the browser's session waits for a code. Returns the token of
    a new session, "" if the browser keeps its own. Raises Invalid only for what cannot be read.
    """
    details = _read(actor, phone, email, postal_code, new_password)
    limits.count(limiter, *limits.registrations(places_of(actor, details.phones), actor.ip))
    with transaction(actor) as tx:
        if actor.session_id and key and tx.earlier_answer(key, _COMMAND) is not None:
            return ""
        account, facts = _find(tx, details.phones)
        has_matched = _compare(tx, account, facts, details)
        session, token = _wait_for_code(tx, details, user_agent)
        send_code(
            tx,
            session,
            facts if has_matched else None,
            password_hash=details.password_hash,
            limiter=limiter,
        )
        tx.record(Action.REGISTRATION_STARTED, "account", account.id if account else "")
    return token


def _read(actor: Actor, phone: str, email: str, postal_code: str, new_password: str) -> _Details:
    with reading() as session:
        numbers = phones.readings(session, actor.brand, phone)
    problems = {
        "phone": "" if numbers else "Enter your phone number, with its area code.",
        "email": ""
        if contact_details.looks_like_email(email)
        else "Enter an email address, such as name@example.com.",
        "postal_code": "" if text.key(postal_code) else "Enter your ZIP or postal code.",
    }
    address = contact_details.email(email)
    context = [*numbers, address, address.partition("@")[0], text.key(postal_code)]
    try:
        kept = identity.hash_new_password(actor, password=new_password, context=context)
    except Invalid as refusal:
        problems |= refusal.fields
        kept = ""
    if wrong := {name: words for name, words in problems.items() if words}:
        raise Invalid(**wrong)
    return _Details(
        numbers, phones.shown_again(text.key(phone)), address, text.key(postal_code), kept
    )


def places_of(actor: Actor, numbers: Iterable[str]) -> list[str]:
    """Return what tries are counted under: a phone from a network, so nobody blocks another.

    Each number that may be meant counts, so no way to write one gives more tries.
    """
    return [f"{actor.brand}|{number}|{limits.network(actor.ip)}" for number in numbers]


def _find(tx: Transaction, numbers: tuple[str, ...]) -> tuple[Account | None, AccountFacts | None]:
    """Return the one account with the first number that is held; two with the same are nobody's."""
    held = col(Account.main_phone_e164)
    found = tx.session.exec(
        select(Account)
        .where(Account.brand_id == tx.actor.brand, held.in_(numbers))
        .where(col(Account.ended_at).is_(None))
        .order_by(case({number: n for n, number in enumerate(numbers)}, value=held), Account.id)
        .limit(2)
        .with_for_update()
    ).all()
    facts = facts_of(tx.session, found)
    is_shared = len({one.main_phone_e164 for one in found}) < len(found)
    account = found[0] if found and not is_shared else None
    return account, facts[account.id] if account else None


def _compare(
    tx: Transaction, account: Account | None, facts: AccountFacts | None, details: _Details
) -> bool:
    """Say whether a code may be sent; write the try down, and lock after the fifth mismatch."""
    is_same = (
        facts is not None
        and facts.contact_email == details.email
        and facts.contact_postal_code
        == contact_details.postal_code(details.postal_code, facts.country)
    )
    tx.session.add(
        RegistrationAttempt(
            brand_id=tx.actor.brand,
            # The account's own, so that its lock counts every way in which it was typed.
            phone_e164=account.main_phone_e164 if account else details.phones[0],
            account_id=account.id if account else None,
            at=clock.now(),
            matched=is_same,
            ip=tx.actor.ip[:45],
        )
    )
    tx.session.flush()
    if account is None:
        return False
    if is_lock_over(account.portal_access, account.locked_until, clock.now()):
        account.portal_access = after(account.portal_access, Event.UNLOCK)
    if not is_same:
        tx.record(Action.REGISTRATION_MISMATCHED, "account", account.id)
        _lock_out(tx, account)
        return False
    evaluate(tx, account.id)
    return account.portal_access is PortalAccess.REGISTRABLE


def _lock_out(tx: Transaction, account: Account) -> None:
    since = counted_since(clock.now(), account.locked_until)
    mismatches = tx.session.exec(
        select(func.count())
        .select_from(RegistrationAttempt)
        .where(
            RegistrationAttempt.brand_id == account.brand_id,
            RegistrationAttempt.phone_e164 == account.main_phone_e164,
            col(RegistrationAttempt.matched).is_(False),
            RegistrationAttempt.at > since,
        )
    ).one()
    locked = after(account.portal_access, Event.LOCK_OUT)
    if mismatches >= MOST_MISMATCHES and locked is not account.portal_access:
        account.portal_access = locked
        account.locked_until = clock.now() + LOCK_LASTS
        tx.record(Action.REGISTRATION_LOCKED, "account", account.id)
        tx.touch(f"account:{account.id}", f"customers:{account.brand_id}")


def _wait_for_code(
    tx: Transaction, details: _Details, user_agent: str
) -> tuple[PortalSession, str]:
    """Return the session that waits for the code; a browser that is nobody keeps its own."""
    earlier = tx.session.get(PortalSession, tx.actor.session_id) if tx.actor.session_id else None
    numbers = list(details.phones)
    notes = {"phone": details.phone_shown, "phones": numbers, "step": "code"}
    if earlier is not None and earlier.stage in _NOBODY and earlier.revoked_at is None:
        earlier.stage = SessionStage.ACTIVATION
        identity.keep_notes(tx, earlier, **notes)
        return earlier, ""
    if earlier is not None:
        identity.end_session(tx, earlier, "registration_began")
    session, token = identity.open_session(
        tx,
        brand_id=tx.actor.brand,
        user_id=None,
        stage=SessionStage.ACTIVATION,
        user_agent=user_agent,
        ip=tx.actor.ip,
    )
    identity.keep_notes(tx, session, **notes)
    return session, token


def send_code(
    tx: Transaction,
    session: PortalSession,
    facts: AccountFacts | None,
    *,
    password_hash: str,
    limiter: RateLimiter,
) -> None:
    """Make a code for every session; only a match gets it sent, and only a match can use it."""
    challenge, code = identity.open_challenge(
        tx,
        session,
        ChallengePurpose.REGISTRATION,
        account_id=facts.account_id if facts else None,
        new_password_hash=password_hash if facts else "",
    )
    if facts and limits.has_room(
        limiter, (limit_table.CODE_SEND_DAY, f"account|{facts.account_id}")
    ):
        notifications.send_mail(
            tx,
            topic="access.registration_code",
            brand_id=session.brand_id,
            recipient=facts.contact_email,
            facts={"code": code},
            dedupe_key=f"code:{challenge.id}",
            carries_secret=True,
        )
