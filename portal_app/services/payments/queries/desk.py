"""What staff look at: what is owed, what each day's run took, and how payments are taken."""

from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlmodel import Session, case, col, func, select

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.core.keyset import pack, unpack
from portal_app.core.money import Money
from portal_app.core.paging import Cursor, read_cursor
from portal_app.core.settings import settings
from portal_app.models import (
    Account,
    AttemptState,
    Contract,
    FailureReason,
    Instalment,
    PaymentAttempt,
    PaymentRun,
)
from portal_app.models import InstalmentState as State
from portal_app.services import contracts
from portal_app.services.payments import policy
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.books import Book, books_of, policy_of
from portal_app.services.payments.queries.building import link_of
from portal_app.services.payments.rules.words import reason_words
from portal_app.services.payments.views import (
    Arrears,
    ArrearsPage,
    PolicyView,
    Run,
    RunPage,
)
from portal_app.services.transaction import reading

PAGE = 20
MOST_COUNTED = 100
_UNSETTLED = (AttemptState.ASKED, AttemptState.PENDING)


class ArrearsQueue(StrEnum):
    """The saved views of what is owed, and of what is on hold."""

    ALL = "all"
    MISSED = "missed"
    DEFAULTED = "defaulted"
    HELD = "held"


_STATES = {
    ArrearsQueue.ALL: (State.MISSED, State.RETRYING, State.DEFAULTED),
    ArrearsQueue.MISSED: (State.MISSED, State.RETRYING),
    ArrearsQueue.DEFAULTED: (State.DEFAULTED,),
    ArrearsQueue.HELD: (State.ON_HOLD,),
}


def arrears(
    actor: Actor, *, view: str = "all", search: str = "", kind: str = "", after: str = ""
) -> ArrearsPage:
    """Return a page of the brand's contracts on which something is owed, what is oldest first.

    `view` is all, missed (to be tried again), defaulted (tried twice) or held (not taken until
    somebody decides); `kind` is why the last attempt failed; `search` finds contract number,
    account number and account name.
    """
    policy.require_staff(actor)
    seen = ArrearsQueue(view) if view in tuple(ArrearsQueue) else ArrearsQueue.ALL
    why = FailureReason(kind) if kind in tuple(FailureReason) else None
    with reading() as session:
        found = _owing(session, actor, seen, why, words(search), read_cursor(after))
        deals = [Deal(contract, account) for contract, account, _ in found[:PAGE]]
        books = books_of(session, deals)
        counts = tuple((one.value, _counted(session, actor, one)) for one in ArrearsQueue)
    days = [since for _, _, since in found[:PAGE]]
    rows = tuple(_arrears(book, since) for book, since in zip(books, days, strict=True))
    return ArrearsPage(rows, rows[-1].cursor if len(found) > PAGE else "", counts)


def payment_runs(actor: Actor, *, after: str = "") -> RunPage:
    """Return a page of the log of daily runs, newest first, with what came of each."""
    policy.require_staff(actor)
    at, row_id = col(PaymentRun.started_at), col(PaymentRun.id)
    wanted = select(PaymentRun).where(PaymentRun.brand_id == actor.brand)
    if last := unpack(after):
        wanted = wanted.where((at < last[0]) | ((at == last[0]) & (row_id < last[1])))
    with reading() as session:
        found = session.exec(wanted.order_by(at.desc(), row_id.desc()).limit(PAGE + 1)).all()
        counts = _outcomes(session, [one.id for one in found[:PAGE]])
    rows = tuple(_run(one, *counts.get(one.id, (0, 0, 0))) for one in found[:PAGE])
    more = pack(rows[-1].started_at, rows[-1].id) if len(found) > PAGE else ""
    return RunPage(rows, more)


def payment_policy(actor: Actor) -> PolicyView:
    """Return how the actor's brand takes payments, for staff."""
    policy.require_staff(actor)
    with reading() as session:
        kept = policy_of(session, actor.brand)
    return PolicyView(
        kept.takes_payments,
        Money(kept.fee_minor, settings().currency),
        kept.retry_first,
        kept.hold_next,
        kept.run_at,
        kept.version,
    )


def _owing(
    session: Session,
    actor: Actor,
    view: ArrearsQueue,
    why: FailureReason | None,
    search: str,
    last: Cursor | None,
) -> list[tuple[Contract, Account, Any]]:
    since = _since(actor, view, why)
    wanted: Any = (
        cast("Any", select)(Contract, Account, since.c.day)
        .join(since, since.c.contract_id == col(Contract.id))
        .join(Account, col(Account.id) == col(Contract.account_id))
    )
    if search:
        places = (Contract.number, Account.number, Account.name)
        matches = [col(place).icontains(search, autoescape=True) for place in places]
        wanted = wanted.where(matches[0] | matches[1] | matches[2])
    if last:
        here = (since.c.day > last.day) | ((since.c.day == last.day) & (col(Contract.id) > last.id))
        wanted = wanted.where(here)
    ordered = wanted.order_by(since.c.day, col(Contract.id)).limit(PAGE + 1)
    return cast("Any", session).exec(ordered).all()


def _since(actor: Actor, view: ArrearsQueue, why: FailureReason | None = None) -> Any:
    """Select each contract that owes, and the first day of that."""
    wanted = select(Instalment.contract_id, func.min(Instalment.due_on).label("day")).where(
        Instalment.brand_id == actor.brand,
        col(Instalment.state).in_(_STATES[view]),
        col(Instalment.ended_at).is_(None),
    )
    if why:
        wanted = wanted.where(col(Instalment.contract_id).in_(_failed(actor, why)))
    return wanted.group_by(col(Instalment.contract_id)).subquery()


def _failed(actor: Actor, why: FailureReason) -> Any:
    """Select the contracts with something owed whose last attempt failed for this reason."""
    is_last = (col(PaymentAttempt.instalment_id) == col(Instalment.id)) & (
        col(PaymentAttempt.number) == col(Instalment.attempts)
    )
    return (
        select(Instalment.contract_id)
        .join(PaymentAttempt, is_last)
        .where(
            Instalment.brand_id == actor.brand,
            col(Instalment.state).in_(_STATES[ArrearsQueue.ALL]),
            PaymentAttempt.reason == why,
        )
    )


def _counted(session: Session, actor: Actor, view: ArrearsQueue) -> int:
    some = select(_since(actor, view).c.contract_id).limit(MOST_COUNTED).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def _arrears(book: Book, since: date) -> Arrears:
    owed = [one for one in book.instalments if one.state in _STATES[ArrearsQueue.ALL]]
    missed = [one for one in owed if one.state is State.MISSED and not book.is_over]
    again = [one.retry_on for one in missed if one.retry_on]
    contract, account = book.contract, book.deal.account
    look = contracts.status_words(contract.status, contract.kind, items_out=0)
    return Arrears(
        contract=link_of(contract, book.asset),
        account_id=account.id,
        account_number=account.number,
        account_name=account.name,
        status=contract.status,
        status_label=look.label,
        status_tone=look.tone,
        owed=Money(sum(one.amount_minor + one.fee_minor for one in owed), contract.currency),
        since=since,
        retry_on=min(again, default=None),
        reason=_last_failure(book, {one.id for one in owed}),
        on_hold=sum(one.state is State.ON_HOLD for one in book.instalments),
        cursor=str(Cursor(since, contract.id)),
    )


def _last_failure(book: Book, owed: set[str]) -> str:
    """Return why the last attempt at something owed failed, in plain words."""
    tried = [one for one in book.attempts if one.instalment_id in owed and one.reason]
    return reason_words(tried[-1].reason) if tried else ""


def _outcomes(session: Session, ids: list[str]) -> dict[str, tuple[int, int, int]]:
    """Count what was taken, what was not, and what is not known, for each run, in one query."""
    state = col(PaymentAttempt.state)

    def count(*states: AttemptState) -> Any:
        return func.sum(case((state.in_(states), 1), else_=0))

    each = (count(AttemptState.SUCCEEDED), count(AttemptState.FAILED), count(*_UNSETTLED))
    query: Any = cast("Any", select)(PaymentAttempt.run_id, *each)
    wanted = query.where(col(PaymentAttempt.run_id).in_(ids)).group_by(PaymentAttempt.run_id)
    found: list[tuple[str, int, int, int]] = cast("Any", session).exec(wanted).all()
    return {run: (taken, failed, open_) for run, taken, failed, open_ in found}


def _run(row: PaymentRun, taken: int, failed: int, unsettled: int) -> Run:
    return Run(
        row.id, row.run_on, row.zone, row.started_at, row.contracts, taken, failed, unsettled
    )
