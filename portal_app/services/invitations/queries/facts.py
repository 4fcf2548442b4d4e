"""What inviting follows from, read for several people of one account with a few queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.models import (
    SERVICE_KINDS,
    Account,
    AccountContact,
    AccountType,
    ContactRole,
    Contract,
    ContractPhase,
    Person,
)
from portal_app.services import access, contact_details, households, identity
from portal_app.services.invitations.rules import PersonFacts


@dataclass(slots=True)
class Ties:
    """What somebody is to an account today: a contact in some roles, the holder of contracts.

    `acts_for` names the contacts and holders who let them see or act.
    """

    roles: list[ContactRole] = field(default_factory=list[ContactRole])
    contracts: list[Contract] = field(default_factory=list[Contract])
    acts_for: list[str] = field(default_factory=list[str])


def ties_of(session: Session, account: Account, people: Collection[str]) -> dict[str, Ties]:
    """Return what each person is to the account; service contracts and the newest come first."""
    found: dict[str, Ties] = defaultdict(Ties)
    today = clock.today(account.timezone)
    contacts = session.exec(
        select(AccountContact)
        .where(AccountContact.account_id == account.id, col(AccountContact.ended_at).is_(None))
        .where(col(AccountContact.person_id).in_(people))
        .order_by(col(AccountContact.id))
    )
    for contact in contacts:
        if access.is_current(contact.starts_on, contact.ends_on, today):
            found[contact.person_id].roles.append(contact.role)
    held = session.exec(
        select(Contract)
        .where(Contract.account_id == account.id, col(Contract.ended_at).is_(None))
        .where(col(Contract.holder_id).in_(people), Contract.phase == ContractPhase.CURRENT)
        .order_by(col(Contract.listed_on).desc(), col(Contract.id))
    )
    for contract in held:
        found[contract.holder_id or ""].contracts.append(contract)
    _add_representatives(session, account, people, found)
    for ties in found.values():
        ties.contracts.sort(key=lambda one: one.kind not in SERVICE_KINDS)
    return found


def _add_representatives(
    session: Session, account: Account, people: Collection[str], found: dict[str, Ties]
) -> None:
    """Add for whom of the account's people each of these acts (S1-09)."""
    trusting = households.trusting(session, people)
    givers = {giver for names in trusting.values() for giver in names}
    if not givers:
        return
    contacts = select(AccountContact.person_id).where(
        AccountContact.account_id == account.id, col(AccountContact.ended_at).is_(None)
    )
    holders = select(Contract.holder_id).where(
        Contract.account_id == account.id, col(Contract.ended_at).is_(None)
    )
    of_account = col(Person.id).in_(contacts) | col(Person.id).in_(holders)
    here = set(session.exec(select(Person.id).where(col(Person.id).in_(givers), of_account)))
    for person, names in trusting.items():
        found[person].acts_for = [name for giver, name in names.items() if giver in here]


def facts_of(
    session: Session, account: Account, people: Sequence[Person], ties: dict[str, Ties]
) -> dict[str, PersonFacts]:
    """Return what inviting each of these people depends on."""
    sign_ins = identity.sign_ins_of(session, [person.id for person in people])
    addresses = {contact_details.email(person.email) for person in people} - {""}
    used = identity.names_in_use(session, account.brand_id, addresses)
    return {
        person.id: PersonFacts(
            person_id=person.id,
            email=person.email,
            is_current=_is_current(account, ties.get(person.id)),
            has_sign_in=person.id in sign_ins,
            is_email_taken=used.get(contact_details.email(person.email), person.id) != person.id,
            is_account_customer=account.account_type is AccountType.ACCOUNT,
            is_portal_on=account.web_portal_enabled,
            is_open=_is_open(account, ties.get(person.id)),
        )
        for person in people
    }


def _is_current(account: Account, ties: Ties | None) -> bool:
    has_tie = ties is not None and bool(ties.roles or ties.contracts or ties.acts_for)
    return account.ended_at is None and has_tie


def _is_open(account: Account, ties: Ties | None) -> bool:
    """Say whether there is anything behind the door for them.

    An owner who is invited needs no registration: being published is enough for them too.
    """
    if ties is not None and any(one.kind in SERVICE_KINDS for one in ties.contracts):
        return True
    return account.has_service_contracts or access.is_open_to(account, None)
