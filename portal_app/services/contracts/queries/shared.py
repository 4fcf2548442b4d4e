"""What a representative sees of an account, and for whom (S1-09)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Account, AccountContact, Area, Contract, Person
from portal_app.services.contracts.policy import is_held_by, own_accounts, whole_for


def part_for(session: Session, actor: Actor, account: Account) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `Contract` for what this actor sees of an account in part.

    None where they act for one of its contacts, who sees all of its contracts.
    """
    givers = actor.trusted_by(Area.CONTRACTS)
    if givers:
        whole = select(Account.id).where(Account.id == account.id, whole_for(actor, givers))
        if session.exec(whole).first():
            return ()
    return (is_held_by(actor.person_id, givers),)


def reached(
    session: Session, actor: Actor, account_ids: Collection[str], area: Area
) -> frozenset[str]:
    """Return those of the accounts a contact of which trusts this actor in an area."""
    givers = actor.trusted_by(area)
    if not givers or not account_ids:
        return frozenset()
    where = (col(Account.id).in_(account_ids), whole_for(actor, givers))
    return frozenset(session.exec(select(Account.id).where(*where)))


def acting_for(session: Session, actor: Actor, account_ids: Collection[str]) -> dict[str, Person]:
    """Return for whom this actor looks at accounts that are not their own, by account."""
    givers = actor.trusted_by(Area.CONTRACTS) | actor.trusted_by(Area.PAYMENTS)
    if not givers or not account_ids:
        return {}
    own = select(Account.id).where(col(Account.id).in_(account_ids), own_accounts(actor))
    others = set(account_ids) - set(session.exec(own))
    where = (col(Account.id).in_(others), col(Person.id).in_(givers))
    contact = (
        select(Account.id, Person)
        .join(AccountContact, col(AccountContact.account_id) == col(Account.id))
        .join(Person, col(Person.id) == col(AccountContact.person_id))
        .where(*where)
    )
    holder = (
        select(Account.id, Person)
        .join(Contract, col(Contract.account_id) == col(Account.id))
        .join(Person, col(Person.id) == col(Contract.holder_id))
        .where(*where, col(Contract.ended_at).is_(None))
        .distinct()
    )
    return {account: person for one in (holder, contact) for account, person in session.exec(one)}
