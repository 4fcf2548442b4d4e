"""Writing one batch of drafts: merged over what is held, checked, and written together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session

from portal_app.core import clock, vault
from portal_app.core.ids import new_id
from portal_app.services.imports.commands.lookups import (
    Held,
    held_by_id,
    others_with,
    with_history,
)
from portal_app.services.imports.commands.overlaps import overlapping
from portal_app.services.imports.commands.work import Bench
from portal_app.services.imports.rules.fields import Draft, Fault, Known


def write(session: Session, bench: Bench, drafts: Sequence[Draft]) -> list[Held]:
    """Write what the drafts bring, or on a dry run only count it; return the rows as they are now.

    The rows that are changed are read again here, under lock: somebody may have been at them.
    """
    is_dry_run = bench.work.is_dry_run
    ids = [draft.held["id"] for draft in drafts if draft.held]
    now_held = held_by_id(session, bench.kind.table, ids, locked=not is_dry_run)
    for draft in drafts:
        draft.held = now_held[draft.held["id"]] if draft.held else None
    drafts = [draft for draft in drafts if not _is_outlived(bench, draft)]
    accepted = _accepted(session, bench, drafts)
    new = [_new_row(bench, draft) for draft in accepted if draft.held is None]
    # Changes go first: a number that one record gives up may be another's in the same batch.
    old = [row for draft in accepted if draft.held and (row := _changed_row(bench, draft))]
    if is_dry_run:
        _remember(bench, accepted)
        return []
    _update(session, bench, old)
    if new:
        session.connection().execute(insert(bench.kind.table), new)
    versions = {row["id"]: row["version"] for row in now_held.values()}
    changed = (row for row in old if row["version"] != versions[row["row_id"]])
    return [*new, *({**row, "id": row["row_id"]} for row in changed)]


def _is_outlived(bench: Bench, draft: Draft) -> bool:
    """Count as stale what the portal has decided otherwise since; asked here, under the lock."""
    decides = bench.kind.outlived_by
    if decides is None or draft.held is None or not decides(draft):
        return False
    bench.count("stale")
    return True


def _accepted(session: Session, bench: Bench, drafts: Sequence[Draft]) -> list[Draft]:
    kept = [draft for draft in drafts if not draft.is_deleted]
    for draft in kept:
        _merge(bench, draft)
    taken = _taken(session, bench, kept)
    fixed = _fixed_currencies(session, bench, kept)
    overlaps = overlapping(session, bench, drafts)
    accepted: list[Draft] = []
    for draft in drafts:
        fault = None if draft.is_deleted else _fault(bench, draft, taken, fixed)
        fault = fault or overlaps.get(draft.external_id)
        if fault is None:
            accepted.append(draft)
            _claim(bench, draft)
        else:
            value = draft.given.get(fault.field, "")
            bench.refuse_row(draft.line, fault.field, value, fault.sentence)
    return accepted


def _merge(bench: Bench, draft: Draft) -> None:
    held = draft.held
    base = {name: held[name] for name in bench.columns} if held else bench.defaults
    draft.merged = {**base, **draft.values}
    if bench.kind.derive:
        bench.kind.derive(draft, bench.around(draft))


def _fault(bench: Bench, draft: Draft, taken: dict[str, str], fixed: set[str]) -> Fault | None:
    for check in bench.kind.checks:
        if fault := check(draft):
            return fault
    if draft.held and draft.held["id"] in fixed:
        return Fault(
            "currency", "This account has amounts in its currency already, which has to stay."
        )
    return _clash(bench, draft, taken)


def _taken(session: Session, bench: Bench, drafts: Sequence[Draft]) -> dict[str, str]:
    """Return who holds the unique values that the drafts want."""
    column = bench.kind.unique
    if not column or not drafts:
        return {}
    return others_with(session, bench, column, {draft.merged[column] for draft in drafts})


def _clash(bench: Bench, draft: Draft, taken: dict[str, str]) -> Fault | None:
    column = bench.kind.unique
    if not column:
        return None
    value, kind, scratch = draft.merged[column], bench.kind.name, bench.work.scratch
    holder = scratch.claimant(kind, value)
    if not holder and (held_by := taken.get(value)):
        # Whoever held it may have been given another value earlier in this feed.
        holder = "" if scratch.claimed(kind, held_by) not in (None, value) else held_by
    if holder in ("", draft.external_id):
        return None
    return Fault(column, f"{holder} has this {column} already. Give each record its own.")


def _claim(bench: Bench, draft: Draft) -> None:
    if bench.kind.unique and not draft.is_deleted:
        value = draft.merged[bench.kind.unique]
        bench.work.scratch.claim(bench.kind.name, draft.external_id, value)


def _fixed_currencies(session: Session, bench: Bench, drafts: Sequence[Draft]) -> set[str]:
    """Return the accounts whose currency a draft would change although they have amounts in it."""
    if bench.kind.name != "accounts":
        return set()
    changing = [
        draft.held["id"]
        for draft in drafts
        if draft.held and draft.held["currency"] != draft.merged["currency"]
    ]
    return with_history(session, changing) if changing else set()


def _new_row(bench: Bench, draft: Draft) -> dict[str, Any]:
    bench.count("new")
    row_id = new_id()
    _seal(bench, draft, row_id)
    row = {
        "id": row_id,
        "brand_id": bench.work.brand_id,
        "external_id": draft.external_id,
        "source_updated_at": draft.updated_at,
        "synced_at": clock.now(),
        "ended_at": None,
        "digest": draft.digest,
        **draft.merged,
    }
    bench.note_shared(draft, row)
    return row


def _seal(bench: Bench, draft: Draft, row_id: str) -> None:
    """Seal the days that the feed brings, in their row; the same day again stays as it is held."""
    for column, place in bench.kind.sealed:
        brought, held = draft.values.get(column), draft.held[column] if draft.held else ""
        if not isinstance(brought, date):
            continue
        is_same = vault.day_in(held, place=place(row_id)) == brought
        sealed = held if is_same else vault.keep_day(brought, place=place(row_id))
        draft.merged[column] = sealed


def _changed_row(bench: Bench, draft: Draft) -> dict[str, Any] | None:
    held = draft.held
    assert held is not None
    _seal(bench, draft, held["id"])
    row = {name: held[name] for name in bench.columns} | draft.merged
    is_ended = draft.is_deleted
    is_changed = is_ended or held["ended_at"] or any(row[name] != held[name] for name in row)
    bench.count("ended" if is_ended else "changed" if is_changed else "unchanged")
    row |= {
        "row_id": held["id"],
        "source_updated_at": draft.updated_at or held["source_updated_at"],
        "synced_at": clock.now(),
        "ended_at": clock.now() if is_ended else None,
        "digest": draft.digest,
        "version": held["version"] + bool(is_changed),
    }
    bench.note_shared(draft, row)
    return row


def _update(session: Session, bench: Bench, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        table = bench.kind.table
        statement = update(table).where(table.c.id == bindparam("row_id"))
        session.connection().execute(statement, list(rows))


def _remember(bench: Bench, accepted: Sequence[Draft]) -> None:
    """On a dry run, let later files refer to what would have been written."""
    bench.work.scratch.accept(
        bench.kind.name,
        ((draft.external_id, _as_known(draft)) for draft in accepted if not draft.is_deleted),
    )


def _as_known(draft: Draft) -> Known:
    identity = draft.held["id"] if draft.held else f"new:{draft.external_id}"
    merged = draft.merged
    return Known(identity, merged.get("currency", ""), merged.get("account_id", ""))
