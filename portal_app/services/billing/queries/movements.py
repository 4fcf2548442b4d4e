"""Entries of the ledger with the balance after each."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam, select
from sqlmodel import Session, col

from portal_app.core.money import Money
from portal_app.models import Account, Contract, EntryKind, LedgerEntry
from portal_app.services.billing.queries.figures import ENTRIES
from portal_app.services.billing.rules import ENTRY_LABELS
from portal_app.services.billing.views import LastPayment, Movement
from portal_app.services.reading import rows_of

_SHOWN = (
    col(LedgerEntry.effective_on),
    col(LedgerEntry.kind),
    col(LedgerEntry.amount_minor),
    col(LedgerEntry.reference),
    col(LedgerEntry.method_label),
)
_NEWEST_FIRST = (col(LedgerEntry.effective_on).desc(), col(LedgerEntry.id).desc())


def newest_movements(
    session: Session, account: Account, *, until: date, since: date | None, balance: int, most: int
) -> list[Movement]:
    """Return the newest entries of a period, newest first; `balance` is that on `until`."""
    asked = {"account": account.id, "until": until, "since": since or date.min, "most": most}
    found = rows_of(session, _newest_query(), **asked)
    movements: list[Movement] = []
    for row in found:
        movements.append(_movement(row, balance, account.currency))
        balance -= row.amount_minor
    return movements


@cache
def _newest_query() -> Any:
    return (
        select(*_SHOWN, col(Contract.number))
        .join(Contract, col(Contract.id) == col(LedgerEntry.contract_id), isouter=True)
        .where(*ENTRIES, col(LedgerEntry.effective_on) >= bindparam("since", type_=Date))
        .order_by(*_NEWEST_FIRST)
        .limit(bindparam("most"))
    )


def last_payment(session: Session, account: Account, *, until: date) -> LastPayment | None:
    """Return the newest payment up to a day."""
    found = rows_of(session, _payment_query(), account=account.id, until=until)
    if not found:
        return None
    entry = found[0]
    paid = Money(-entry.amount_minor, account.currency)
    return LastPayment(paid, entry.effective_on, entry.method_label)


@cache
def _payment_query() -> Any:
    is_payment = (
        col(LedgerEntry.amount_minor) < 0,
        col(LedgerEntry.kind) == EntryKind.PAYMENT,
    )
    return select(*_SHOWN).where(*ENTRIES, *is_payment).order_by(*_NEWEST_FIRST).limit(1)


def _movement(entry: Any, balance: int, currency: str) -> Movement:
    return Movement(
        on=entry.effective_on,
        kind=entry.kind,
        label=ENTRY_LABELS[entry.kind],
        amount=Money(entry.amount_minor, currency),
        balance=Money(balance, currency),
        reference=entry.reference,
        contract_number=entry.number or "",
        method=entry.method_label,
    )
