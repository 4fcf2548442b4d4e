"""Small feeds for tests, and the ways to look at what they did."""

from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from portal_app.core import vault
from portal_app.core.actor import Actor
from portal_app.models import database
from portal_app.services import imports
from portal_app.services.imports.rules.types import TYPES
from tests import factories as f

ACCOUNT = "external_id,number,name,account_type\nA-1,101,Lindqvist Roofing,account\n"
CONTRACT = (
    "external_id,number,kind,status,account,starts_on\nC-1,R-1,rental,active,A-1,2026-11-01\n"
)
LINE = "external_id,contract,description,quantity,quantity_returned\nC-1-1,C-1,Scissor lift,3,1\n"
INVOICE = "external_id,number,account,issued_on,total\nI-1,INV-1,A-1,2026-11-02,1234.50\n"
LEDGER = "external_id,account,kind,amount,effective_on\nL-1,A-1,charge,1234.50,2026-11-02\n"


def system() -> Actor:
    return Actor.system("tests", brand=f.brand().id)


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files named after their types; `accounts_jsonl=` makes accounts.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        full = f"{stem}.{suffix}" if suffix == "jsonl" else f"{name}.csv"
        data = content.encode() if isinstance(content, str) else content
        (folder / full).write_bytes(data)
    return folder


def load(folder: Path, *, actor: Actor | None = None, **more: Any) -> imports.ImportReport:
    return imports.import_folder(actor or system(), path=folder, **more)


def feed(folder: Path, **files: str | bytes) -> imports.ImportReport:
    """Write a feed and import it."""
    return load(write(folder, **files))


def counts(report: imports.ImportReport, kind: str) -> dict[str, int]:
    """Return what happened to one type, without the zeros."""
    found = {one.name: one for one in report.counts}.get(kind)
    names = ("new", "changed", "unchanged", "stale", "ended", "refused")
    return {name: n for name in names if found and (n := getattr(found, name))}


def refusals(report: imports.ImportReport) -> list[tuple[str, int, str]]:
    return [(one.file, one.line, one.field) for one in report.refusals if not one.is_warning]


def contents(actor: Actor | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return all that feeds fill of a brand, by external ids, without what differs by run."""
    return {name: _rows(name, (actor or system()).brand) for name in TYPES}


def _rows(name: str, brand: str) -> list[dict[str, Any]]:
    kind = TYPES[name]
    with Session(database.engine()) as session:
        targets = {one.kept_in: one.target for one in kind.fields if one.target}
        names = {target: _names(session, target) for target in targets.values()}
        mine = select(kind.table).where(kind.table.c.brand_id == brand)
        query = mine.order_by(kind.table.c.external_id)
        found = []
        for row in session.connection().execute(query).mappings():
            columns = ("external_id", "digest", *kind.columns)
            # A place is named by the contract's own id, which differs by run.
            kept = {column: row[column] for column in columns if column != "place"}
            kept |= {
                column: vault.day_in(kept[column], place=place(row["id"]))
                for column, place in kind.sealed
            }
            kept |= {column: names[to].get(kept[column]) for column, to in targets.items()}
            found.append({**kept, "is_ended": row["ended_at"] is not None})
        return found


def _names(session: Session, target: str) -> dict[str, str]:
    table = TYPES[target].table
    return dict(session.connection().execute(select(table.c.id, table.c.external_id)).all())
