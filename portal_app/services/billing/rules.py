"""The arithmetic of what is owed: pure, in minor units, with the day given from outside.

There is one set of rules for page, document and letter. The sums that go in come from
`queries.figures`, and from nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal_app.models import EntryKind

EARLIEST = date(1970, 1, 1)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Bucket(StrEnum):
    """How long an amount has been due, oldest last."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OVER_90 = "over_90"


# The last number of days after the due date at which an amount still stands in a bucket.
REACH = {Bucket.NOT_DUE: 0, Bucket.TO_30: 30, Bucket.TO_60: 60, Bucket.TO_90: 90}
BUCKET_LABELS = {
    Bucket.NOT_DUE: "Not due yet",
    Bucket.TO_30: "1 to 30 days",
    Bucket.TO_60: "31 to 60 days",
    Bucket.TO_90: "61 to 90 days",
    Bucket.OVER_90: "Over 90 days",
}


def bucket_of(due_on: date, as_of: date) -> Bucket:
    """Return where an amount due on `due_on` stands on the day `as_of`."""
    age = (as_of - due_on).days
    return next((bucket for bucket, last in REACH.items() if age <= last), Bucket.OVER_90)


def bucket_starts(as_of: date) -> dict[Bucket, date]:
    """Return the earliest due date in each bucket but the last, youngest bucket first."""
    return {bucket: as_of - timedelta(days=last) for bucket, last in REACH.items()}


def ageing(debits: Mapping[Bucket, int], paid: int) -> dict[Bucket, int]:
    """Let what was paid (a positive sum) clear the oldest debits first; return what is left.

    The parts sum to the balance, and are all 0 when nothing is owed.
    """
    left, open_parts = paid, dict.fromkeys(Bucket, 0)
    for bucket in reversed(Bucket):
        debit = debits.get(bucket, 0)
        cleared = min(debit, left)
        left -= cleared
        open_parts[bucket] = debit - cleared
    return open_parts


def owed(balance: int) -> int:
    """Return what there is to pay: never less than nothing."""
    return max(balance, 0)


def month_start(day: date) -> date:
    """Return the first day of a day's month, where its statement begins."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return (month_start(day) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_end_before(day: date) -> date:
    """Return the last day of the month before a day's month."""
    return month_start(day) - timedelta(days=1)


def read_day(value: object) -> date | None:
    """Read a day such as `2026-01-31` from an address; None when it is none since 1970."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= EARLIEST else None


ENTRY_LABELS = {
    EntryKind.OPENING: "Balance brought forward",
    EntryKind.CHARGE: "Charge",
    EntryKind.PAYMENT: "Payment",
    EntryKind.FEE: "Fee",
    EntryKind.CREDIT: "Credit",
    EntryKind.REFUND: "Refund",
}


class InvoiceStatus(StrEnum):
    """Where an invoice stands; follows from its amounts and its due date."""

    OPEN = "open"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDIT_NOTE = "credit_note"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class InvoiceWords:
    """An invoice's status as a customer reads it."""

    label: str
    tone: str
    next_step: str


INVOICE_WORDS = {
    InvoiceStatus.OPEN: InvoiceWords("To pay", "info", "Pay it by the due date."),
    InvoiceStatus.PART_PAID: InvoiceWords("Partly paid", "warn", "Pay the rest by the due date."),
    InvoiceStatus.OVERDUE: InvoiceWords(
        "Overdue", "bad", "The due date has passed. Pay it, or call your store."
    ),
    InvoiceStatus.PAID: InvoiceWords("Paid", "good", "There is nothing left to pay."),
    InvoiceStatus.CREDIT_NOTE: InvoiceWords(
        "Credit note", "good", "This lowers what you owe. There is nothing to do."
    ),
    InvoiceStatus.UNKNOWN: InvoiceWords(
        "Issued", "neutral", "Your balance shows what is left to pay."
    ),
}


def invoice_status(
    total: int, still_open: int | None, due_on: date | None, today: date
) -> InvoiceStatus:
    """Say where an invoice stands; an unknown open amount stays unknown."""
    if total < 0:
        return InvoiceStatus.CREDIT_NOTE
    if still_open is None:
        return InvoiceStatus.UNKNOWN
    if still_open <= 0:
        return InvoiceStatus.PAID
    if due_on is not None and due_on < today:
        return InvoiceStatus.OVERDUE
    return InvoiceStatus.PART_PAID if still_open < total else InvoiceStatus.OPEN
