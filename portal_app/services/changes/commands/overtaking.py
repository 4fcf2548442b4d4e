"""A later feed wins over a change that was accepted, and that is said (S0-14)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import Action, ChangeRequest, ChangeState
from portal_app.services.changes.commands.telling import write_down
from portal_app.services.changes.rules.kinds import all_kinds, kind_of
from portal_app.services.transaction import Transaction


def note_feed(tx: Transaction, *, subject_type: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Mark the accepted changes that a feed has just overtaken; return how many.

    `rows` are records of the type as they are now, by column, each with its `id`. Only the newest
    change of a kind counts: what it replaced was overtaken long ago.
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
    newest: dict[tuple[str, str], ChangeRequest] = {}
    for request in applied:
        newest.setdefault((request.subject_id, request.kind), request)
    return sum(_compare(tx, request, held[request.subject_id]) for request in newest.values())


def _compare(tx: Transaction, request: ChangeRequest, row: Mapping[str, Any]) -> bool:
    kind = kind_of(request.kind)
    now = {one.name: str(row[one.held_in]) for one in kind.fields if one.name in request.after}
    differing = {name: value for name, value in now.items() if value != request.after[name]}
    if request.superseded_at or not differing:
        return False
    request.superseded_at, request.superseded = clock.now(), differing
    request.changed_at, request.version = request.superseded_at, request.version + 1
    labels = kind.labels
    note = ", ".join(labels[name] for name in differing)
    write_down(tx, request, Action.CHANGE_OVERTAKEN, "superseded", note=note)
    return True
