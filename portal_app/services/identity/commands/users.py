"""Sign-ins of customers, made and changed inside the transaction of whoever decides on access."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import (
    Action,
    LoginIdentifier,
    Person,
    PortalSession,
    PortalUser,
    UserKind,
    UserStatus,
)
from portal_app.services.identity.commands.notices import tell_user
from portal_app.services.identity.commands.sessions import end_session, end_sessions_of
from portal_app.services.identity.policy import require_self
from portal_app.services.identity.rules.identifiers import EMAIL, PHONE
from portal_app.services.identity.rules.masks import number_end
from portal_app.services.transaction import Transaction


def register_user(
    tx: Transaction, *, person: Person, password_hash: str, phone: str, email: str
) -> PortalUser:
    """Give a person a sign-in with a phone number, and the email address that they proved.

    Either may be empty. Each becomes a way to sign in only if no other sign-in of the brand has it.
    """
    user = user_of(tx, person.id)
    if user is None:
        user = PortalUser(
            brand_id=person.brand_id,
            kind=UserKind.CONSUMER,
            person_id=person.id,
            status=UserStatus.INVITED,
            created_at=clock.now(),
        )
        tx.session.add(user)
    user.password_hash, user.password_changed_at = password_hash, clock.now()
    user.status = UserStatus.ACTIVE
    tx.session.flush()
    add_identifier(tx, user, PHONE, phone)
    add_identifier(tx, user, EMAIL, email)
    tx.record(Action.USER_REGISTERED, "portal_user", user.id)
    how = "phone number" if phone else "email address"
    tell_user(tx, user, "identity.registered", link="/sign-in", how=how)
    return user


def user_of(tx: Transaction, person_id: str) -> PortalUser | None:
    """Return a person's sign-in, locked."""
    return tx.session.exec(
        select(PortalUser).where(PortalUser.person_id == person_id).with_for_update()
    ).first()


def add_identifier(tx: Transaction, user: PortalUser, kind: str, value: str) -> bool:
    """Let a user sign in with this too; say whether it was free."""
    if not value:
        return False
    holder = tx.session.exec(
        select(LoginIdentifier).where(
            LoginIdentifier.brand_id == user.brand_id, LoginIdentifier.value == value
        )
    ).first()
    if holder is None:
        tx.session.add(
            LoginIdentifier(brand_id=user.brand_id, user_id=user.id, kind=kind, value=value)
        )
        tx.session.flush()
    return holder is None or holder.user_id == user.id


def keep_phones(tx: Transaction, user: PortalUser, phones: Collection[str]) -> None:
    """Make these the phone numbers that a user signs in with, and no others."""
    owned = tx.session.exec(
        select(LoginIdentifier).where(
            LoginIdentifier.user_id == user.id, LoginIdentifier.kind == PHONE
        )
    ).all()
    held = {identifier.value for identifier in owned}
    for identifier in owned:
        if identifier.value not in phones:
            tx.session.delete(identifier)
    tx.session.flush()
    for phone in set(phones) - held:
        # Somebody else's number stays theirs; then this person signs in by email.
        if add_identifier(tx, user, PHONE, phone) and held:
            tell_user(tx, user, "identity.phone_changed", link="/sign-in", phone=number_end(phone))


def suspend_user(tx: Transaction, user: PortalUser) -> None:
    """Close the portal to a user at once: sessions end, the password is kept."""
    if user.status is UserStatus.ACTIVE:
        user.status = UserStatus.SUSPENDED
        end_sessions_of(tx, user.id, "access_lost")
        tx.record(Action.USER_SUSPENDED, "portal_user", user.id)
        tx.touch(f"user:{user.id}")


def restore_user(tx: Transaction, user: PortalUser) -> None:
    """Open the portal to a suspended user again, with the password they had."""
    if user.status is UserStatus.SUSPENDED:
        user.status = UserStatus.ACTIVE
        tx.record(Action.USER_RESTORED, "portal_user", user.id)
        tx.touch(f"user:{user.id}")


def users_of(tx: Transaction, person_ids: Collection[str]) -> list[PortalUser]:
    """Return the sign-ins of these people."""
    found = select(PortalUser).where(col(PortalUser.person_id).in_(person_ids))
    return list(tx.session.exec(found.order_by(col(PortalUser.id))))


def leave_account(tx: Transaction, user: PortalUser, account_id: str) -> None:
    """End the sessions in which a user is looking at an account that is closed to them now."""
    looking = tx.session.exec(
        select(PortalSession)
        .where(PortalSession.user_id == user.id, PortalSession.account_id == account_id)
        .where(col(PortalSession.revoked_at).is_(None))
    ).all()
    for session in looking:
        end_session(tx, session, "account_lost")
    if looking:
        tx.touch(f"user:{user.id}")


def use_context(tx: Transaction, context: str) -> None:
    """Remember for whom the actor's own session acts; "" is the actor."""
    session, _ = require_self(tx)
    if session.context != context:
        session.context = context
        tx.touch(f"user:{tx.actor.user_id}")


def use_account(tx: Transaction, account_ids: Sequence[str]) -> str:
    """Have the actor's own session look at the first of these accounts, unless it looks at one.

    Returns the account that it looks at, or "".
    """
    session, _ = require_self(tx)
    if account_ids and session.account_id not in account_ids:
        session.account_id = account_ids[0]
        tx.touch(f"user:{tx.actor.user_id}")
    return session.account_id or ""
