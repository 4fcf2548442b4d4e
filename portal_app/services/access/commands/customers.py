"""What staff change about a customer's way into the portal."""

from sqlmodel import col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.models import Account, AccountContact, Action, PortalAccess
from portal_app.services import contact_details, identity
from portal_app.services.access import policy
from portal_app.services.access.commands.evaluation import evaluate
from portal_app.services.access.queries.facts import facts_of
from portal_app.services.access.queries.readiness import Fix, checks_of
from portal_app.services.access.rules import Event, after
from portal_app.services.transaction import Transaction, transaction

LONGEST_POSTAL_CODE = 16


def update_account(
    actor: Actor,
    *,
    account: str,
    phone: str,
    email: str,
    postal_code: str,
    is_enabled: bool,
    version: int,
    key: str,
) -> None:
    """Change how an account is reached and whether its portal is switched on (S3-05 to S3-07).

    `account` is its number. A phone number that another account has is refused by that account's
    name; access that is lost by the change is lost when it commits.
    """
    with transaction(actor) as tx:
        found = policy.require_customer(tx.session, actor, account, for_update=True)
        if tx.earlier_answer(key, "access.update_account", account) is not None:
            return
        if found.version != version:
            raise Conflict
        _change(
            tx,
            found,
            main_phone=text.key(phone, longest=40),
            email=text.key(email, longest=contact_details.LONGEST_EMAIL),
            postal_code=text.key(postal_code, longest=LONGEST_POSTAL_CODE).upper(),
            web_portal_enabled=is_enabled is True,
        )


def apply_fix(actor: Actor, *, account: str, fix: str, key: str) -> None:
    """Do the one click that a missing item of the readiness checklist offers."""
    with transaction(actor) as tx:
        found = policy.require_customer(tx.session, actor, account, for_update=True)
        if tx.earlier_answer(key, "access.apply_fix", account, fix) is not None:
            return
        offered = {
            check.fix: check.fix_value
            for check in checks_of(facts_of(tx.session, [found])[found.id])
            if check.fix
        }
        if not isinstance(fix, str) or fix not in offered:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise Conflict
        changes: dict[Fix, dict[str, object]] = {
            Fix.SWITCH_ON: {"web_portal_enabled": True},
            Fix.OWNERS_PHONE: {"main_phone": offered[fix]},
        }
        _change(tx, found, **changes[Fix(fix)])


def _change(tx: Transaction, account: Account, **values: object) -> None:
    _check(tx, account, values)
    changed = {name for name, value in values.items() if getattr(account, name) != value}
    for name in changed:
        setattr(account, name, values[name])
    account.version += 1
    tx.session.flush()
    if changed:
        tx.record(Action.ACCOUNT_CHANGED, "account", account.id, fields=sorted(changed))
    evaluate(tx, account.id)
    if account.has_service_contracts:
        tx.enqueue("greet_holders", brand=account.brand_id)
    tx.touch(f"account:{account.id}")


def _check(tx: Transaction, account: Account, values: dict[str, object]) -> None:
    """Refuse what cannot be read; an empty field is allowed, and makes the account not ready."""
    problems: dict[str, str] = {}
    if phone := str(values.get("main_phone", "")):
        # What a feed brought may be shared, or none at all, until somebody changes it: it stops no
        # other change.
        is_kept, number = phone == account.main_phone, contact_details.phone(phone, account.country)
        if is_kept and not number:
            number = account.main_phone_e164
        elif not number:
            problems["phone"] = "Enter a phone number with its area code."
        elif number != account.main_phone_e164:
            problems["phone"] = _holder(tx, account, number)
        values["main_phone_e164"] = number
    elif "main_phone" in values:
        values["main_phone_e164"] = ""
    email = str(values.get("email", ""))
    if email not in {"", account.email} and not contact_details.looks_like_email(email):
        problems["email"] = "Enter an email address, such as name@example.com."
    if wrong := {name: words for name, words in problems.items() if words}:
        raise Invalid(**wrong)


def _holder(tx: Transaction, account: Account, number: str) -> str:
    other = tx.session.exec(
        select(Account)
        .where(Account.brand_id == account.brand_id, Account.main_phone_e164 == number)
        .where(Account.id != account.id, col(Account.ended_at).is_(None))
        .order_by(col(Account.id))
        .limit(1)
    ).first()
    if other is None:
        return ""
    return (
        f"Account {other.number}, {other.name}, has this number already. "
        "Each account needs a main phone number of its own."
    )


def unlock(actor: Actor, *, account: str) -> None:
    """Let a phone number register again after too many mismatches, which are forgiven.

    Nothing is done where nothing is locked: the same click may come twice.
    """
    with transaction(actor) as tx:
        found = policy.require_customer(tx.session, actor, account, for_update=True)
        if found.portal_access is not PortalAccess.LOCKED:
            return
        found.portal_access = after(found.portal_access, Event.UNLOCK)
        found.locked_until = clock.now()
        tx.session.flush()
        tx.record(Action.REGISTRATION_UNLOCKED, "account", found.id)
        evaluate(tx, found.id)
        tx.touch(f"account:{found.id}", f"customers:{found.brand_id}")


def end_customer_sessions(actor: Actor, *, account: str) -> None:
    """Sign out everybody who is a contact of an account; written down where anybody was in."""
    policy.require_ender(actor)
    with transaction(actor) as tx:
        found = policy.require_customer(tx.session, actor, account)
        people = tx.session.exec(
            select(AccountContact.person_id).where(AccountContact.account_id == found.id)
        ).all()
        users = identity.users_of(tx, people)
        ended = sum(identity.end_sessions_of(tx, user.id, "ended_by_staff") for user in users)
        if ended:
            tx.record(Action.SESSIONS_ENDED, "account", found.id, sessions=ended)


def remove_second_factor(actor: Actor, *, account: str, note: str) -> None:
    """Take the second step off the owner's sign-in when they have lost it.

    `note` says how the person's identity was checked; it is kept with the entry. All their
    sessions end and they are told; where there is no second step nothing is done.
    """
    policy.require_ender(actor)
    words = text.note(note, longest=200)
    if not words:
        raise Invalid(note="Write down how you checked who this is.")
    with transaction(actor) as tx:
        found = policy.require_customer(tx.session, actor, account)
        owner = facts_of(tx.session, [found])[found.id].owner
        users = identity.users_of(tx, [owner.person_id]) if owner else []
        if not users:
            raise NotFound("Nobody signs in for this account.")
        identity.forget_second_factor(tx, users[0], note=words)
        tx.touch(f"account:{found.id}")
