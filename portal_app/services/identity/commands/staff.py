"""Members of the operator's staff: created, changed, put out."""

from sqlmodel import col, select

from portal_app.core import clock, text, vault
from portal_app.core.actor import Access, Actor, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.core.settings import settings
from portal_app.models import (
    Action,
    Brand,
    LoginIdentifier,
    PortalUser,
    SecondFactor,
    StaffUser,
    UserKind,
    UserStatus,
)
from portal_app.services import contact_details
from portal_app.services.identity.commands.factors import totp_place
from portal_app.services.identity.commands.sessions import end_sessions_of
from portal_app.services.identity.queries.users import brand_name
from portal_app.services.identity.rules import hashing
from portal_app.services.identity.rules.identifiers import EMAIL
from portal_app.services.identity.rules.passwords import problem
from portal_app.services.transaction import Transaction, transaction

_LONGEST_NAME = 120
_CHOOSE_ROLE = "Choose agent, manager or admin."


def create_staff(
    actor: Actor, *, brand: str, email: str, name: str, role: Role, password: str
) -> str:
    """Add a member of staff and return the user's id.

    They set up an authenticator app at their first sign-in, before they see anything.
    """
    _require_admin(actor, brand)
    address, name = contact_details.email(email), text.search_words(name, longest=_LONGEST_NAME)
    with transaction(actor) as tx:
        if tx.session.get(Brand, text.key(brand)) is None:
            raise NotFound("There is no such brand.")
        faults = {
            "email": _email_fault(tx, brand, address),
            "name": "" if name else "Enter a name.",
            "role": "" if role in list(Role) else _CHOOSE_ROLE,
            "password": problem(
                password,
                is_alone=False,
                context=[name, address.partition("@")[0], brand_name(tx.session, brand)],
            ),
        }
        if any(faults.values()):
            raise Invalid(**{field: words for field, words in faults.items() if words})
        user = PortalUser(
            brand_id=brand,
            kind=UserKind.STAFF,
            password_hash=hashing.keep(password),
            password_changed_at=clock.now(),
            created_at=clock.now(),
        )
        tx.session.add(user)
        tx.session.flush()
        tx.session.add(StaffUser(user_id=user.id, email=address, name=name, role=role))
        tx.session.add(LoginIdentifier(brand_id=brand, user_id=user.id, kind=EMAIL, value=address))
        tx.record(Action.STAFF_CREATED, "portal_user", user.id, role=role.value)
        return user.id


def _require_admin(actor: Actor, brand: str) -> None:
    if actor.is_system:
        return
    if not actor.is_staff or actor.brand != brand:
        raise NotFound
    if not actor.has(Access.ADMIN):
        raise NotAllowed


def _email_fault(tx: Transaction, brand: str, address: str) -> str:
    if not contact_details.looks_like_email(address):
        return "Enter an email address, such as name@example.com."
    held = select(LoginIdentifier.id).where(
        LoginIdentifier.brand_id == brand, LoginIdentifier.value == address
    )
    return "Somebody signs in with this address already." if tx.session.exec(held).first() else ""


def change_staff(actor: Actor, *, user: str, role: Role, is_active: bool) -> None:
    """Give a member of staff another role, or put them out; their sessions end at once."""
    with transaction(actor) as tx:
        found = tx.session.exec(
            select(PortalUser, StaffUser)
            .join(StaffUser, col(StaffUser.user_id) == PortalUser.id)
            .where(PortalUser.id == text.key(user))
            .with_for_update()
        ).first()
        if found is None or not (actor.is_system or actor.brand == found[0].brand_id):
            raise NotFound
        _require_admin(actor, found[0].brand_id)
        if found[0].id == actor.user_id:
            raise Conflict("Nobody changes their own role. Ask another admin.")
        if role not in list(Role):
            raise Invalid(role=_CHOOSE_ROLE)
        login, member = found
        member.role = role
        stays = is_active is True
        login.status = UserStatus.ACTIVE if stays else UserStatus.DISABLED
        login.version += 1
        end_sessions_of(tx, login.id, "rights_changed")
        tx.record(
            Action.STAFF_CHANGED,
            "portal_user",
            login.id,
            role=role.value,
            is_active=is_active is True,
        )
        tx.touch(f"user:{login.id}")


def give_authenticator(actor: Actor, *, user: str, secret: str) -> None:
    """Set a known authenticator secret: for the demo's staff, by the portal itself only."""
    if not actor.is_system or settings().is_production:
        raise NotAllowed
    with transaction(actor) as tx:
        found = tx.session.get(PortalUser, text.key(user), with_for_update=True)
        if found is None:
            raise NotFound
        if not text.key(secret):
            raise Conflict("That is not the secret of an authenticator.")
        found.totp_secret_sealed = vault.keep(secret, place=totp_place(found.id))
        found.second_factor = SecondFactor.APP
        tx.record(Action.FACTOR_ENABLED, "portal_user", found.id, factor="app")
