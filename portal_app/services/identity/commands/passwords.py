"""Changing a password that is known."""

from sqlmodel import Session

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.models import Action, PortalUser
from portal_app.ports import RateLimiter
from portal_app.services.identity.commands.notices import tell_user
from portal_app.services.identity.commands.sessions import end_sessions_of, rotate
from portal_app.services.identity.commands.step_up import SIGNED_OUT, WRONG_PASSWORD, count_wrong
from portal_app.services.identity.policy import require_self, require_stepped_up
from portal_app.services.identity.queries.users import (
    brand_name,
    context_words,
    demands_second_factor,
    password_is_alone,
)
from portal_app.services.identity.rules import hashing
from portal_app.services.identity.rules.passwords import problem
from portal_app.services.identity.views import Renewed
from portal_app.services.transaction import Transaction, reading, transaction

THE_SAME = "Choose a password that is not the one you have now."


def change_password(
    actor: Actor, *, current: str, new_password: str, limiter: RateLimiter
) -> Renewed:
    """Replace one's password; other devices are signed out and the owner is told."""
    require_stepped_up(actor)
    with reading() as session:
        user = session.get(PortalUser, actor.user_id)
        kept = user.password_hash if user else None
        fault = password_problem(session, user, new_password) if user else ""
    is_right = hashing.matches(current, kept)
    if is_right and (fault or current == new_password):
        raise Invalid(new_password=fault or THE_SAME)
    new_hash = hashing.keep(new_password) if is_right else ""
    with transaction(actor) as tx:
        own, user = require_self(tx)
        if is_right and user.password_hash == kept:
            replace_password(tx, user, new_hash, Action.PASSWORD_CHANGED)
            end_sessions_of(tx, user.id, "password_changed", keep=own.id)
            return Renewed(rotate(tx, own))
        is_over = count_wrong(tx, own, user, limiter)
    if is_over:
        raise Conflict(SIGNED_OUT)
    raise Invalid(current=WRONG_PASSWORD if current else "Enter your present password.")


def hash_new_password(actor: Actor, *, password: str, context: list[str]) -> str:
    """Return what to store of the first password of somebody who registers.

    Raises Invalid when it cannot be chosen; knows nothing of the person but `context`.
    """
    with reading() as session:
        is_alone = not demands_second_factor(session, actor.brand)
        known = [brand_name(session, actor.brand), "portal", *context]
    if fault := problem(password, is_alone=is_alone, context=known):
        raise Invalid(new_password=fault)
    return hashing.keep(password)


def password_problem(session: Session, user: PortalUser, new_password: str) -> str:
    """Return why this person cannot choose this password, or ""."""
    return problem(
        new_password,
        is_alone=password_is_alone(session, user),
        context=context_words(session, user),
    )


def replace_password(tx: Transaction, user: PortalUser, new_hash: str, action: Action) -> None:
    """Put a new password in place, write it down and tell the owner."""
    user.password_hash, user.password_changed_at = new_hash, clock.now()
    user.version += 1
    tx.record(action, "portal_user", user.id)
    tell_user(tx, user, "identity.password_changed", link="/reset")
