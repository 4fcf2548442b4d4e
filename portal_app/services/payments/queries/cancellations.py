"""Requests to cancel a contract: one of them, and the queue of those that staff decide on."""

from dataclasses import replace
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select, true
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.core.keyset import pack, unpack
from portal_app.core.money import Money
from portal_app.models import (
    Account,
    CancellationRequest,
    CancellationState,
    Contract,
)
from portal_app.models import InstalmentState as State
from portal_app.services.payments import policy
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.books import Book, book_of, books_of
from portal_app.services.payments.queries.building import link_of
from portal_app.services.payments.rules.words import CANCELLATIONS
from portal_app.services.payments.views import Cancellation, CancellationPage
from portal_app.services.transaction import reading

PAGE = 20
MOST_COUNTED = 100


class CancellationQueue(StrEnum):
    """The saved views of the queue."""

    OPEN = "open"
    DECIDED = "decided"
    ALL = "all"


def cancellations(
    actor: Actor, *, view: str = "open", search: str = "", after: str = ""
) -> CancellationPage:
    """Return a page of the brand's requests to cancel; what waits longest first, else newest.

    `view` is open, decided or all (anything else reads as open); `search` finds the request's, the
    contract's and the account's number and name.
    """
    policy.require_staff(actor)
    seen = (
        CancellationQueue(view) if words(view) in set(CancellationQueue) else CancellationQueue.OPEN
    )
    where = [CancellationRequest.brand_id == actor.brand, _in(seen), _found_by(words(search))]
    with reading() as session:
        rows, last = _page(session, where, after, oldest_first=seen is CancellationQueue.OPEN)
        books = {book.contract.id: book for book in books_of(session, [deal for _, deal in rows])}
        own = policy.own_among(session, actor, list(books))
        shown = tuple(
            _view(one, books[deal.contract.id], actor, is_own=deal.contract.id in own)
            for one, deal in rows
        )
        return CancellationPage(shown, last, _counts(session, actor))


def cancellation(actor: Actor, *, number: str) -> Cancellation:
    """Return one request to cancel, for staff."""
    with reading() as session:
        found = policy.require_cancellation(session, actor, number)
        book = book_of(session, deal_of(session, found))
        own = policy.own_among(session, actor, [book.contract.id])
        return _view(found, book, actor, is_own=bool(own))


def waiting(actor: Actor) -> int:
    """Return how many requests to cancel wait for the brand's staff, counted up to a hundred."""
    policy.require_staff(actor)
    with reading() as session:
        return session.exec(_count(actor, CancellationQueue.OPEN)).one()


def deal_of(session: Session, found: CancellationRequest) -> Deal:
    """Return the contract that a request is about."""
    contract = session.get_one(Contract, found.contract_id)
    return Deal(contract, session.get_one(Account, contract.account_id))


def cancellation_of(book: Book, actor: Actor, *, is_own: bool) -> Cancellation:
    """Return the open request of a contract; `is_own` is for staff whose contract it is."""
    assert book.request is not None
    return _view(book.request, book, actor, is_own=is_own)


def _view(found: CancellationRequest, book: Book, actor: Actor, *, is_own: bool) -> Cancellation:
    account, currency = book.deal.account, book.contract.currency
    look, is_open = CANCELLATIONS[found.state], found.state is CancellationState.OPEN
    return Cancellation(
        number=found.number,
        state=found.state,
        look=replace(look, next=policy.OWN) if is_own and is_open else look,
        origin=found.origin,
        contract=link_of(book.contract, book.asset),
        account_id=account.id,
        account_number=account.number,
        account_name=account.name,
        holder=book.holder,
        reason=found.reason,
        requested_by=found.requested_by_name,
        created_at=found.created_at,
        answer=found.answer,
        decided_by=found.decided_by_name,
        decided_at=found.decided_at,
        owed=Money(book.owed_minor, currency),
        on_hold=sum(one.state is State.ON_HOLD for one in book.instalments),
        zone=book.deal.zone,
        may_decide=actor.is_staff and is_open and not is_own,
        needs_day=any(one.state is State.DEFAULTED for one in book.instalments),
    )


def _page(
    session: Session, where: list[Any], after: str, *, oldest_first: bool
) -> tuple[list[tuple[CancellationRequest, Deal]], str]:
    at, row_id = col(CancellationRequest.created_at), col(CancellationRequest.id)
    wanted = (
        select(CancellationRequest, Contract, Account)
        .join(Contract, col(Contract.id) == col(CancellationRequest.contract_id))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(*where)
    )
    if last := unpack(after):
        newer = or_(at > last[0], (at == last[0]) & (row_id > last[1]))
        older = or_(at < last[0], (at == last[0]) & (row_id < last[1]))
        wanted = wanted.where(newer if oldest_first else older)
    order = (at, row_id) if oldest_first else (at.desc(), row_id.desc())
    found = session.exec(wanted.order_by(*order).limit(PAGE + 1)).all()
    rows = [(one, Deal(contract, account)) for one, contract, account in found[:PAGE]]
    more = pack(rows[-1][0].created_at, rows[-1][0].id) if len(found) > PAGE else ""
    return rows, more


def _in(view: CancellationQueue) -> ColumnElement[bool]:
    is_open = col(CancellationRequest.state) == CancellationState.OPEN
    if view is CancellationQueue.ALL:
        return true()
    return is_open if view is CancellationQueue.OPEN else ~is_open


def _found_by(search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    places = (CancellationRequest.number, Contract.number, Account.number, Account.name)
    return or_(*(col(place).icontains(search, autoescape=True) for place in places))


def _count(actor: Actor, view: CancellationQueue) -> SelectOfScalar[int]:
    """Count a view, but never past what is worth knowing."""
    mine = select(CancellationRequest.id).where(
        CancellationRequest.brand_id == actor.brand, _in(view)
    )
    return select(func.count()).select_from(mine.limit(MOST_COUNTED).subquery())


def _counts(session: Session, actor: Actor) -> tuple[tuple[str, int], ...]:
    each = [_count(actor, view).scalar_subquery().label(view.value) for view in CancellationQueue]
    found: list[int] = cast("Any", session).exec(cast("Any", select)(*each)).one()
    return tuple(zip((view.value for view in CancellationQueue), found, strict=True))
