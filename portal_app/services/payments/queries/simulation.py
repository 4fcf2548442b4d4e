"""The brand's next run before it happens, foretold by the policy that the run follows (S0-27)."""

from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, case, col, func, or_, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.money import Money
from portal_app.core.paging import Cursor, read_cursor
from portal_app.core.settings import settings
from portal_app.models import Account, Contract, Instalment
from portal_app.models import InstalmentState as State
from portal_app.services.payments import policy
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.books import Book, books_of, policy_of
from portal_app.services.payments.queries.building import charge_view, link_of, means_on
from portal_app.services.payments.rules.dunning import COLLECTED
from portal_app.services.payments.rules.forecast import forecast
from portal_app.services.payments.rules.telling import tell
from portal_app.services.payments.views import Simulated, Simulation
from portal_app.services.transaction import reading

PAGE = 20
_UNSETTLED = (State.PROCESSING, State.RETRYING)


def simulate_run(actor: Actor, *, after: str = "") -> Simulation:
    """Return what the brand's next run would take from whom, and what would come of a failure.

    Nothing is written and no gateway is asked. Where payments are switched off it is what a run
    would take if they were on.
    """
    policy.require_staff(actor)
    with reading() as session:
        kept = policy_of(session, actor.brand)
        on = _next_day(session, actor)
        if on is None:
            return Simulation(None, kept.run_at, kept.takes_payments)
        found = _due(session, actor, on, read_cursor(after))
        deals = [Deal(contract, account) for contract, account, _ in found[:PAGE]]
        books = books_of(session, deals, with_attempts=False)
        contracts, totals = _totals(session, actor, on)
    days = [since for _, _, since in found[:PAGE]]
    shown = [_simulated(book, since) for book, since in zip(books, days, strict=True)]
    rows = tuple(one for one in shown if one)
    more = str(Cursor(days[-1], books[-1].contract.id)) if len(found) > PAGE else ""
    return Simulation(on, kept.run_at, kept.takes_payments, rows, more, contracts, totals)


def _next_day(session: Session, actor: Actor) -> date | None:
    """Return the first day on which anything is taken, today at the earliest."""
    due = (State.SCHEDULED, col(Instalment.due_on))
    again = (State.MISSED, cast("Any", Instalment.retry_on))
    days = [first for one in (due, again) if (first := _first(session, actor, *one))]
    return max(clock.today(settings().timezone), min(days)) if days else None


def _first(session: Session, actor: Actor, state: State, day: Any) -> date | None:
    """Return the first day that payments in a state wait for, by an index in the order of days."""
    wanted: Any = cast("Any", select)(day).join(
        Contract, col(Contract.id) == col(Instalment.contract_id)
    )
    waiting = wanted.where(*_collected(actor), col(Instalment.state) == state, day.is_not(None))
    return cast("Any", session).exec(waiting.order_by(day).limit(1)).first()


def _due(
    session: Session, actor: Actor, on: date, last: Cursor | None
) -> list[tuple[Contract, Account, date]]:
    """Return the contracts of a run with the first day that each of them waits for."""
    first = (
        select(Instalment.contract_id, func.min(_day()).label("day"))
        .join(Contract, col(Contract.id) == col(Instalment.contract_id))
        .where(*_collected(actor), _is_due(on))
        .group_by(col(Instalment.contract_id))
        .subquery()
    )
    wanted: Any = (
        cast("Any", select)(Contract, Account, first.c.day)
        .join(first, first.c.contract_id == col(Contract.id))
        .join(Account, col(Account.id) == col(Contract.account_id))
    )
    if last:
        here = (first.c.day > last.day) | ((first.c.day == last.day) & (col(Contract.id) > last.id))
        wanted = wanted.where(here)
    ordered = wanted.order_by(first.c.day, col(Contract.id)).limit(PAGE + 1)
    return cast("Any", session).exec(ordered).all()


def _totals(session: Session, actor: Actor, on: date) -> tuple[int, tuple[Money, ...]]:
    """Return of how many contracts a run takes how much, in each currency."""
    fee = case((col(Instalment.state) == State.MISSED, col(Instalment.fee_minor)), else_=0)
    amount = func.sum(col(Instalment.amount_minor) + fee)
    many = func.count(func.distinct(col(Instalment.contract_id)))
    wanted: Any = (
        cast("Any", select)(Contract.currency, many, amount)
        .select_from(Instalment)
        .join(Contract, col(Contract.id) == col(Instalment.contract_id))
        .where(*_collected(actor), _is_due(on))
        .group_by(col(Contract.currency))
        .order_by(col(Contract.currency))
    )
    found: list[tuple[str, int, int]] = cast("Any", session).exec(wanted).all()
    totals = tuple(Money(int(total), currency) for currency, _, total in found)
    return sum(many for _, many, _ in found), totals


def _collected(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on payments of contracts from which money is taken.

    Nothing is taken on a contract while the outcome of an earlier charge is not known.
    """
    unsettled = select(Instalment.contract_id).where(
        Instalment.brand_id == actor.brand, col(Instalment.state).in_(_UNSETTLED)
    )
    return (
        col(Instalment.brand_id) == actor.brand,
        col(Instalment.ended_at).is_(None),
        col(Contract.ended_at).is_(None),
        col(Contract.status).in_(COLLECTED),
        col(Contract.id).not_in(unsettled),
    )


def _day() -> ColumnElement[date]:
    """Return the day that a payment waits for."""
    is_missed = col(Instalment.state) == State.MISSED
    return case((is_missed, col(Instalment.retry_on)), else_=col(Instalment.due_on))


def _is_due(on: date) -> ColumnElement[bool]:
    return or_(
        and_(col(Instalment.state) == State.SCHEDULED, col(Instalment.due_on) <= on),
        and_(col(Instalment.state) == State.MISSED, col(Instalment.retry_on) <= on),
    )


def _simulated(book: Book, since: date) -> Simulated | None:
    ahead = forecast(book.standing, book.today)
    if ahead is None:  # something has changed between two of the readings
        return None
    currency = book.contract.currency
    means = means_on(book, ahead.on)
    charges = tuple(charge_view(one, currency) for one in ahead.if_paid.charges)
    return Simulated(
        contract=link_of(book.contract, book.asset),
        account_number=book.deal.account.number,
        account_name=book.deal.account.name,
        on=ahead.on,
        charges=charges,
        total=Money(sum(one.total.amount_minor for one in charges), currency),
        method=means.label,
        problem=means.problem,
        if_failed=tell(book.standing, ahead, means, currency).consequence,
        cursor=str(Cursor(since, book.contract.id)),
    )
