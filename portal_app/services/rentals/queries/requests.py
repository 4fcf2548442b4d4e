"""Requests for their customers: the list, and one with its history."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import (
    Account,
    Contract,
    ContractLine,
    RentalRequest,
    RentalRequestStep,
    Store,
)
from portal_app.services import uploads
from portal_app.services.rentals import policy
from portal_app.services.rentals.policy import Hire
from portal_app.services.rentals.queries.items import store_view
from portal_app.services.rentals.rules.moves import FINAL
from portal_app.services.rentals.rules.words import HAPPENED, METHOD_WORDS, look
from portal_app.services.rentals.views import RequestDetail, RequestPage, RequestRow, Step
from portal_app.services.transaction import reading

PAGE = 25
_Joined = tuple[RentalRequest, ContractLine, Contract, Account, Store | None]


def requests_of(actor: Actor, *, account: str, after: str = "") -> RequestPage:
    """Return an account's requests, the newest first."""
    with reading() as session:
        held = policy.require_account(session, actor, account)
        mine = col(RentalRequest.account_id) == held.id
        return page_of(session, [mine], after=after)


def request_detail(actor: Actor, *, number: str) -> RequestDetail:
    """Return one request with everything that happened to it."""
    with reading() as session:
        request = policy.require_request(session, actor, number)
        hire = hire_of(session, request)
        return RequestDetail(
            row=_row(request, hire),
            place=request.place,
            contact_name=request.contact_name,
            contact_phone=request.contact_phone,
            notes=request.notes,
            confirmed_off_rent_at=request.confirmed_off_rent_at,
            reason=request.reason,
            quantity_out=hire.line.quantity_out,
            store=store_view(hire.store),
            steps=tuple(_steps(session, request)),
            moves=policy.moves_of(session, actor, request),
            photos=_photos(session, actor, request),
            may_add_photos=policy.may_add_photos(session, actor, request),
        )


def _photos(
    session: Session, actor: Actor, request: RentalRequest
) -> tuple[uploads.Attachment, ...]:
    found = uploads.attachments(session, actor, owner_type="rental_request", owner_ids=[request.id])
    return found.get(request.id, ())


def hire_of(session: Session, request: RentalRequest) -> Hire:
    """Return the line that a request is about, with all that it belongs to."""
    line = session.get(ContractLine, request.contract_line_id)
    account = session.get(Account, request.account_id)
    assert line is not None
    assert account is not None
    contract = session.get(Contract, line.contract_id)
    assert contract is not None
    store = session.get(Store, request.store_id) if request.store_id else None
    return Hire(line, contract, account, store)


def page_of(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    *,
    after: str,
    oldest_first: bool = False,
    size: int = PAGE,
) -> RequestPage:
    """Return one page of the requests that meet every condition, with two queries at most."""
    wanted = (
        cast("Any", select)(RentalRequest, ContractLine, Contract, Account, Store)
        .join(ContractLine, col(ContractLine.id) == col(RentalRequest.contract_line_id))
        .join(Contract, col(Contract.id) == col(ContractLine.contract_id))
        .join(Account, col(Account.id) == col(RentalRequest.account_id))
        .join(Store, col(Store.id) == col(RentalRequest.store_id), isouter=True)
        .where(*where)
    )
    at, row_id = col(RentalRequest.created_at), col(RentalRequest.id)
    if last := session.get(RentalRequest, words(after)) if after else None:
        newer = or_(at > last.created_at, and_(at == last.created_at, row_id > last.id))
        older = or_(at < last.created_at, and_(at == last.created_at, row_id < last.id))
        wanted = wanted.where(newer if oldest_first else older)
    order = (at, row_id) if oldest_first else (at.desc(), row_id.desc())
    page = wanted.order_by(*order).limit(size + 1)
    found: list[_Joined] = cast("Any", session).exec(page).all()
    rows = tuple(
        _row(request, Hire(line, contract, account, store))
        for request, line, contract, account, store in found[:size]
    )
    return RequestPage(rows, rows[-1].id if len(found) > size else "")


def _row(request: RentalRequest, hire: Hire) -> RequestRow:
    return RequestRow(
        id=request.id,
        number=request.number,
        state=request.state,
        look=look(request.state, request.method),
        account_id=hire.account.id,
        account_number=hire.account.number,
        account_name=hire.account.name,
        contract_id=hire.contract.id,
        contract_number=hire.contract.number,
        item=hire.line.description,
        quantity=request.quantity,
        method=request.method,
        method_words=METHOD_WORDS[request.method],
        requested_for=request.requested_for,
        scheduled_for=request.scheduled_for,
        created_at=request.created_at,
        store_name=hire.store.name if hire.store else "",
        zone=hire.zone,
        is_over=request.state in FINAL,
    )


def _steps(session: Session, request: RentalRequest) -> list[Step]:
    mine = select(RentalRequestStep).where(col(RentalRequestStep.request_id) == request.id)
    ordered = mine.order_by(col(RentalRequestStep.at), col(RentalRequestStep.id))
    return [
        Step(step.at, HAPPENED[step.state], step.state, step.by_name, step.by_staff, step.note)
        for step in session.exec(ordered)
    ]
