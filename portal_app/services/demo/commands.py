"""Sign-ins for the people of the demonstration."""

from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import (
    Account,
    AccountContact,
    ContactRole,
    Person,
    PortalAccess,
)
from portal_app.services import access, contact_details, households, identity
from portal_app.services.demo.policy import require_demo
from portal_app.services.transaction import Transaction, transaction


def give_sign_in(
    actor: Actor, *, account: str, given_name: str, family_name: str, password_hash: str
) -> bool:
    """Let a contact of an account in, as if they had registered; say whether that was new.

    An owner's account must have been published; other contacts sign in by their email address, and
    so does whoever represents somebody and has no account of their own: for them it is "".
    """
    require_demo(actor)
    with transaction(actor) as tx:
        if not account:
            person = _representative(tx, given_name, family_name)
            if identity.users_of(tx, [person.id]):
                return False
            email = contact_details.email(person.email)
            identity.register_user(
                tx, person=person, password_hash=password_hash, phone="", email=email
            )
            return True
        held, contact, person = _contact(tx, account, given_name, family_name)
        if identity.users_of(tx, [person.id]):
            return False
        is_owner = contact.role is ContactRole.OWNER
        identity.register_user(
            tx,
            person=person,
            password_hash=password_hash,
            phone=held.main_phone_e164 if is_owner else "",
            email=contact_details.email(held.email if is_owner and held.email else person.email),
        )
        opened = [held, *_others_of(tx, person)] if is_owner else []
        for one in opened:
            if one.portal_access is PortalAccess.REGISTRABLE:
                one.portal_access = PortalAccess.REGISTERED
        tx.session.flush()
        access.evaluate(tx, held.id, *(one.id for one in opened))
        return True


def _others_of(tx: Transaction, person: Person) -> list[Account]:
    """Return every account that the person owns: one person has one sign-in for all of them."""
    owned = (
        select(Account)
        .join(AccountContact, col(AccountContact.account_id) == Account.id)
        .where(AccountContact.person_id == person.id, AccountContact.role == ContactRole.OWNER)
        .order_by(col(Account.id))
        .with_for_update()
    )
    return list(tx.session.exec(owned))


def _representative(tx: Transaction, given_name: str, family_name: str) -> Person:
    found = tx.session.exec(
        select(Person)
        .where(Person.brand_id == tx.actor.brand, Person.given_name == text.key(given_name))
        .where(Person.family_name == text.key(family_name))
    ).first()
    if found is None or not households.trusting(tx.session, [found.id]):
        raise NotFound(f"{given_name} {family_name} represents nobody.")
    return found


def _contact(
    tx: Transaction, number: str, given_name: str, family_name: str
) -> tuple[Account, AccountContact, Person]:
    found = tx.session.exec(
        select(Account, AccountContact, Person)
        .join(AccountContact, col(AccountContact.account_id) == Account.id)
        .join(Person, col(Person.id) == AccountContact.person_id)
        .where(Account.brand_id == tx.actor.brand, Account.number == text.key(number))
        .where(Person.given_name == text.key(given_name))
        .where(Person.family_name == text.key(family_name))
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound(f"{given_name} {family_name} is not a contact of account {number}.")
    return found
