"""Choosing a new password when the old one is forgotten."""

from datetime import timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.ids import new_id
from portal_app.core.secrets import fingerprint, new_token
from portal_app.models import Action, LoginIdentifier, PasswordReset, PortalUser, UserStatus
from portal_app.ports import RateLimiter
from portal_app.services import limit_table, limits, notifications, phones
from portal_app.services.contact_details import LONGEST_EMAIL
from portal_app.services.identity.commands.passwords import password_problem, replace_password
from portal_app.services.identity.commands.sessions import end_sessions_of
from portal_app.services.identity.queries.users import contact_email, find_user
from portal_app.services.identity.rules import hashing
from portal_app.services.identity.rules.identifiers import identifier as read_identifier
from portal_app.services.transaction import Transaction, reading, transaction

LINK_LASTS = timedelta(hours=1)
LINK_OVER = (
    "This link no longer works. A link works once, for one hour, and a newer one replaces an "
    "older one. Ask for a new link."
)


def request_reset(actor: Actor, *, identifier: str, limiter: RateLimiter) -> None:
    """Mail a link with which to choose a new password; the same answer whoever it is.

    The link only goes to the address that belongs to the sign-in.
    """
    typed = text.key(identifier, longest=LONGEST_EMAIL)
    if not typed:
        raise Invalid(identifier="Enter your phone number or email address.")
    limits.count(
        limiter,
        *limits.proofs(actor.ip),
    )
    with reading() as session:
        who = read_identifier(typed, phones.countries(session, actor.brand))
        found = find_user(session, actor.brand, who)
    # Silent, because what is counted here is letters to somebody who may not have asked for them.
    # Which of the numbers that may be meant was found shows nowhere, so it alone is counted.
    key = f"{actor.brand}|{found.value or who.value}"
    has_room = limits.has_room(limiter, (limit_table.RESET_HOUR, key), (limit_table.RESET_DAY, key))
    with transaction(actor) as tx:
        tx.record(Action.PASSWORD_RESET_REQUESTED, "portal_user", found.user_id)
        user = tx.session.get(PortalUser, found.user_id) if found.user_id else None
        if has_room and user is not None and user.status is UserStatus.ACTIVE:
            _send_link(tx, user)


def _send_link(tx: Transaction, user: PortalUser) -> None:
    recipient = contact_email(tx.session, user)
    if not recipient:
        return
    _end_links(tx, user)
    now, token = clock.now(), new_token()
    tx.session.add(
        PasswordReset(
            user_id=user.id,
            token_hash=fingerprint(token),
            created_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    notifications.send_mail(
        tx,
        topic="identity.password_reset",
        brand_id=user.brand_id,
        recipient=recipient,
        facts={},
        dedupe_key=f"password_reset:{new_id()}",
        carries_secret=True,
        link=f"/reset/{token}",
    )


def _end_links(tx: Transaction, user: PortalUser) -> None:
    unused = select(PasswordReset).where(
        PasswordReset.user_id == user.id, col(PasswordReset.used_at).is_(None)
    )
    for link in tx.session.exec(unused):
        link.used_at = clock.now()
    tx.session.flush()


def reset_password(actor: Actor, *, token: str, new_password: str, limiter: RateLimiter) -> None:
    """Choose a new password with a mailed link, once.

    Every session ends, the second factor stays, and nobody is signed in by it.
    """
    limits.count(limiter, (limit_table.PROOF_NETWORK, limits.network(actor.ip)))
    with reading() as session:
        user = session.exec(_owner(actor, token)).first()
        fault = password_problem(session, user, new_password) if user else ""
    if user is None:
        with transaction(actor) as tx:
            tx.record(Action.SESSION_REFUSED, "password_reset", reason="reset")
        raise Conflict(LINK_OVER)
    if fault:
        raise Invalid(new_password=fault)
    new_hash = hashing.keep(new_password)
    with transaction(actor) as tx:
        user = tx.session.exec(_owner(actor, token).with_for_update()).first()
        if user is None:
            raise Conflict(LINK_OVER)
        _end_links(tx, user)
        replace_password(tx, user, new_hash, Action.PASSWORD_RESET)
        end_sessions_of(tx, user.id, "password_reset")
        names = _names(tx.session, user)
    # Whoever guessed before must not keep the owner from using the new password.
    limits.forgive(limiter, *limits.guesses(actor.brand, names))


def is_link_alive(actor: Actor, *, token: str) -> bool:
    """Say whether a mailed link still works; looking does not use it up."""
    with reading() as session:
        return session.exec(_owner(actor, token)).first() is not None


def _owner(actor: Actor, token: str) -> SelectOfScalar[PortalUser]:
    """Select whom a link that still works belongs to."""
    return (
        select(PortalUser)
        .join(PasswordReset, col(PasswordReset.user_id) == PortalUser.id)
        .where(PasswordReset.token_hash == fingerprint(text.key(token)))
        .where(col(PasswordReset.used_at).is_(None), PasswordReset.expires_at > clock.now())
        .where(PortalUser.status == UserStatus.ACTIVE, PortalUser.brand_id == actor.brand)
    )


def _names(session: Session, user: PortalUser) -> list[str]:
    owned = select(LoginIdentifier.value).where(LoginIdentifier.user_id == user.id)
    return list(session.exec(owned))
