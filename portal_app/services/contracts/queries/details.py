"""One contract in full."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.models import (
    Account,
    Area,
    Asset,
    Contract,
    ContractKind,
    ContractLine,
    ContractPhase,
    Person,
    Store,
)
from portal_app.services import wording
from portal_app.services.contracts.policy import visible_accounts, visible_to
from portal_app.services.contracts.queries.rows import contract_rows
from portal_app.services.contracts.queries.shared import reached
from portal_app.services.contracts.rules import MOST_ITEMS, asset_words, serving
from portal_app.services.contracts.views import AccountChoice, ContractDetail, ContractItem
from portal_app.services.transaction import reading

_Found = tuple[Contract, Account, Store | None, bool]


def contract_detail(actor: Actor, *, number: str) -> ContractDetail:
    """Return the contract, quote or reservation of this number, or of this id.

    Raises NotFound to a stranger.
    """
    wanted = col(Contract.id if text.is_id(number) else Contract.number) == text.key(number)
    of_brand = (col(Contract.brand_id) == actor.brand,) if actor.brand else ()
    with reading() as session:
        return _detail(session, actor, _find(session, actor, wanted, *of_brand))


def contract_by_id(actor: Actor, *, contract: str) -> ContractDetail:
    """Return the contract of this id; raises NotFound to a stranger."""
    with reading() as session:
        found = _find(session, actor, col(Contract.id) == text.key(contract))
        return _detail(session, actor, found)


def _find(session: Session, actor: Actor, *where: ColumnElement[bool]) -> _Found:
    query = (
        select(Contract, Account, Store, visible_accounts(actor).label("is_whole"))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .join(Store, col(Store.id) == serving(), isouter=True)
        .where(*where, visible_to(actor))
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def _detail(session: Session, actor: Actor, found: _Found) -> ContractDetail:
    contract, account, store, is_whole = found
    zone = (store.timezone if store else "") or account.timezone
    asset = session.get(Asset, contract.asset_id) if contract.asset_id else None
    holder = session.get(Person, contract.holder_id) if contract.holder_id else None
    (row,) = contract_rows(session, [(contract, store)])
    fee = contract.missed_payment_fee_minor
    return ContractDetail(
        row=row,
        account=AccountChoice.of(
            account,
            is_whole=bool(is_whole),
            has_items=bool(reached(session, actor, [account.id], Area.CONTRACTS)),
            has_figures=bool(reached(session, actor, [account.id], Area.PAYMENTS)),
        ),
        brand_id=contract.brand_id,
        zone=zone,
        holder=holder.name if holder else "",
        asset=asset_words(asset) if asset else "",
        vin=asset.vin if asset else "",
        purchased_on=contract.purchased_on,
        missed_payment_fee=None if fee is None else Money(fee, contract.currency),
        items=_items(session, contract, zone),
    )


def _items(session: Session, contract: Contract, zone: str) -> tuple[ContractItem, ...]:
    lines = session.exec(
        select(ContractLine)
        .where(ContractLine.contract_id == contract.id, col(ContractLine.ended_at).is_(None))
        .order_by(col(ContractLine.description), col(ContractLine.id))
        .limit(MOST_ITEMS)
    )
    return tuple(_item(line, contract, zone) for line in lines)


def _item(line: ContractLine, contract: Contract, zone: str) -> ContractItem:
    rate, due = line.rate_minor, wording.local_day(line.due_back_at, zone)
    is_on_rent = contract.kind is ContractKind.RENTAL and contract.phase is ContractPhase.CURRENT
    out = line.quantity_out if is_on_rent else 0
    return ContractItem(
        id=line.id,
        description=line.description,
        quantity=line.quantity,
        returned=line.quantity_returned,
        out=out,
        rate=None if rate is None else Money(rate, contract.currency),
        rate_period=line.rate_period,
        out_at=line.out_at,
        due_back_at=line.due_back_at,
        off_rent_at=line.off_rent_at,
        site=line.site,
        is_overdue=out > 0 and due is not None and due < clock.today(zone),
    )
