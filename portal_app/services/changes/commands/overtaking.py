"""A later feed wins over a change that was accepted, and that is said (S0-14)."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import Action, ChangeRequest, ChangeState
from portal_app.services.changes.commands.telling import write_down
from portal_app.services.changes.rules.kinds import all_kinds, kind_of
from portal_app.services.transaction import Transaction


def note_feed(tx: Transaction, *, subject_type: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Mark the accepted changes that a feed has just overtaken; return how many.

    `rows` are records of the type as they are now, by column, each with its `id`. Of each field
    only the newest change counts: what it replaced was overtaken long ago.
    """
    kinds = [kind.key for kind in all_kinds() if kind.subject_type == subject_type]
    held = {str(row["id"]): row for row in rows}
    if not kinds or not held:
        return 0
    applied = tx.session.exec(
        select(ChangeRequest)
        .where(
            col(ChangeRequest.subject_type) == subject_type,
            col(ChangeRequest.subject_id).in_(held),
            col(ChangeRequest.kind).in_(kinds),
            col(ChangeRequest.state) == ChangeState.APPLIED,
        )
        .order_by(col(ChangeRequest.applied_at).desc(), col(ChangeRequest.id).desc())
    ).all()
    replaced: dict[tuple[str, str], set[str]] = {}
    marked = 0
    for request in applied:
        newer = replaced.setdefault((request.subject_id, request.kind), set())
        marked += _compare(tx, request, held[request.subject_id], newer)
        newer.update(request.after)
    return marked


def _compare(
    tx: Transaction, request: ChangeRequest, row: Mapping[str, Any], newer: Set[str]
) -> bool:
    """Mark what a feed has overtaken of a change, but for fields that were changed again since."""
    kind, known = kind_of(request.kind), newer | request.superseded.keys()
    names = request.after.keys() - known
    now = {one.name: str(row[one.held_in]) for one in kind.fields if one.name in names}
    differing = {name: value for name, value in now.items() if value != request.after[name]}
    if not differing:
        return False
    request.superseded_at = clock.now()
    request.superseded = {**request.superseded, **differing}
    request.changed_at, request.version = request.superseded_at, request.version + 1
    labels = kind.labels
    note = ", ".join(labels[name] for name in differing)
    write_down(tx, request, Action.CHANGE_OVERTAKEN, "superseded", note=note)
    return True
