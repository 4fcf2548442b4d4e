"""From rows to what people read of a change."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from portal_app.models import Account, ChangeRequest, ChangeStep
from portal_app.services.changes.rules.kinds import Kind, Values, kind_of
from portal_app.services.changes.rules.moves import FINAL
from portal_app.services.changes.views import Change, Line


def changes_of(session: Session, requests: Sequence[ChangeRequest]) -> tuple[Change, ...]:
    """Return requests as lists show them, with two queries however many there are."""
    accounts = _accounts(session, {one.account_id for one in requests if one.account_id})
    steps = _steps(session, [one.id for one in requests])
    return tuple(
        _change(one, accounts.get(one.account_id or "", ""), steps.get(one.id, []))
        for one in requests
    )


def lines_of(
    kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any], now: Values | None = None
) -> tuple[Line, ...]:
    """Return the fields that differ, as people read them."""
    return tuple(
        Line(
            label=one.label,
            before=one.show(str(before.get(one.name, ""))),
            after=one.show(str(after[one.name])),
            now=one.show(now.get(one.name, "")) if now is not None else "",
        )
        for one in kind.fields
        if one.name in after
    )


def _change(request: ChangeRequest, account: str, steps: Sequence[ChangeStep]) -> Change:
    kind = kind_of(request.kind)
    return Change(
        id=request.id,
        number=request.number,
        kind=request.kind,
        title=kind.title,
        state=request.state,
        policy=request.policy,
        origin=request.origin,
        subject_name=request.subject_name,
        account_number=account,
        requester_name=request.requester_name,
        lines=lines_of(kind, request.before, request.after),
        created_at=request.created_at,
        changed_at=request.changed_at,
        decided_at=request.decided_at,
        reason=request.reason,
        overtaken_at=request.superseded_at,
        overtaken=lines_of(kind, request.after, request.superseded),
        step=_standing(request, steps),
        is_over=request.state in FINAL,
    )


def _standing(request: ChangeRequest, steps: Sequence[ChangeStep]) -> str:
    """Say which step comes next, where a review has several."""
    waiting = next((step for step in steps if step.done_at is None), None)
    if request.state in FINAL or waiting is None or len(steps) == 1:
        return ""
    return f"Step {waiting.position} of {len(steps)}: {waiting.title}"


def _accounts(session: Session, ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    found = session.exec(select(Account.id, Account.number).where(col(Account.id).in_(ids)))
    return dict(found.all())


def _steps(session: Session, ids: Sequence[str]) -> dict[str, list[ChangeStep]]:
    found: dict[str, list[ChangeStep]] = {}
    mine = select(ChangeStep).where(col(ChangeStep.request_id).in_(ids))
    for step in session.exec(mine.order_by(col(ChangeStep.position))):
        found.setdefault(step.request_id, []).append(step)
    return found
