"""Reads of accounts: which there are to choose from, and what is held about one."""

from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Account, Area, Person, Store
from portal_app.services.contracts.conditions import has_rentals
from portal_app.services.contracts.policy import (
    choosable_accounts,
    require_choice,
    visible_accounts,
)
from portal_app.services.contracts.queries.shared import acting_for, reached
from portal_app.services.contracts.views import AccountChoice, Profile, StoreContact
from portal_app.services.transaction import reading

MOST_CHOICES = 50


def accounts_of(actor: Actor, *, account: str = "") -> tuple[AccountChoice, ...]:
    """Return the accounts that this actor may choose from, by name; at most 50.

    `account` asks for the one with this id only.
    """
    listed = (
        select(
            Account,
            visible_accounts(actor).label("is_whole"),
            has_rentals().label("has_rentals"),
        )
        .where(choosable_accounts(actor))
        .order_by(col(Account.name), col(Account.id))
        .limit(MOST_CHOICES)
    )
    if account:
        listed = listed.where(Account.id == text.key(account))
    with reading() as session:
        found = session.exec(listed).all()
        ids = [held.id for held, _, _ in found]
        whose = acting_for(session, actor, ids)
        items = reached(session, actor, ids, Area.CONTRACTS)
        figures = reached(session, actor, ids, Area.PAYMENTS)
        return tuple(
            AccountChoice.of(
                held,
                is_whole=bool(is_whole),
                has_rentals=bool(rents),
                acting_for=whose.get(held.id),
                has_items=held.id in items,
                has_figures=held.id in figures,
            )
            for held, is_whole, rents in found
        )


def account_choice(actor: Actor, *, account: str) -> AccountChoice:
    """Return one of the accounts that this actor may choose; raises NotFound for others."""
    found = next(iter(accounts_of(actor, account=account)), None) if account else None
    if found is None:
        raise NotFound
    return found


def profile(actor: Actor, *, account: str) -> Profile:
    """Return what is held about an account and about the person who asks (S3-17)."""
    with reading() as session:
        found, is_whole = require_choice(session, actor, account)
        store = session.get(Store, found.store_id) if found.store_id else None
        person = session.get(Person, actor.person_id) if actor.person_id else None
        return Profile(
            account=AccountChoice.of(found, is_whole=is_whole),
            main_phone=(found.main_phone or found.main_phone_e164) if is_whole else "",
            email=found.email if is_whole else "",
            postal_code=found.postal_code if is_whole else "",
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
