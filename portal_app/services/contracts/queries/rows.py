"""From a contract, its store and the sums of its lines to what a list shows."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from portal_app.models import (
    Asset,
    Contract,
    ContractKind,
    ContractLine,
    ContractPhase,
    Store,
)
from portal_app.services.contracts.rules import asset_words, kind_label, status_words
from portal_app.services.contracts.views import ContractRow, StoreContact
from portal_app.services.reading import rows_of


class _Sums(NamedTuple):
    out: int = 0
    lines: int = 0
    first: str = ""


def contract_rows(
    session: Session, found: Sequence[tuple[Contract, Store | None]]
) -> tuple[ContractRow, ...]:
    """Return what a list shows of these contracts; one query for their lines, one for assets."""
    sums = _line_sums(session, [contract.id for contract, _ in found])
    assets = _assets(session, {contract.asset_id for contract, _ in found if contract.asset_id})
    return tuple(
        _row(contract, store, sums.get(contract.id, _Sums()), assets.get(contract.asset_id or ""))
        for contract, store in found
    )


def _assets(session: Session, ids: set[str]) -> dict[str, Asset]:
    if not ids:
        return {}
    found = session.exec(select(Asset).where(col(Asset.id).in_(ids)))
    return {asset.id: asset for asset in found}


def _line_sums(session: Session, contract_ids: list[str]) -> dict[str, _Sums]:
    if not contract_ids:
        return {}
    found = rows_of(session, _line_sums_query(), contracts=contract_ids)
    return {key: _Sums(int(out), lines, first) for key, out, lines, first in found}


@cache
def _line_sums_query() -> Any:
    out = func.sum(ContractLine.quantity - ContractLine.quantity_returned)
    return (
        select(ContractLine.contract_id, out, func.count(), func.min(ContractLine.description))
        .where(col(ContractLine.contract_id).in_(bindparam("contracts", expanding=True)))
        .where(col(ContractLine.ended_at).is_(None))
        .group_by(col(ContractLine.contract_id))
    )


def _row(contract: Contract, store: Store | None, sums: _Sums, asset: Asset | None) -> ContractRow:
    is_on_rent = contract.kind is ContractKind.RENTAL and contract.phase is ContractPhase.CURRENT
    items_out = sums.out if is_on_rent else 0
    words = status_words(contract.status, contract.kind, items_out=items_out)
    return ContractRow(
        id=contract.id,
        number=contract.number,
        kind=contract.kind,
        kind_label=kind_label(contract.status, contract.kind),
        status=contract.status,
        phase=contract.phase,
        status_label=words.label,
        status_tone=words.tone,
        next_step=words.next_step,
        items_out=items_out,
        lines=sums.lines,
        first_item=sums.first,
        asset=asset_words(asset) if asset else "",
        store=StoreContact.of(store),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        listed_on=contract.listed_on,
        po_number=contract.po_number,
    )
