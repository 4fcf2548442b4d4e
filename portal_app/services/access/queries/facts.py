"""What readiness follows from, read for many accounts with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.models import Account, AccountContact, ContactRole, Contract, Person
from portal_app.services import licensing
from portal_app.services.access.rules import AccountFacts, OwnerFacts, is_current


def facts_of(session: Session, accounts: Sequence[Account]) -> dict[str, AccountFacts]:
    """Return the facts of each account, by its id."""
    ids = [account.id for account in accounts]
    is_licensed = licensing.has_module("rental")
    owners, history = owners_of(session, accounts), _with_history(session, ids)
    shared = _holders_of_phones(session, accounts)
    return {
        account.id: AccountFacts(
            account_id=account.id,
            state=account.portal_access,
            account_type=account.account_type,
            phone=account.main_phone_e164,
            email=account.email,
            postal_code=account.postal_code,
            country=account.country,
            is_enabled=account.web_portal_enabled,
            is_licensed=is_licensed,
            has_history=account.id in history,
            is_ended=account.ended_at is not None,
            owner=owners.get(account.id),
            phone_also_on=_other(shared, account),
        )
        for account in accounts
    }


def owners_of(session: Session, accounts: Sequence[Account]) -> dict[str, OwnerFacts]:
    """Return the current owner of each account that has one; of several the first."""
    zones = {account.id: account.timezone for account in accounts}
    rows = session.exec(
        select(AccountContact, Person)
        .join(Person, col(Person.id) == AccountContact.person_id)
        .where(col(AccountContact.account_id).in_(zones))
        .where(AccountContact.role == ContactRole.OWNER, col(AccountContact.ended_at).is_(None))
        .order_by(col(AccountContact.id).desc())
    )
    return {
        contact.account_id: OwnerFacts(
            person_id=person.id,
            name=person.name,
            email=person.email,
            phone=person.phone_e164 or person.mobile_e164,
            postal_code=person.postal_code,
        )
        for contact, person in rows
        if is_current(contact.starts_on, contact.ends_on, clock.today(zones[contact.account_id]))
    }


def _with_history(session: Session, ids: Collection[str]) -> set[str]:
    # Asked for each account rather than counted: one of them may hold 20,000 contracts.
    any_contract = (
        select(Contract.id)
        .where(Contract.account_id == Account.id, col(Contract.ended_at).is_(None))
        .exists()
    )
    return set(session.exec(select(Account.id).where(col(Account.id).in_(ids), any_contract)))


_Phones = dict[tuple[str, str], list[tuple[str, str]]]


def _holders_of_phones(session: Session, accounts: Sequence[Account]) -> _Phones:
    phones = {account.main_phone_e164 for account in accounts} - {""}
    rows = session.exec(
        select(Account.brand_id, Account.main_phone_e164, Account.id, Account.number)
        .where(col(Account.main_phone_e164).in_(phones), col(Account.ended_at).is_(None))
        .where(col(Account.brand_id).in_({account.brand_id for account in accounts}))
        .order_by(col(Account.id))
    )
    found: _Phones = defaultdict(list)
    for brand_id, phone, account_id, number in rows:
        found[brand_id, phone].append((account_id, number))
    return found


def _other(shared: _Phones, account: Account) -> str:
    holders = shared.get((account.brand_id, account.main_phone_e164), [])
    return next((number for holder, number in holders if holder != account.id), "")
