"""Who sees which account, and through it which contracts, invoices and statements.

A contact sees all of an account. Whoever only holds a contract on it sees that contract, and
nothing else of the account. A representative sees the contracts that whoever trusts them in the
area of contracts sees, and nothing else of the account either (S1-09).
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, false, or_, true, union_all
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import (
    PUBLISHED,
    Account,
    AccountContact,
    AccountType,
    Area,
    ContactRole,
    Contract,
    ContractKind,
    PortalAccess,
)
from portal_app.services.contracts.calendar import local_today


def visible_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for the accounts that this actor may see.

    A customer sees accounts on which they are a contact today (in the account's own time zone),
    once the account is registered for the portal or holds service contracts; whoever is not its
    owner from its publication on. Staff see all of their brand; nobody sees none.
    """
    if actor.is_staff:
        return col(Account.brand_id) == actor.brand
    if actor.is_system:
        return col(Account.brand_id) == actor.brand if actor.brand else true()
    if not actor.is_consumer or not actor.person_id:
        return false()
    return and_(
        col(Account.brand_id) == actor.brand,
        col(Account.ended_at).is_(None),
        # Which accounts at all, by index; else every account of the brand would be asked.
        col(Account.id).in_(_ever_contact(actor.person_id)),
        _is_open_contact(actor.person_id),
    )


def choosable_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for those in which this actor has anything to see."""
    if not actor.is_consumer or not actor.person_id:
        return visible_accounts(actor)
    mine = _choosable_by(actor.person_id)
    others = [_choosable_by(one) for one in sorted(actor.trusted_by(Area.CONTRACTS))]
    return and_(
        col(Account.brand_id) == actor.brand,
        col(Account.ended_at).is_(None),
        or_(mine, *others) if others else mine,
    )


def own_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the same without what a customer sees for somebody else alone."""
    return choosable_accounts(replace(actor, trusted=frozenset()))


def visible_to(actor: Actor, *, area: Area = Area.CONTRACTS) -> ColumnElement[bool]:
    """Return the condition on `Contract` for the contracts that this actor may see.

    `area` is the one in which a representative has to be trusted.
    """
    accounts = select(Account.id).where(visible_accounts(actor))
    through_account = col(Contract.account_id).in_(accounts)
    if not actor.is_consumer or not actor.person_id:
        return and_(col(Contract.ended_at).is_(None), through_account)
    open_accounts = select(Account.id).where(
        Account.brand_id == actor.brand, col(Account.ended_at).is_(None), _is_open_to_others()
    )
    givers = actor.trusted_by(area)
    held = and_(is_held_by(actor.person_id, givers), col(Contract.account_id).in_(open_accounts))
    ways = [through_account, held]
    if givers:
        shared = select(Account.id).where(whole_for(actor, givers))
        ways.append(col(Contract.account_id).in_(shared))
    return and_(col(Contract.ended_at).is_(None), or_(*ways))


def require_account(session: Session, actor: Actor, account_id: str) -> Account:
    """Return the account if this actor may see it; raises NotFound for every other case."""
    wanted = text.key(account_id)
    found = (
        session.exec(select(Account).where(Account.id == wanted, visible_accounts(actor))).first()
        if wanted
        else None
    )
    if found is None:
        raise NotFound
    return found


def require_choice(session: Session, actor: Actor, account_id: str) -> tuple[Account, bool]:
    """Return an account in which this actor has something to see, and whether that is all of it.

    Raises NotFound for every other account.
    """
    wanted = text.key(account_id)
    found = (
        session.exec(
            select(Account, visible_accounts(actor).label("is_contact")).where(
                Account.id == wanted, choosable_accounts(actor)
            )
        ).first()
        if wanted
        else None
    )
    if found is None:
        raise NotFound
    return found[0], bool(found[1])


def require_contract(session: Session, actor: Actor, where: ColumnElement[bool]) -> Contract:
    """Return the one contract that fits and that this actor may see, else raise NotFound."""
    found = session.exec(select(Contract).where(where, visible_to(actor))).first()
    if found is None:
        raise NotFound
    return found


def _choosable_by(person_id: str) -> ColumnElement[bool]:
    ever_holder = select(Contract.account_id).where(Contract.holder_id == person_id)
    holds = _held_by(person_id).where(Contract.account_id == Account.id).exists()
    return and_(
        col(Account.id).in_(union_all(_ever_contact(person_id), ever_holder)),
        or_(_is_open_contact(person_id), and_(_is_open_to_others(), holds)),
    )


def whole_for(actor: Actor, givers: Collection[str]) -> ColumnElement[bool]:
    """Return the condition on `Account` for those of which one of these people is a contact."""
    return and_(
        col(Account.brand_id) == actor.brand,
        col(Account.ended_at).is_(None),
        or_(
            *(
                and_(col(Account.id).in_(_ever_contact(one)), _is_open_contact(one))
                for one in sorted(givers)
            )
        ),
    )


def is_held_by(person_id: str, givers: Collection[str]) -> ColumnElement[bool]:
    """Return the condition on `Contract` for those that this person or one of the givers holds."""
    holder = col(Contract.holder_id)
    return holder.in_([person_id, *sorted(givers)]) if givers else holder == person_id


def _ever_contact(person_id: str) -> SelectOfScalar[str]:
    return select(AccountContact.account_id).where(AccountContact.person_id == person_id)


def open_by_contracts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for those of this brand that contracts open."""
    of_brand = col(Account.brand_id) == actor.brand if actor.brand else true()
    return and_(of_brand, col(Account.ended_at).is_(None), _is_open_by_contracts())


def _is_open_by_contracts() -> ColumnElement[bool]:
    """Return the condition on `Account` for those whose people come in by their contracts.

    A service contract or finance agreement opens an account to who is invited; the rental module's
    licence and its checklist do not matter to it (S0-01). Cash customers stay outside (S3-09).
    """
    return and_(
        col(Account.has_service_contracts).is_(True),
        col(Account.web_portal_enabled).is_(True),
        col(Account.account_type) == AccountType.ACCOUNT,
    )


def _is_open_to_others() -> ColumnElement[bool]:
    return or_(col(Account.portal_access).in_(PUBLISHED), _is_open_by_contracts())


def _is_open_contact(person_id: str) -> ColumnElement[bool]:
    is_registered = col(Account.portal_access) == PortalAccess.REGISTERED
    return or_(
        and_(or_(is_registered, _is_open_by_contracts()), _is_contact(person_id)),
        and_(
            col(Account.portal_access).in_(PUBLISHED),
            _is_contact(person_id, col(AccountContact.role) != ContactRole.OWNER),
        ),
    )


def _held_by(person_id: str) -> SelectOfScalar[str]:
    return select(Contract.id).where(
        Contract.holder_id == person_id, col(Contract.ended_at).is_(None)
    )


def has_rentals() -> ColumnElement[bool]:
    """Return the condition on `Account` for those that anything was ever rented to."""
    return (
        select(Contract.id)
        .where(Contract.account_id == Account.id, Contract.kind == ContractKind.RENTAL)
        .exists()
    )


def _is_contact(person_id: str, *also: ColumnElement[bool]) -> ColumnElement[bool]:
    today = local_today(clock.now())
    starts, ends = col(AccountContact.starts_on), col(AccountContact.ends_on)
    return (
        select(AccountContact.id)
        .where(
            AccountContact.account_id == Account.id,
            AccountContact.person_id == person_id,
            col(AccountContact.ended_at).is_(None),
            *also,
            or_(starts.is_(None), starts <= today),
            or_(ends.is_(None), ends >= today),
        )
        .exists()
    )
