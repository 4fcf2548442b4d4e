"""Values that are better not shared: a main phone on two accounts (S3-05)."""

from sqlalchemy import select
from sqlmodel import Session

from portal_app.services.imports.commands.work import Bench

_SIZE = 500


def warn_of_shared(session: Session, bench: Bench) -> None:
    """Warn of every record of this feed whose value another record has too.

    The feed is the master: both are accepted, and neither can register until one is changed.
    """
    for records in bench.work.scratch.shared(_SIZE):
        holders = _holders(session, bench, {value for _, value, _, _ in records if value})
        for external_id, value, _, line in records:
            if other := _other(bench, external_id, value, holders):
                bench.warn(
                    line,
                    "main_phone",
                    value,
                    f"Account {other} has the same main phone. Both were accepted, and neither can"
                    " register until one of them has a number of its own.",
                )


def _holders(session: Session, bench: Bench, values: set[str]) -> dict[str, list[tuple[str, str]]]:
    table, column = bench.kind.table, bench.kind.shared
    query = select(table.c[column], table.c.external_id, table.c[bench.kind.unique]).where(
        table.c.brand_id == bench.work.brand_id,
        table.c[column].in_(values),
        table.c.ended_at.is_(None),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for value, external_id, name in session.connection().execute(query):
        found.setdefault(value, []).append((external_id, name))
    return found


def _other(
    bench: Bench, external_id: str, value: str, holders: dict[str, list[tuple[str, str]]]
) -> str:
    scratch = bench.work.scratch
    if not value:
        return ""
    if name := scratch.sharer(value, external_id):
        return name
    outside = (
        name
        for holder, name in holders.get(value, ())
        if holder != external_id and not scratch.is_noted(holder)
    )
    return next(outside, "")
