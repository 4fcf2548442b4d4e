"""Finding what the portal holds already, a whole batch at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table, select
from sqlmodel import Session

from portal_app.core import text
from portal_app.models import Person
from portal_app.services.imports.commands.work import Bench, Work
from portal_app.services.imports.rules.fields import Draft, Known
from portal_app.services.imports.rules.types import TYPES

Held = Mapping[str, Any]


def held_by_external_id(
    session: Session, bench: Bench, external_ids: Sequence[str]
) -> dict[str, Held]:
    """Return the rows of a type that have these external ids."""
    table = bench.kind.table
    query = select(table).where(
        table.c.brand_id == bench.work.brand_id, table.c.external_id.in_(external_ids)
    )
    return {row["external_id"]: row for row in _rows(session, query)}


def held_by_id(
    session: Session, table: Table, ids: Sequence[str], *, locked: bool
) -> dict[str, Held]:
    """Return rows by id; locked in one fixed order until the transaction ends, if wanted."""
    if not ids:
        return {}
    query = select(table).where(table.c.id.in_(ids)).order_by(table.c.id)
    return {row["id"]: row for row in _rows(session, query.with_for_update() if locked else query)}


def resolve(session: Session, bench: Bench, drafts: Sequence[Draft]) -> None:
    """Find what the drafts refer to, and put it into their `known`."""
    for one in bench.kind.references:
        # What no external id can be is not asked for: a database cannot even be told of it.
        wanted = {name for draft in drafts if (name := text.key(draft.given.get(one.name)))}
        found = _known(session, bench.work, one.target, sorted(wanted)) if wanted else {}
        for draft in drafts:
            if known := found.get(draft.given.get(one.name, "")):
                draft.known[one.name] = known


def _known(session: Session, work: Work, target: str, external_ids: list[str]) -> dict[str, Known]:
    table = TYPES[target].table
    names = [name for name in ("currency", "account_id") if name in table.c]
    columns = [table.c[name] for name in ("external_id", "id", *names)]
    query = select(*columns).where(
        table.c.brand_id == work.brand_id, table.c.external_id.in_(external_ids)
    )
    found = {row["external_id"]: _fact(row) for row in _rows(session, query)}
    if work.is_dry_run:
        found |= work.scratch.accepted(target, external_ids)
    return found


def _fact(row: Held) -> Known:
    return Known(row["id"], row.get("currency", ""), row.get("account_id", ""))


def owners(session: Session, bench: Bench, rows: Iterable[Held]) -> set[str]:
    """Return the accounts that the rows belong to; a person's are those they have to do with."""
    through = bench.kind.owned_through
    if bench.kind.model is Person:
        return _accounts_of(session, {row["id"] for row in rows})
    if not through:
        return set()
    leads = {str(row[through]) for row in rows}
    if through in ("id", "account_id"):
        return leads
    parent = next(one.target for one in bench.kind.references if one.kept_in == through)
    table = TYPES[parent].table
    query = select(table.c.account_id).where(table.c.id.in_(leads))
    return {row["account_id"] for row in _rows(session, query)}


def _accounts_of(session: Session, people: set[str]) -> set[str]:
    contacts, held = TYPES["account_contacts"].table, TYPES["contracts"].table
    as_contact = select(contacts.c.account_id).where(contacts.c.person_id.in_(people))
    as_holder = select(held.c.account_id).where(held.c.holder_id.in_(people)).distinct()
    found = (*_rows(session, as_contact), *_rows(session, as_holder))
    return {row["account_id"] for row in found}


def with_history(session: Session, account_ids: Sequence[str]) -> set[str]:
    """Return those of the accounts that have anything in their currency."""
    found: set[str] = set()
    for name in ("contracts", "invoices", "ledger"):
        table = TYPES[name].table
        query = select(table.c.account_id).where(table.c.account_id.in_(account_ids)).distinct()
        found |= {row["account_id"] for row in _rows(session, query)}
    return found


def others_with(
    session: Session, bench: Bench, column: str, values: Iterable[str]
) -> dict[str, str]:
    """Return which external id holds each of these values of a column."""
    table = bench.kind.table
    query = select(table.c[column], table.c.external_id).where(
        table.c.brand_id == bench.work.brand_id, table.c[column].in_(list(values))
    )
    return {row[column]: row["external_id"] for row in _rows(session, query)}


def _rows(session: Session, query: Executable) -> Sequence[Held]:
    return session.connection().execute(query).mappings().all()  # type: ignore[return-value]
