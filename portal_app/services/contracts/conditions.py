"""What a person's rights are made of, as conditions on `Account`.

To write such a condition costs ten times what the database takes to answer it. So each is kept for
those who asked last, and for the quarter of an hour in which no time zone changes its date.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import ParamSpec, TypeVar

from sqlalchemy import ColumnElement, and_, or_, union_all
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.models import (
    PUBLISHED,
    Account,
    AccountContact,
    AccountType,
    ContactRole,
    Contract,
    ContractKind,
    PortalAccess,
)
from portal_app.services.contracts.calendar import local_today

P = ParamSpec("P")
R = TypeVar("R")
# One takes some 30 KiB, so all of them together a few tens of MiB.
_KEPT = 256


def kept(build: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function of plain values has built for the last who asked."""
    return lru_cache(maxsize=_KEPT)(build)  # type: ignore[return-value]


@kept
def is_open_contact(person_id: str, quarter: datetime) -> ColumnElement[bool]:
    """Return the condition for accounts that are open to this person as their contact."""
    is_registered = col(Account.portal_access) == PortalAccess.REGISTERED
    return or_(
        and_(or_(is_registered, is_open_by_contracts()), _is_contact(person_id, quarter)),
        and_(
            col(Account.portal_access).in_(PUBLISHED),
            _is_contact(person_id, quarter, col(AccountContact.role) != ContactRole.OWNER),
        ),
    )


@kept
def is_choosable_by(person_id: str, quarter: datetime) -> ColumnElement[bool]:
    """Return the condition for accounts in which this person has anything to see."""
    ever_holder = select(Contract.account_id).where(Contract.holder_id == person_id)
    holds = held_by(person_id).where(Contract.account_id == Account.id).exists()
    return and_(
        col(Account.id).in_(union_all(ever_contact(person_id), ever_holder)),
        or_(is_open_contact(person_id, quarter), and_(is_open_to_others(), holds)),
    )


def ever_contact(person_id: str) -> SelectOfScalar[str]:
    """Return the accounts that ever named this person; the index finds them."""
    return select(AccountContact.account_id).where(AccountContact.person_id == person_id)


def held_by(person_id: str) -> SelectOfScalar[str]:
    """Return the contracts that this person holds."""
    return select(Contract.id).where(
        Contract.holder_id == person_id, col(Contract.ended_at).is_(None)
    )


def is_open_by_contracts() -> ColumnElement[bool]:
    """Return the condition for accounts whose people come in by their contracts.

    A service contract or finance agreement opens an account to who is invited; the rental module's
    licence and its checklist do not matter to it (S0-01). Cash customers stay outside (S3-09).
    """
    return and_(
        col(Account.has_service_contracts).is_(True),
        col(Account.web_portal_enabled).is_(True),
        col(Account.account_type) == AccountType.ACCOUNT,
    )


def is_open_to_others() -> ColumnElement[bool]:
    """Return the condition for accounts that are open to more than their owner."""
    return or_(col(Account.portal_access).in_(PUBLISHED), is_open_by_contracts())


@kept
def has_rentals() -> ColumnElement[bool]:
    """Return the condition for accounts that anything was ever rented to."""
    return (
        select(Contract.id)
        .where(Contract.account_id == Account.id, Contract.kind == ContractKind.RENTAL)
        .exists()
    )


def _is_contact(
    person_id: str, quarter: datetime, *also: ColumnElement[bool]
) -> ColumnElement[bool]:
    today = local_today(quarter)
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
