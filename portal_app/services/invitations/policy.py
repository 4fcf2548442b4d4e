"""Who may invite whom: staff, anybody who has to do with a customer of their own brand."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from portal_app.core import text
from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotFound
from portal_app.models import Account, AccountContact, Contract, Grant, Invitation, Person
from portal_app.services import access
from portal_app.services.invitations.rules import PURPOSE


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF):
        raise NotFound


def require_system(actor: Actor) -> None:
    """Refuse everybody but the portal itself."""
    if not actor.is_system:
        raise NotFound


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Invitation` for those to accounts that this actor may see.

    Links to applications stand with their application.
    """
    require_staff(actor)
    return and_(col(Invitation.brand_id) == actor.brand, col(Invitation.purpose) == PURPOSE)


def require_person(
    session: Session, actor: Actor, number: str, person_id: str, *, for_update: bool = False
) -> tuple[Account, Person]:
    """Return an account of the actor's brand and somebody who has, or had, to do with it.

    `for_update` locks the person, so that two invitations of theirs wait for each other.
    """
    account = access.require_customer(session, actor, number)
    wanted = select(Person).where(
        Person.id == text.key(person_id),
        Person.brand_id == account.brand_id,
        of_account(account.id),
    )
    found = session.exec(wanted.with_for_update() if for_update else wanted).first()
    if found is None:
        raise NotFound
    return account, found


def of_account(account_id: str) -> ColumnElement[bool]:
    """Return the condition on `Person` for those who have to do with an account.

    Its contacts, its contracts' holders, and whoever represents one of these (S1-09).
    """
    contacts = select(AccountContact.person_id).where(AccountContact.account_id == account_id)
    holders = select(Contract.holder_id).where(
        Contract.account_id == account_id, col(Contract.holder_id).is_not(None)
    )
    represents = select(Grant.grantee_id).where(
        col(Grant.grantor_id).in_(contacts) | col(Grant.grantor_id).in_(holders),
        col(Grant.ended_at).is_(None),
        col(Grant.revoked_at).is_(None),
    )
    ways = (contacts, holders, represents)
    return or_(*(col(Person.id).in_(way) for way in ways))
