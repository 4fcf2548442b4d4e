"""Who sees which account, and through it which contracts, invoices and statements.

A contact sees all of an account. Whoever only holds a contract on it sees that contract, and
nothing else of the account. A representative sees the contracts that whoever trusts them in the
area of contracts sees, and nothing else of the account either (S1-09).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Account, Area, Contract
from portal_app.services.contracts.calendar import this_quarter
from portal_app.services.contracts.conditions import (
    ever_contact,
    is_choosable_by,
    is_open_by_contracts,
    is_open_contact,
    is_open_to_others,
    kept,
)
from portal_app.services.reading import remembered


def visible_accounts(actor: Actor, *, area: Area | None = None) -> ColumnElement[bool]:
    """Return the condition on `Account` for the accounts that this actor may see.

    With an `area` also for those a contact of which trusts this actor in that area (S1-09).

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
    own = _visible_to_contact(actor.person_id, actor.brand, this_quarter())
    givers = actor.trusted_by(area) if area else frozenset[str]()
    return or_(own, whole_for(actor, givers)) if givers else own


@kept
def _visible_to_contact(person_id: str, brand: str, quarter: datetime) -> ColumnElement[bool]:
    return and_(
        _is_current_of(brand),
        # Which accounts at all, by index; else every account of the brand would be asked.
        col(Account.id).in_(ever_contact(person_id)),
        is_open_contact(person_id, quarter),
    )


def choosable_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for those in which this actor has anything to see."""
    if not actor.is_consumer or not actor.person_id:
        return visible_accounts(actor)
    givers = actor.trusted_by(Area.CONTRACTS) | actor.trusted_by(Area.PAYMENTS)
    return _choosable_by(actor.person_id, givers, actor.brand, this_quarter())


@kept
def _choosable_by(
    person_id: str, givers: frozenset[str], brand: str, quarter: datetime
) -> ColumnElement[bool]:
    ways = [is_choosable_by(one, quarter) for one in (person_id, *sorted(givers))]
    return and_(_is_current_of(brand), or_(*ways))


def own_accounts(actor: Actor) -> ColumnElement[bool]:
    """Return the same without what a customer sees for somebody else alone."""
    return choosable_accounts(replace(actor, trusted=frozenset()))


def visible_to(actor: Actor, *, area: Area = Area.CONTRACTS) -> ColumnElement[bool]:
    """Return the condition on `Contract` for the contracts that this actor may see.

    `area` is the one in which a representative has to be trusted.
    """
    if actor.is_consumer and actor.person_id:
        return _visible_by(actor.person_id, actor.trusted_by(area), actor.brand, this_quarter())
    accounts = select(Account.id).where(visible_accounts(actor))
    return and_(col(Contract.ended_at).is_(None), col(Contract.account_id).in_(accounts))


@kept
def _visible_by(
    person_id: str, givers: frozenset[str], brand: str, quarter: datetime
) -> ColumnElement[bool]:
    accounts = select(Account.id).where(_visible_to_contact(person_id, brand, quarter))
    others = select(Account.id).where(_is_current_of(brand), is_open_to_others())
    ways = [
        col(Contract.account_id).in_(accounts),
        and_(is_held_by(person_id, givers), col(Contract.account_id).in_(others)),
    ]
    if givers:
        shared = select(Account.id).where(_whole_for(brand, givers, quarter))
        ways.append(col(Contract.account_id).in_(shared))
    return and_(col(Contract.ended_at).is_(None), or_(*ways))


def _is_current_of(brand: str) -> ColumnElement[bool]:
    return and_(col(Account.brand_id) == brand, col(Account.ended_at).is_(None))


def require_account(
    session: Session, actor: Actor, account_id: str, *, area: Area | None = None
) -> Account:
    """Return the account if this actor may see it; raises NotFound for every other case.

    `area` is the one in which a representative has to be trusted; without it they see none.
    """
    # Whom nobody trusts in an area sees the same in each of them: that is asked once.
    is_trusted = area is not None and bool(actor.trusted_by(area))
    return _account_for(session, actor, text.key(account_id), area if is_trusted else None)


@remembered
def _account_for(session: Session, actor: Actor, wanted: str, area: Area | None) -> Account:
    seen = visible_accounts(actor, area=area)
    found = (
        session.exec(select(Account).where(Account.id == wanted, seen)).first() if wanted else None
    )
    if found is None:
        raise NotFound
    return found


@remembered
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


def whole_for(actor: Actor, givers: Collection[str]) -> ColumnElement[bool]:
    """Return the condition on `Account` for those of which one of these people is a contact."""
    return _whole_for(actor.brand, frozenset(givers), this_quarter())


@kept
def _whole_for(brand: str, givers: frozenset[str], quarter: datetime) -> ColumnElement[bool]:
    theirs = [
        and_(col(Account.id).in_(ever_contact(one)), is_open_contact(one, quarter))
        for one in sorted(givers)
    ]
    return and_(_is_current_of(brand), or_(*theirs))


def is_held_by(person_id: str, givers: Collection[str]) -> ColumnElement[bool]:
    """Return the condition on `Contract` for those that this person or one of the givers holds."""
    holder = col(Contract.holder_id)
    return holder.in_([person_id, *sorted(givers)]) if givers else holder == person_id


def open_by_contracts(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Account` for those of this brand that contracts open."""
    of_brand = col(Account.brand_id) == actor.brand if actor.brand else true()
    return and_(of_brand, col(Account.ended_at).is_(None), is_open_by_contracts())
