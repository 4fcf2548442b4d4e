"""The lists of contracts, quotes and reservations: newest first, a page at a time, searchable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String, func, literal, or_, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from portal_app.core.actor import Actor
from portal_app.core.paging import PAGE_SIZE, Cursor, read_cursor
from portal_app.core.text import search_words
from portal_app.models import Contract, ContractKind, ContractLine, Store
from portal_app.services.contracts.policy import require_account
from portal_app.services.contracts.queries.rows import contract_rows
from portal_app.services.contracts.rules import PHASE_ON, Shelf
from portal_app.services.contracts.views import ContractPage
from portal_app.services.transaction import reading

# How many contracts one search looks through before it asks whether to go on: the search of
# a customer with 20,000 contracts costs no more than that of one with as many as this.
SEARCH_WINDOW = 4_000
MOST_WORDS = 5


def contract_list(
    actor: Actor,
    *,
    account: str,
    shelf: str = Shelf.CURRENT,
    search: str = "",
    kind: str = "",
    after: str = "",
    oldest_first: bool = False,
    size: int = PAGE_SIZE,
) -> ContractPage:
    """Return a page of an account's contracts (S3-03, S3-21); raises NotFound to a stranger.

    `shelf` is a `rules.Shelf` ("current" when it is none), `kind` a `ContractKind` or "" for any,
    `after` the `after` of the page before (anything else gives the first page). `search` finds
    words in number, order number, store and lines; a whole contract number finds just that one.
    """
    words = search_words(search).split()[:MOST_WORDS]
    with reading() as session:
        owner = require_account(session, actor, account)
        place = _Place(_conditions(owner.id, shelf, kind), read_cursor(after), is_up=oldest_first)
        if exact := _by_number(session, place, owner.brand_id, " ".join(words)):
            return ContractPage(contract_rows(session, exact))
        floor = _floor(session, place) if words else None
        found = _newest(session, place, floor, words, size + 1)
        shown = found[:size]
        rows = contract_rows(session, shown)
    if len(found) > size:
        return ContractPage(rows, str(_cursor_of(shown[-1])))
    if floor:
        return ContractPage(rows, str(floor), floor.day)
    return ContractPage(rows)


_Found = Sequence[tuple[Contract, Store | None]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which list a page begins, and in which direction it goes."""

    conditions: tuple[ColumnElement[bool], ...]
    after: Cursor | None
    is_up: bool

    @property
    def where(self) -> list[ColumnElement[bool]]:
        beyond = [_beyond(self.after, is_up=self.is_up)] if self.after else []
        return [*self.conditions, *beyond]

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        keys = (col(Contract.listed_on), col(Contract.id))
        return tuple(key.asc() if self.is_up else key.desc() for key in keys)


def _conditions(account_id: str, shelf: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    known = Shelf(shelf) if shelf in list(Shelf) else Shelf.CURRENT
    phase, wanted = PHASE_ON.get(known), ContractKind(kind) if kind in list(ContractKind) else None
    return (
        col(Contract.account_id) == account_id,
        col(Contract.ended_at).is_(None),
        *([col(Contract.phase) == phase] if phase else []),
        *([col(Contract.kind) == wanted] if wanted else []),
    )


def _beyond(cursor: Cursor, *, is_up: bool, includes: bool = False) -> ColumnElement[bool]:
    here = tuple_(col(Contract.listed_on), col(Contract.id))
    there = tuple_(literal(cursor.day, Date), literal(cursor.id, String))
    if includes:
        return here >= there if is_up else here <= there
    return here > there if is_up else here < there


def _newest(
    session: Session, place: _Place, floor: Cursor | None, words: Sequence[str], most: int
) -> _Found:
    within = [_beyond(floor, is_up=not place.is_up, includes=True)] if floor else []
    query = _listed().where(*place.where, *within, *(_matches(word) for word in words))
    return session.exec(query.order_by(*place.order).limit(most)).all()


def _by_number(session: Session, place: _Place, brand_id: str, number: str) -> _Found:
    if not number:
        return []
    spellings = {number, number.upper(), number.lower()}
    named = (col(Contract.brand_id) == brand_id, col(Contract.number).in_(spellings))
    return session.exec(_listed().where(*place.conditions, *named)).all()


def _listed() -> "Select[Contract, Store]":
    return select(Contract, Store).join(
        Store, col(Store.id) == col(Contract.store_id), isouter=True
    )


def _floor(session: Session, place: _Place) -> Cursor | None:
    """Return the last contract that this search may look at; None when it may look at all."""
    listed: Any = (
        select(col(Contract.listed_on), col(Contract.id))
        .where(*place.where)
        .order_by(*place.order)
        .limit(SEARCH_WINDOW)
        .subquery()
        .c
    )
    ends = (listed.listed_on, listed.id)
    last: Select[date, str, int] = (
        select(*ends, func.count().over())
        .order_by(*(key.desc() if place.is_up else key.asc() for key in ends))
        .limit(1)
    )

    row = session.exec(last).first()
    return Cursor(row[0], row[1]) if row and row[2] == SEARCH_WINDOW else None


def _matches(word: str) -> ColumnElement[bool]:
    def holds(column: Any) -> ColumnElement[bool]:
        return col(column).icontains(word, autoescape=True)

    line = select(ContractLine.id).where(
        ContractLine.contract_id == Contract.id,
        holds(ContractLine.description),
        col(ContractLine.ended_at).is_(None),
    )
    return or_(holds(Contract.number), holds(Contract.po_number), holds(Store.name), line.exists())


def _cursor_of(row: tuple[Contract, Store | None]) -> Cursor:
    return Cursor(row[0].listed_on, row[0].id)
