"""What an account has on rent, as short as a summary needs it."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.paging import page_size
from portal_app.models import Account, Contract, ContractLine, Store
from portal_app.services import contracts
from portal_app.services.reading import rows_of
from portal_app.services.rentals import policy
from portal_app.services.rentals.queries.items import DUE, due_by, on_rent
from portal_app.services.rentals.views import LineOut, OutInShort
from portal_app.services.transaction import reading

_LEFT: Any = col(ContractLine.quantity) - col(ContractLine.quantity_returned)
_ZONE = func.coalesce(col(Store.timezone), "")


def out_in_short(actor: Actor, *, account: str, size: int) -> OutInShort:
    """Return what is due first, `size` lines of it; raises NotFound to a stranger."""
    with reading() as session:
        held = policy.require_account(session, actor, account)
        rows = rows_of(session, _first_lines(), account=held.id, size=page_size(size))
        late = rows_of(session, _past_due(), account=held.id, now=clock.now())
    return OutInShort(
        rows=tuple(_line(row, held) for row in rows),
        late=sum(
            int(quantity)
            for zone, due, quantity in late
            if due_by(due, _zone(zone, held)) == "overdue"
        ),
    )


def _line(row: Any, account: Account) -> LineOut:
    zone = _zone(row.zone, account)
    return LineOut(
        line_id=row.id,
        contract_number=row.number,
        description=row.description,
        quantity_out=row.quantity_out,
        out_at=row.out_at,
        due=due_by(row.due_back_at, zone),
        zone=zone,
    )


def _zone(of_store: str, account: Account) -> str:
    return policy.known_zone(of_store, account.timezone)


@cache
def _first_lines() -> Any:
    columns = (
        col(ContractLine.id),
        col(Contract.number),
        col(ContractLine.description),
        _LEFT.label("quantity_out"),
        col(ContractLine.out_at),
        col(ContractLine.due_back_at),
        _ZONE.label("zone"),
    )
    return _joined(*columns).order_by(DUE, col(ContractLine.id)).limit(bindparam("size"))


@cache
def _past_due() -> Any:
    """Sum by zone and moment: whether a day has passed depends on where one stands."""
    due = col(ContractLine.due_back_at)
    lines = _joined(_ZONE, due, func.sum(_LEFT)).where(due < bindparam("now"))
    return lines.group_by(_ZONE, due)


def _joined(*columns: Any) -> Any:
    return (
        select(*columns)
        .join(Contract, col(Contract.id) == col(ContractLine.contract_id))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .join(Store, col(Store.id) == contracts.serving(), isouter=True)
        .where(*on_rent(bindparam("account")))
    )
