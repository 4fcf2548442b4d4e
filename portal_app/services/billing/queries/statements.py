"""Statements: for a day that is chosen, and the list of those that there are."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, cast, func, literal
from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid
from portal_app.core.money import Money
from portal_app.core.paging import page_size
from portal_app.models import Account, LedgerEntry, Store
from portal_app.services import contracts, wording
from portal_app.services.billing import rules
from portal_app.services.billing.policy import require_account
from portal_app.services.billing.queries.figures import ENTRIES, standing, totals
from portal_app.services.billing.queries.movements import newest_movements
from portal_app.services.billing.views import Statement, StatementPage, StatementRow
from portal_app.services.reading import rows_of
from portal_app.services.transaction import reading

# More than this in one month is neither read on a screen nor on paper.
MOST_MOVEMENTS = 2_000
STATEMENTS_A_PAGE = 12


def statement(actor: Actor, *, account: str, as_of: str | date) -> Statement:
    """Return the statement for a day: from the first of its month to that day (S3-20).

    `as_of` is a date or its ISO text. Raises NotFound to a stranger, Invalid(as_of=…) for
    a day to come, one before 1970 or what is no day.
    """
    with reading() as session:
        found = require_account(session, actor, account)
        return _statement(session, found, require_day(as_of, found.timezone))


def statement_day(actor: Actor, *, account: str, as_of: str | date) -> date:
    """Return the day if there can be a statement for it; refuses what `statement` refuses."""
    with reading() as session:
        found = require_account(session, actor, account)
        return require_day(as_of, found.timezone)


def require_day(value: object, zone: str) -> date:
    """Return the day that was asked for, if there can be a statement for it."""
    # Text goes the same way whether it came from an address or was a date: one check for all.
    day = rules.read_day(value.isoformat() if isinstance(value, date) else value)
    if day is None:
        raise Invalid(as_of="Choose a day, such as 2026-01-31.")
    if day > clock.today(zone):
        raise Invalid(as_of="That day has not come yet. Choose today or an earlier day.")
    return day


def _statement(session: Session, account: Account, day: date) -> Statement:
    starts_on = rules.month_start(day)
    sums = totals(session, account.id, until=day, since=starts_on)
    found = newest_movements(
        session, account, until=day, since=starts_on, balance=sums.balance, most=MOST_MOVEMENTS + 1
    )
    movements = found[:MOST_MOVEMENTS]
    listed = sum(movement.amount.amount_minor for movement in movements)
    store = session.get(Store, account.store_id) if account.store_id else None
    has_history = bool(sums.debits or sums.credits)
    return Statement(
        account=contracts.AccountChoice.of(account),
        brand_id=account.brand_id,
        zone=account.timezone,
        today=clock.today(account.timezone),
        store=contracts.StoreContact.of(store),
        starts_on=starts_on,
        opening=Money(sums.opening, account.currency),
        earlier=Money(sums.balance - sums.opening - listed, account.currency),
        is_shortened=len(found) > len(movements),
        movements=tuple(reversed(movements)),
        standing=standing(session, account, as_of=day, sums=sums),
        explanation="" if movements else _explain(starts_on, day, has_history=has_history),
    )


def _explain(starts_on: date, day: date, *, has_history: bool) -> str:
    if not has_history:
        return f"Nothing had been charged or paid on this account by {wording.day(day)}."
    if starts_on == day:
        return f"Nothing was charged or paid on {wording.day(day)}."
    return (
        f"Nothing was charged or paid from {wording.day(starts_on)} to {wording.day(day)}. "
        "Choose another date to see what happened before."
    )


def statement_list(
    actor: Actor, *, account: str, after: str = "", size: int = STATEMENTS_A_PAGE
) -> StatementPage:
    """Return the month ends that have passed and have entries, newest first.

    `after` is the `after` of the page before; anything else gives the first page.
    """
    size = page_size(size, usual=STATEMENTS_A_PAGE)
    with reading() as session:
        found = require_account(session, actor, account)
        today = clock.today(found.timezone)
        until = rules.month_end_before(_first_hidden(after, today))
        balance = totals(session, found.id, until=until, since=until).balance
        rows = statement_rows(session, found, until=until, balance=balance, size=size + 1)
    shown = rows[:size]
    more = shown[-1].as_of.isoformat() if len(rows) > size else ""
    return StatementPage(shown, today, more)


def _first_hidden(after: str, today: date) -> date:
    tomorrow = today + timedelta(days=1)
    return min(rules.read_day(after) or tomorrow, tomorrow)


def statement_rows(
    session: Session, account: Account, *, until: date, balance: int, size: int
) -> tuple[StatementRow, ...]:
    """Return the newest statements up to a month end, given the balance on it."""
    rows: list[StatementRow] = []
    for last, moved in _months(session, account.id, until, size):
        rows.append(StatementRow(rules.month_end(last), Money(balance, account.currency)))
        balance -= moved
    return tuple(rows)


def _months(
    session: Session, account_id: str, until: date, size: int
) -> Sequence[tuple[date, int]]:
    """Return the last entry's day and the sum of each month with entries, newest first.

    Steps from month to month along the index, so a long ledger costs no more than a short one.
    """
    query = _months_query(session.get_bind().dialect.name)
    found = rows_of(session, query, account=account_id, until=until, size=size)
    return [(last, int(total)) for last, total in found]


@cache
def _months_query(dialect: str) -> Any:
    entry = col(LedgerEntry.effective_on)

    def newest(*where: ColumnElement[bool]) -> Any:
        query = select(entry).where(*where).order_by(entry.desc()).limit(1)
        return query.scalar_subquery()

    start = select(newest(*ENTRIES).label("last"), literal(1).label("n"))
    step: Any = start.cte("step", recursive=True)
    started = _month_start(dialect, step.c.last)
    older = select(newest(*ENTRIES, entry < started), step.c.n + 1)
    step = step.union_all(older.where(step.c.n < bindparam("size"), step.c.last.is_not(None)))
    within = (*ENTRIES, entry >= _month_start(dialect, step.c.last), entry <= step.c.last)
    moved = select(func.sum(LedgerEntry.amount_minor)).where(*within).scalar_subquery()
    query: Any = select(step.c.last, moved).where(step.c.last.is_not(None))
    return query.order_by(step.c.n)


def _month_start(dialect: str, day: Any) -> Any:
    if dialect == "postgresql":
        return cast(func.date_trunc("month", day), Date)
    return func.date(day, "start of month", type_=Date)
