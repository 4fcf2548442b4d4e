"""What payments leave in the account's ledger, each under a name by which a feed may know it."""

from datetime import date

from portal_app.models import EntryKind, Instalment, LedgerEntry, PaymentAttempt
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.elsewhere import SOURCE
from portal_app.services.transaction import Transaction


def book_charge(tx: Transaction, deal: Deal, row: Instalment, day: date) -> None:
    """Book that a payment is owed; once, however often it is tried or moved."""
    _book(tx, deal, row, EntryKind.CHARGE, f"inst-{row.id}-charge", row.amount_minor, day)


def book_fee(tx: Transaction, deal: Deal, row: Instalment, day: date) -> None:
    """Book the fee for a missed payment; once for each time it is missed."""
    if row.fee_minor:
        key = f"inst-{row.id}-fee-{row.attempts}"
        _book(tx, deal, row, EntryKind.FEE, key, row.fee_minor, day)


def book_payment(
    tx: Transaction, deal: Deal, row: Instalment, attempt: PaymentAttempt, day: date
) -> None:
    """Book the money of an attempt; once, by the key under which it was asked for."""
    _book(
        tx,
        deal,
        row,
        EntryKind.PAYMENT,
        attempt.idempotency_key,
        -attempt.amount_minor,
        day,
        attempt.method_label,
    )


def book_credit(
    tx: Transaction, deal: Deal, row: Instalment, what: str, amount: int, day: date
) -> None:
    """Book that an amount is not owed any more; `what` is such as `fee` or `waived`."""
    if amount:
        key = f"inst-{row.id}-{what}-off-{row.version}"
        _book(tx, deal, row, EntryKind.CREDIT, key, -amount, day)


def _book(
    tx: Transaction,
    deal: Deal,
    row: Instalment,
    kind: EntryKind,
    key: str,
    amount_minor: int,
    day: date,
    method: str = "",
) -> None:
    entry = LedgerEntry(
        brand_id=row.brand_id,
        source_system=SOURCE,
        external_id=key,
        account_id=deal.contract.account_id,
        contract_id=deal.contract.id,
        kind=kind,
        amount_minor=amount_minor,
        effective_on=day,
        reference=f"{deal.contract.number} #{row.sequence}"[:60],
        method_label=method[:60],
    )
    tx.insert_once(LedgerEntry, entry.model_dump(), "brand_id", "external_id")
