"""Entries of the ledger with the balance after each."""

from datetime import date

from sqlmodel import Session, col, select

from portal_app.core.money import Money
from portal_app.models import Account, Contract, EntryKind, LedgerEntry
from portal_app.services.billing.queries.figures import entries_of
from portal_app.services.billing.rules import ENTRY_LABELS
from portal_app.services.billing.views import LastPayment, Movement

_Entry = tuple[LedgerEntry, str | None]


def newest_movements(
    session: Session, account: Account, *, until: date, since: date | None, balance: int, most: int
) -> list[Movement]:
    """Return the newest entries of a period, newest first; `balance` is that on `until`."""
    started = (col(LedgerEntry.effective_on) >= since,) if since else ()
    found = session.exec(
        select(LedgerEntry, Contract.number)
        .join(Contract, col(Contract.id) == col(LedgerEntry.contract_id), isouter=True)
        .where(*entries_of(account.id, until=until), *started)
        .order_by(col(LedgerEntry.effective_on).desc(), col(LedgerEntry.id).desc())
        .limit(most)
    )
    movements: list[Movement] = []
    for row in found:
        movements.append(_movement(row, balance, account.currency))
        balance -= row[0].amount_minor
    return movements


def last_payment(session: Session, account: Account, *, until: date) -> LastPayment | None:
    """Return the newest payment up to a day."""
    entry = session.exec(
        select(LedgerEntry)
        .where(
            *entries_of(account.id, until=until),
            col(LedgerEntry.amount_minor) < 0,
            col(LedgerEntry.kind) == EntryKind.PAYMENT,
        )
        .order_by(col(LedgerEntry.effective_on).desc(), col(LedgerEntry.id).desc())
        .limit(1)
    ).first()
    if entry is None:
        return None
    paid = Money(-entry.amount_minor, account.currency)
    return LastPayment(paid, entry.effective_on, entry.method_label)


def _movement(row: _Entry, balance: int, currency: str) -> Movement:
    entry, contract_number = row
    return Movement(
        on=entry.effective_on,
        kind=entry.kind,
        label=ENTRY_LABELS[entry.kind],
        amount=Money(entry.amount_minor, currency),
        balance=Money(balance, currency),
        reference=entry.reference,
        contract_number=contract_number or "",
        method=entry.method_label,
    )
