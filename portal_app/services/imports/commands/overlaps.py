"""Records that must not hold at the same time, such as two heads of one household."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select as select_rows
from sqlmodel import Session

from portal_app.services.imports.commands.lookups import Held
from portal_app.services.imports.commands.work import Bench
from portal_app.services.imports.rules.fields import Apart, Draft, Fault
from portal_app.services.imports.rules.types import TYPES

Place = tuple[object, ...]
Claim = tuple[str, Held]


def overlapping(session: Session, bench: Bench, drafts: Sequence[Draft]) -> dict[str, Fault]:
    """Return what is wrong with the drafts that overlap, by external id.

    Compared is what would be held once the whole batch is written: a feed may let one head follow
    another in any order of rows.
    """
    if not bench.kind.apart:
        return {}
    wanted = [draft for draft in drafts if not draft.is_deleted]
    if not bench.work.is_dry_run:
        _take_turns(session, bench, wanted)
    faults: dict[str, Fault] = {}
    for rule in bench.kind.apart:
        claims = _held_elsewhere(session, bench, rule, drafts)
        for draft in wanted:
            if draft.external_id not in faults and (other := _claim(claims, rule, draft)):
                faults[draft.external_id] = Fault(rule.field, rule.sentence.format(other))
    return faults


def _take_turns(session: Session, bench: Bench, drafts: Sequence[Draft]) -> None:
    """Let nobody else change what is in these households or applications until this is written."""
    column = bench.kind.apart[0].columns[0]
    parent = next(one.target for one in bench.kind.references if one.kept_in == column)
    table, ids = TYPES[parent].table, sorted({draft.merged[column] for draft in drafts})
    held = select_rows(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.id)
    session.connection().execute(held.with_for_update()).all()


def _held_elsewhere(
    session: Session, bench: Bench, rule: Apart, drafts: Sequence[Draft]
) -> dict[Place, list[Claim]]:
    """Return what records outside the batch claim, by what they would share."""
    table = bench.kind.table
    replaced = [draft.held["id"] for draft in drafts if draft.held]
    column = rule.columns[-1]
    values = sorted({str(draft.merged[column]) for draft in drafts if not draft.is_deleted})
    query = select_rows(table).where(
        table.c.brand_id == bench.work.brand_id,
        table.c[column].in_(values),
        table.c.ended_at.is_(None),
        table.c.id.not_in(replaced),
    )
    claims: dict[Place, list[Claim]] = {}
    found: Sequence[Held] = session.connection().execute(query).mappings().all()  # type: ignore[assignment]
    for row in found:
        if _counts(rule, row):
            claims.setdefault(_place(rule, row), []).append((row["external_id"], row))
    return claims


def _claim(claims: dict[Place, list[Claim]], rule: Apart, draft: Draft) -> str:
    """Return who claims the same already; else let the draft claim it."""
    if not _counts(rule, draft.merged):
        return ""
    others = claims.setdefault(_place(rule, draft.merged), [])
    for name, other in others:
        if _overlap(other, draft.merged):
            return name
    others.append((draft.external_id, draft.merged))
    return ""


def _counts(rule: Apart, row: Held) -> bool:
    return not rule.column or row[rule.column] == rule.value


def _place(rule: Apart, row: Held) -> Place:
    return tuple(row[column] for column in rule.columns)


def _overlap(one: Held, other: Held) -> bool:
    return _from(one) <= _until(other) and _from(other) <= _until(one)


def _from(row: Held) -> date:
    return row.get("starts_on") or date.min


def _until(row: Held) -> date:
    return row.get("ends_on") or date.max
