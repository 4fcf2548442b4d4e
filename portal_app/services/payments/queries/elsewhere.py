"""What the master's ledger says was paid elsewhere, and which fees stay owed for all that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.models import (
    AttemptKind,
    AttemptState,
    EntryKind,
    Instalment,
    LedgerEntry,
    PaymentAttempt,
)
from portal_app.models import InstalmentState as State

SOURCE = "portal"
"""Of whom entries are that the portal itself has booked."""
_PAID = (State.PAID, State.PAID_LATE)
_TO_COME = (State.SCHEDULED, State.ON_HOLD)


def paid_elsewhere(session: Session, contracts: Collection[str]) -> dict[tuple[str, str], int]:
    """Return how much was paid, in minor units, by contract and by what the entries refer to."""
    entries = select(
        LedgerEntry.contract_id, LedgerEntry.reference, LedgerEntry.amount_minor
    ).where(
        col(LedgerEntry.contract_id).in_(contracts),
        LedgerEntry.kind == EntryKind.PAYMENT,
        LedgerEntry.source_system != SOURCE,
        LedgerEntry.reference != "",
        col(LedgerEntry.ended_at).is_(None),
    )
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for contract, reference, amount in session.exec(entries):
        sums[contract or "", reference] -= amount
    return sums


def fees_owed(
    session: Session, rows: Sequence[Instalment], attempts: Iterable[PaymentAttempt]
) -> dict[str, int]:
    """Return the fees that are owed for payments made elsewhere, in minor units by payment.

    The portal booked such a fee when it could not take the payment, and has taken nothing for it
    since. What the master's ledger names as paid beyond the payment itself counts for the fee.
    """
    missed, taken = set[str](), set[str]()
    for one in attempts:
        if one.state is AttemptState.SUCCEEDED:
            taken.add(one.instalment_id)
        elif one.state is AttemptState.FAILED and one.kind is AttemptKind.DUE:
            missed.add(one.instalment_id)
    open_ones = [
        row for row in rows if row.state in _PAID and row.fee_minor and row.id in missed - taken
    ]
    if not open_ones:
        return {}
    paid = paid_elsewhere(session, {row.contract_id for row in open_ones})
    owed = {
        row.id: row.fee_minor
        - max(0, paid.get((row.contract_id, row.external_id), 0) - row.amount_minor)
        for row in open_ones
    }
    return {key: amount for key, amount in owed.items() if amount > 0}


def charged_before(session: Session, rows: Sequence[Instalment]) -> set[str]:
    """Return which of the payments to come were due before: missed, then moved to a later day.

    The portal has tried those itself, or the master's ledger names their charge. They are owed
    whatever becomes of the contract.
    """
    to_come = [row for row in rows if row.state in _TO_COME]
    tried = {row.id for row in to_come if row.attempts}
    moved = {
        (row.contract_id, row.external_id): row.id
        for row in to_come
        if row.rescheduled_from and row.id not in tried
    }
    if not moved:
        return tried
    entries = select(LedgerEntry.contract_id, LedgerEntry.reference).where(
        col(LedgerEntry.contract_id).in_({contract for contract, _ in moved}),
        LedgerEntry.kind == EntryKind.CHARGE,
        LedgerEntry.source_system != SOURCE,
        col(LedgerEntry.reference).in_({reference for _, reference in moved}),
        LedgerEntry.effective_on <= clock.today(),
        col(LedgerEntry.ended_at).is_(None),
    )
    named = {(contract or "", reference) for contract, reference in session.exec(entries)}
    return tried | {moved[one] for one in named & moved.keys()}
