"""What an account has on rent (S3-24), and what the off-rent form starts with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.core.errors import Conflict
from portal_app.models import (
    Account,
    Contract,
    ContractKind,
    ContractLine,
    ContractPhase,
    Person,
    RentalRequest,
    Store,
)
from portal_app.services.rentals import policy
from portal_app.services.rentals.policy import Hire
from portal_app.services.rentals.rules.asked import Asked, Circumstances, read_asked
from portal_app.services.rentals.rules.moves import OPEN
from portal_app.services.rentals.rules.words import look
from portal_app.services.rentals.views import (
    ItemOut,
    ItemsOut,
    RequestForm,
    RequestLink,
    StoreView,
)
from portal_app.services.transaction import reading

PAGE = 50
MOST_COUNTED = 100
# Lines without a date due back stand last.
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
DUE: Any = func.coalesce(col(ContractLine.due_back_at), _FAR)


def items_out(actor: Actor, *, account: str, search: str = "", after: str = "") -> ItemsOut:
    """Return what an account has on rent, across contracts, what is due first at the top.

    A line whose items have all come back is not in it.
    """
    with reading() as session:
        held = policy.require_account(session, actor, account)
        found = _lines(session, held, words(search), words(after))
        stores = _stores(session, (contract for _, contract in found))
        hires = [
            Hire(line, contract, held, stores.get(contract.store_id or ""))
            for line, contract in found[:PAGE]
        ]
        asked = open_requests(session, [hire.line.id for hire in hires])
        return ItemsOut(
            rows=tuple(item_view(hire, asked[hire.line.id]) for hire in hires),
            may_request=policy.may_call_off(session, actor, held),
            after=hires[-1].line.id if len(found) > PAGE else "",
        )


def lines_out(actor: Actor, *, account: str) -> int:
    """Return how many lines an account has on rent, counted up to a hundred."""
    with reading() as session:
        held = policy.require_account(session, actor, account)
        some = (
            select(ContractLine.id)
            .join(Contract, col(Contract.id) == col(ContractLine.contract_id))
            .where(*on_rent(held.id))
            .limit(MOST_COUNTED)
        )
        return session.exec(select(func.count()).select_from(some.subquery())).one()


def request_form(actor: Actor, *, line: str) -> RequestForm:
    """Return the line with what can still be called off, and the form's first answers."""
    with reading() as session:
        hire = policy.require_hire(session, actor, line)
        policy.require_requestable(session, actor, hire)
        asked = open_requests(session, [hire.line.id])[hire.line.id]
        person = session.get(Person, actor.person_id)
        phones = (person.mobile_e164, person.phone_e164) if person else ()
        return RequestForm(
            item=item_view(hire, asked),
            store=store_view(hire.store),
            place=hire.line.site,
            contact_name=person.name if person else actor.name,
            contact_phone=next(filter(None, phones), hire.account.main_phone),
            now=clock.now(),
        )


def review(actor: Actor, *, line: str, entered: Mapping[str, object]) -> Asked:
    """Return a form's answers as they would be sent; raises Invalid naming what is wrong.

    Nothing is written: what counts is the same check when the request is made.
    """
    with reading() as session:
        hire = policy.require_hire(session, actor, line)
        policy.require_requestable(session, actor, hire)
        given: dict[str, object] = {}
        if isinstance(entered, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            given.update(entered)
        return read_asked(given, circumstances(session, hire))


def circumstances(session: Session, hire: Hire) -> Circumstances:
    """Return what a request for this line is measured against; Conflict when nothing is left."""
    asked = open_requests(session, [hire.line.id])[hire.line.id]
    left = available(hire.line, asked)
    if left < 1:
        raise Conflict(
            f"All of these are being called off already, with request {asked[0].number}."
        )
    return Circumstances(clock.now(), hire.zone, hire.account.country, left, hire.line.site)


def open_requests(session: Session, lines: Sequence[str]) -> dict[str, list[RentalRequest]]:
    """Return the requests under way for each of the lines."""
    where = (
        col(RentalRequest.contract_line_id).in_(lines),
        col(RentalRequest.state).in_(OPEN),
    )
    found: defaultdict[str, list[RentalRequest]] = defaultdict(list)
    for request in session.exec(select(RentalRequest).where(*where).order_by(RentalRequest.id)):
        found[request.contract_line_id].append(request)
    return found


def available(line: ContractLine, asked: Iterable[RentalRequest]) -> int:
    """Return how many of a line can still be called off: what is out less what is asked for."""
    return max(0, line.quantity_out - sum(request.quantity for request in asked))


def store_view(store: Store | None) -> StoreView:
    """Return what is shown of a store."""
    if store is None:
        return StoreView()
    return StoreView(store.name, store.phone, store.email, store.address)


def item_view(hire: Hire, asked: Sequence[RentalRequest]) -> ItemOut:
    """Return a line as its readers see it."""
    line = hire.line
    links = (RequestLink(one.number, one.quantity, look(one.state, one.method)) for one in asked)
    return ItemOut(
        line_id=line.id,
        contract_id=hire.contract.id,
        contract_number=hire.contract.number,
        description=line.description,
        quantity_out=line.quantity_out,
        available=available(line, asked),
        out_at=line.out_at,
        due_back_at=line.due_back_at,
        due=due_by(line.due_back_at, hire.zone),
        site=line.site,
        zone=hire.zone,
        requests=tuple(links),
    )


def due_by(due_back_at: datetime | None, zone: str) -> str:
    """Return "overdue", "today" or "" for what is due back then, by the calendar of a zone."""
    if due_back_at is None:
        return ""
    day, today = due_back_at.astimezone(ZoneInfo(zone)).date(), clock.today(zone)
    return "overdue" if day < today else "today" if day == today else ""


def _lines(
    session: Session, account: Account, search: str, after: str
) -> Sequence[tuple[ContractLine, Contract]]:
    wanted = (
        select(ContractLine, Contract)
        .join(Contract, col(Contract.id) == col(ContractLine.contract_id))
        .where(*on_rent(account.id))
    )
    if search:
        wanted = wanted.where(
            or_(
                col(ContractLine.description).icontains(search, autoescape=True),
                col(Contract.number).icontains(search, autoescape=True),
                col(ContractLine.site).icontains(search, autoescape=True),
            )
        )
    if last := session.get(ContractLine, after) if after else None:
        due = last.due_back_at or _FAR
        wanted = wanted.where(or_(due < DUE, and_(due == DUE, col(ContractLine.id) > last.id)))
    return session.exec(wanted.order_by(DUE, col(ContractLine.id)).limit(PAGE + 1)).all()


def on_rent(account_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the lines, joined to their contracts, that an account has on rent."""
    return (
        col(Contract.account_id) == account_id,
        col(Contract.phase) == ContractPhase.CURRENT,
        col(Contract.kind) == ContractKind.RENTAL,
        col(Contract.ended_at).is_(None),
        col(ContractLine.ended_at).is_(None),
        col(ContractLine.quantity) > col(ContractLine.quantity_returned),
    )


def _stores(session: Session, contracts: Iterable[Contract]) -> dict[str, Store]:
    wanted = {contract.store_id for contract in contracts if contract.store_id}
    return {row.id: row for row in session.exec(select(Store).where(col(Store.id).in_(wanted)))}
