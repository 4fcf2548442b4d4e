"""The sums that every figure is made of, added up by the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, func, select, union_all
from sqlmodel import Session, col

from portal_app.core.money import Money
from portal_app.models import Account, Invoice, LedgerEntry
from portal_app.services.billing import rules
from portal_app.services.billing.rules import Bucket
from portal_app.services.billing.views import AgedPart, Standing
from portal_app.services.reading import rows_of

# An account's entries up to a day, without those taken back. To write a query costs more than to
# answer it: those of this package are written once and given `account`, `until` and the like.
ENTRIES: tuple[ColumnElement[bool], ...] = (
    col(LedgerEntry.account_id) == bindparam("account"),
    col(LedgerEntry.effective_on) <= bindparam("until", type_=Date),
    col(LedgerEntry.ended_at).is_(None),
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in minor units up to a day: what was owed before a period, owed since ever, paid."""

    opening: int
    debits: int
    credits: int

    @property
    def balance(self) -> int:
        """What is owed on the day."""
        return self.debits - self.credits


def totals(session: Session, account_id: str, *, until: date, since: date) -> Totals:
    """Add up an account's ledger to the end of `until`; `opening` stops before `since`."""
    (sums,) = rows_of(session, _totals_query(), account=account_id, until=until, since=since)
    return Totals(*(int(value) for value in sums))


@cache
def _totals_query() -> Any:
    amount = col(LedgerEntry.amount_minor)
    before = col(LedgerEntry.effective_on) < _day("since")
    return select(
        func.coalesce(func.sum(case((before, amount), else_=0)), 0),
        func.coalesce(func.sum(case((amount > 0, amount), else_=0)), 0),
        func.coalesce(func.sum(case((amount < 0, -amount), else_=0)), 0),
    ).where(*ENTRIES)


def standing(session: Session, account: Account, *, as_of: date, sums: Totals) -> Standing:
    """Return how the account stands on a day, given its totals up to that day."""
    debits = _young_debits(session, account.id, as_of)
    debits[Bucket.OVER_90] = sums.debits - sum(debits.values())
    parts = rules.ageing(debits, sums.credits)

    def money(minor: int) -> Money:
        return Money(minor, account.currency)

    return Standing(
        as_of=as_of,
        balance=money(sums.balance),
        owed=money(rules.owed(sums.balance)),
        overdue=money(sum(parts.values()) - parts[Bucket.NOT_DUE]),
        ageing=tuple(
            AgedPart(bucket, rules.BUCKET_LABELS[bucket], money(minor))
            for bucket, minor in parts.items()
        ),
    )


def _young_debits(session: Session, account_id: str, as_of: date) -> dict[Bucket, int]:
    """Sum the debits that are not over 90 days, by bucket.

    Two parts, each along an index, so that years of history cost nothing: entries of the last
    90 days that no invoice dates, and the entries of invoices due within that time or later.
    """
    starts = rules.bucket_starts(as_of)
    days = {f"start_{number}": start for number, start in enumerate(starts.values())}
    asked = {"account": account_id, "as_of": as_of, "oldest": min(starts.values()), **days}
    (sums,) = rows_of(session, _young_debits_query(len(starts)), **asked)
    return dict(zip(starts, map(int, sums), strict=True))


@cache
def _young_debits_query(buckets: int) -> Any:
    on, due_on = col(LedgerEntry.effective_on), col(Invoice.due_on)
    amount = col(LedgerEntry.amount_minor)
    as_of, oldest = _day("as_of"), _day("oldest")
    debits = (
        col(LedgerEntry.account_id) == bindparam("account"),
        col(LedgerEntry.ended_at).is_(None),
        amount > 0,
    )
    undated: Any = select(_named(on, "due"), _named(amount, "amount"))
    undated = undated.join(Invoice, _is_billed(), isouter=True)
    # The day stands in the sum, not in the condition: else SQLite walks the ledger from its start.
    dated: Any = select(
        _named(due_on, "due"), _named(case((on <= as_of, amount), else_=0), "amount")
    )
    dated = dated.join(Invoice, _is_billed())
    both = union_all(
        undated.where(*debits, on >= oldest, on <= as_of, due_on.is_(None)),
        dated.where(*debits, Invoice.account_id == bindparam("account"), due_on >= oldest),
    ).subquery()
    starts = [_day(f"start_{number}") for number in range(buckets)]
    return select(*_bucket_sums(both.c, starts))


def _day(name: str) -> Any:
    return bindparam(name, type_=Date)


def _named(column: Any, name: str) -> Any:
    return column.label(name)


def _bucket_sums(both: Any, starts: Sequence[Any]) -> Iterator[Any]:
    end = None
    for start in starts:
        is_in = both.due >= start if end is None else and_(both.due >= start, both.due < end)
        yield func.coalesce(func.sum(case((is_in, both.amount), else_=0)), 0)
        end = start


def _is_billed() -> ColumnElement[bool]:
    """Join an entry to the invoice that it names, if that is on the same account."""
    return and_(
        col(Invoice.brand_id) == col(LedgerEntry.brand_id),
        col(Invoice.account_id) == col(LedgerEntry.account_id),
        col(Invoice.number) == col(LedgerEntry.reference),
        col(Invoice.ended_at).is_(None),
    )
