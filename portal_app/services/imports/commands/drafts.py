"""From raw rows to drafts: what is new in them, and whether every cell can be read."""

from collections.abc import Iterable

from sqlmodel import Session

from portal_app.core.secrets import bind
from portal_app.core.settings import settings
from portal_app.services.imports.commands.lookups import held_by_external_id, resolve
from portal_app.services.imports.commands.rows import BadRow, RawRow
from portal_app.services.imports.commands.work import Bench
from portal_app.services.imports.rules import cells
from portal_app.services.imports.rules.cells import Surroundings, Unreadable, Value
from portal_app.services.imports.rules.fields import Draft, Field

# Change this when cells are read differently, so that held rows are looked at afresh.
_DIGEST_OF = "2"
_EXTERNAL_ID = cells.text(80)


def drafts_of(session: Session, bench: Bench, rows: Iterable[RawRow | BadRow]) -> list[Draft]:
    """Return the rows that bring something; count the others, and refuse what cannot be read."""
    drafts = [draft for row in rows if (draft := _begun(bench, row))]
    held = held_by_external_id(session, bench, [draft.external_id for draft in drafts])
    for draft in drafts:
        draft.held = held.get(draft.external_id)
    bringing = [draft for draft in drafts if _brings_something(bench, draft)]
    kept = [draft for draft in bringing if not draft.is_deleted]
    resolve(session, bench, kept)
    readable = {id(draft) for draft in kept if _read(bench, draft)}
    return [draft for draft in bringing if draft.is_deleted or id(draft) in readable]


def _begun(bench: Bench, row: RawRow | BadRow) -> Draft | None:
    if isinstance(row, BadRow):
        bench.refuse_row(row.line, row.field, row.value, row.sentence)
        return None
    external_id = row.cells.get("external_id", "")
    if not external_id:
        bench.refuse_row(row.line, "external_id", "", "Give every row its external_id.")
        return None
    try:
        _EXTERNAL_ID(external_id, bench.work.around)
    except Unreadable as fault:
        bench.refuse_row(row.line, "external_id", external_id, str(fault))
        return None
    first = bench.work.scratch.first_line(bench.kind.name, external_id, row.line)
    if first != row.line:
        sentence = f"Line {first} has this external_id already. Keep one of the two."
        bench.refuse_row(row.line, "external_id", external_id, sentence)
        return None
    return Draft(row.line, external_id, row.cells, _digest(row.cells))


def _digest(given: dict[str, str]) -> str:
    """Return the keyed fingerprint of a row, from which nobody can try out what it holds."""
    pairs = sorted(given.items())
    # Half a character, which a feed may hold, has no bytes of its own.
    parts = [part.encode(errors="replace").decode() for pair in pairs for part in pair]
    return bind(settings().secret_key.get_secret_value(), "feed", _DIGEST_OF, *parts)


def _brings_something(bench: Bench, draft: Draft) -> bool:
    if draft.held and draft.held["digest"] == draft.digest:
        bench.count("unchanged")
        bench.note_shared(draft, draft.held)
        return False
    if not _read_common(bench, draft):
        return False
    if _is_stale(draft):
        bench.count("stale")
        return False
    if draft.is_deleted and (draft.held is None or draft.held["ended_at"]):
        bench.count("unchanged")
        return False
    return True


def _is_stale(draft: Draft) -> bool:
    held_from = draft.held["source_updated_at"] if draft.held else None
    return bool(held_from and draft.updated_at and draft.updated_at < held_from)


def _read_common(bench: Bench, draft: Draft) -> bool:
    name = ""
    try:
        if moment := draft.given.get(name := "updated_at"):
            draft.updated_at = cells.moment(moment, bench.work.around)
        if deleted := draft.given.get(name := "deleted"):
            draft.is_deleted = cells.flag(deleted, bench.work.around)
    except Unreadable as fault:
        bench.refuse_row(draft.line, name, draft.given[name], str(fault))
        return False
    return True


def _read(bench: Bench, draft: Draft) -> bool:
    """Read every cell; refuse each one that cannot be read, and so the row."""
    around, is_readable = bench.around(draft), True
    for one in bench.kind.fields:
        try:
            value = _value(one, draft, around)
        except Unreadable as fault:
            bench.refuse(draft.line, one.name, draft.given.get(one.name, ""), str(fault))
            is_readable = False
        else:
            if value is not None and one.kept_in:
                draft.values[one.kept_in] = value
    if not is_readable:
        bench.count("refused")
    return is_readable


def _value(one: Field, draft: Draft, around: Surroundings) -> Value:
    cell = draft.given.get(one.name)
    if cell is None:
        if one.is_required:
            raise Unreadable("This cannot be empty. Fill it in.")
        return None
    value = one.reader(cell, around)
    if not one.target:
        return value
    if (known := draft.known.get(one.name)) is None:
        raise Unreadable(
            f"There is no such record in {one.target}, neither in this feed nor in the portal."
            f" Send it in {one.target}, or correct this."
        )
    return known.id
