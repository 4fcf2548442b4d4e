"""Reads of accounts: which there are to choose from, and what is held about one."""

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.models import Account, Person, Store
from portal_app.services.contracts.policy import require_account, visible_accounts
from portal_app.services.contracts.views import AccountChoice, Profile, StoreContact
from portal_app.services.transaction import reading

MOST_CHOICES = 50


def accounts_of(actor: Actor) -> tuple[AccountChoice, ...]:
    """Return the accounts that this actor may choose from, by name; at most 50."""
    listed = (
        select(Account)
        .where(visible_accounts(actor))
        .order_by(col(Account.name), col(Account.id))
        .limit(MOST_CHOICES)
    )
    with reading() as session:
        return tuple(AccountChoice.of(account) for account in session.exec(listed))


def profile(actor: Actor, *, account: str) -> Profile:
    """Return what is held about an account and about the person who asks (S3-17)."""
    with reading() as session:
        found = require_account(session, actor, account)
        store = session.get(Store, found.store_id) if found.store_id else None
        person = session.get(Person, actor.person_id) if actor.person_id else None
        return Profile(
            account=AccountChoice.of(found),
            main_phone=found.main_phone or found.main_phone_e164,
            email=found.email,
            postal_code=found.postal_code,
            person=person.name if person else actor.name,
            person_email=person.email if person else "",
            person_phone=(person.mobile_e164 or person.phone_e164) if person else "",
            person_address=_address(person) if person else (),
            store=StoreContact.of(store),
        )


def _address(person: Person) -> tuple[str, ...]:
    town = " ".join(part for part in (person.city, person.region, person.postal_code) if part)
    return tuple(
        line for line in (person.address_line1, person.address_line2, town, person.country) if line
    )
