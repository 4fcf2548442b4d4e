"""The lists of contracts, quotes and reservations: newest first, a page at a time, searchable."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from portal_app.core import entries
from portal_app.core.actor import Actor
from portal_app.core.paging import PAGE_SIZE, Cursor, page_size, read_cursor
from portal_app.models import (
    SERVICE_KINDS,
    Account,
    Asset,
    Contract,
    ContractKind,
    ContractLine,
    Store,
)
from portal_app.services.contracts.policy import require_choice
from portal_app.services.contracts.queries.rows import contract_rows
from portal_app.services.contracts.queries.shared import part_for
from portal_app.services.contracts.rules import PHASE_ON, Shelf, serving
from portal_app.services.contracts.views import ContractPage
from portal_app.services.keyset import Keyset
from portal_app.services.transaction import reading

# How many contracts one search looks through before it asks whether to go on: the search of
# a customer with 20,000 contracts costs no more than that of one with as many as this.
SEARCH_WINDOW = 2_000
MOST_WORDS = 5

_Found = Sequence[tuple[Contract, Store | None]]


def contract_list(
    actor: Actor,
    *,
    account: str,
    shelf: str = Shelf.CURRENT,
    search: str = "",
    kind: str = "",
    with_rentals: bool = True,
    after: str = "",
    oldest_first: bool = False,
    size: int = PAGE_SIZE,
) -> ContractPage:
    """Return a page of an account's contracts (S3-03, S3-21); raises NotFound to a stranger.

    `shelf` is a `rules.Shelf` ("current" when it is none), `kind` a `ContractKind` or "" for any,
    `after` the `after` of the page before (anything else gives the first page). `search` finds
    words in number, order number, store, vehicle and lines; a whole number finds just that one.
    """
    words = entries.words(search).split()[:MOST_WORDS]
    size = page_size(size)
    with reading() as session:
        owner, is_whole = require_choice(session, actor, account)
        own = () if is_whole else part_for(session, actor, owner)
        if not with_rentals:
            own = (*own, col(Contract.kind).in_(SERVICE_KINDS))
        place = _place(owner.id, shelf, after, *own, is_up=oldest_first)
        if exact := _by_number(session, place, owner, " ".join(words)):
            return ContractPage(contract_rows(session, exact))
        sieve = [*_kind(kind), *(_matches(word) for word in words)]
        floor = place.floor(session, SEARCH_WINDOW) if sieve else None
        query = _listed(owner).where(*place.where, *place.until(floor), *sieve)
        found = session.exec(query.order_by(*place.order).limit(size + 1)).all()
        rows = contract_rows(session, found[:size])
    if len(found) > size:
        return ContractPage(rows, str(Cursor(rows[-1].listed_on, rows[-1].id)))
    if floor:
        return ContractPage(rows, str(floor), floor.day)
    return ContractPage(rows)


def _place(
    account_id: str, shelf: str, after: str, *own: ColumnElement[bool], is_up: bool
) -> Keyset:
    phase = PHASE_ON.get(Shelf(shelf) if shelf in list(Shelf) else Shelf.CURRENT)
    stands = (col(Contract.phase) == phase,) if phase else ()
    return Keyset(
        col(Contract.listed_on),
        col(Contract.id),
        (col(Contract.account_id) == account_id, *own, *stands),
        read_cursor(after),
        is_up=is_up,
    )


def _kind(kind: str) -> list[ColumnElement[bool]]:
    return [col(Contract.kind) == ContractKind(kind)] if kind in list(ContractKind) else []


def _by_number(session: Session, place: Keyset, owner: Account, number: str) -> _Found:
    if not number:
        return []
    spellings = {number, number.upper(), number.lower()}
    named = (col(Contract.brand_id) == owner.brand_id, col(Contract.number).in_(spellings))
    return session.exec(_listed(owner).where(*place.shelf, *named)).all()


def _listed(owner: Account) -> "Select[Contract, Store]":
    return (
        select(Contract, Store)
        .join(Store, col(Store.id) == serving(owner), isouter=True)
        .where(col(Contract.ended_at).is_(None))
    )


def _matches(word: str) -> ColumnElement[bool]:
    def holds(column: Any) -> ColumnElement[bool]:
        return col(column).icontains(word, autoescape=True)

    line = select(ContractLine.id).where(
        ContractLine.contract_id == Contract.id,
        holds(ContractLine.description),
        col(ContractLine.ended_at).is_(None),
    )
    marks = (Asset.description, Asset.make, Asset.model, Asset.registration)
    asset = select(Asset.id).where(Asset.id == Contract.asset_id, or_(*map(holds, marks)))
    own = (holds(Contract.number), holds(Contract.po_number), holds(Store.name))
    return or_(*own, line.exists(), asset.exists())
