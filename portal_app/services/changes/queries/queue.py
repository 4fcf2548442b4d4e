"""The staff's queue of changes, and one of them with all that was done (S0-11, S0-13)."""

from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, or_, select, true
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import ChangeMoment, ChangeRequest, ChangeState, ChangeStep
from portal_app.services.changes import policy
from portal_app.services.changes.queries.reading import changes_of, lines_of
from portal_app.services.changes.rules.kinds import Values, all_kinds, kind_of
from portal_app.services.changes.rules.moves import FINAL, OPEN, Move, Side, moves_from
from portal_app.services.changes.views import (
    ChangeDetail,
    ChangePage,
    Moment,
    ReviewStep,
    RuleView,
)
from portal_app.services.transaction import reading

PAGE = 50
MOST_COUNTED = 100


class QueueView(StrEnum):
    """The saved views of the queue."""

    OPEN = "open"
    FAILED = "failed"
    DECIDED = "decided"
    ALL = "all"


_STATES = {
    QueueView.OPEN: OPEN,
    QueueView.FAILED: frozenset({ChangeState.APPLY_FAILED}),
    QueueView.DECIDED: FINAL,
    QueueView.ALL: frozenset(ChangeState),
}


def queue(
    actor: Actor, *, view: str = "open", search: str = "", kind: str = "", after: str = ""
) -> ChangePage:
    """Return a page of the brand's changes with the count of each saved view.

    `view` is open, failed, decided or all (anything else reads as open); `kind` is "" or the key
    of a kind. What waits longest stands first; among those decided, what is newest.
    """
    policy.require_staff(actor)
    seen = QueueView(view) if words(view) in set(QueueView) else QueueView.OPEN
    where = [policy.visible_to(actor), _in(seen), _found_by(words(search))]
    if words(kind):
        where.append(col(ChangeRequest.kind) == words(kind))
    oldest_first = seen in (QueueView.OPEN, QueueView.FAILED)
    with reading() as session:
        found = _page(session, where, words(after), oldest_first=oldest_first)
        rows = changes_of(session, found[:PAGE])
        more = rows[-1].id if len(found) > PAGE else ""
        return ChangePage(rows, more, _counts(session, actor))


def queue_item(actor: Actor, *, number: str) -> ChangeDetail:
    """Return one change: now and asked for, its steps and history, and what may be done."""
    policy.require_staff(actor)
    with reading() as session:
        request = policy.require_request(session, actor, number)
        (row,) = changes_of(session, [request])
        may_decide = policy.may_decide(session, actor, request)
        kind = kind_of(request.kind)
        subject = kind.held(session, request.subject_id)
        now: Values = subject.values if subject else {}
        moves = moves_from(request.state, Side.STAFF)
        return ChangeDetail(
            row=row,
            lines=lines_of(kind, request.before, request.after, now),
            version=request.version,
            failure=request.failure,
            person_id=request.person_id or "",
            steps=_steps(session, actor, request),
            moments=_moments(session, request),
            moves=moves if may_decide else frozenset[Move](),
            hindrance="" if may_decide or row.is_over else policy.OWN,
        )


def waiting(actor: Actor) -> int:
    """Return how many changes wait for the brand's staff, counted up to a hundred."""
    policy.require_staff(actor)
    with reading() as session:
        return session.exec(_count(actor, QueueView.OPEN)).one()


def rules(actor: Actor) -> tuple[RuleView, ...]:
    """Return how the actor's brand treats each kind of change, for administrators."""
    policy.require_admin(actor)
    with reading() as session:
        kept = policy.rules_kept(session, actor.brand)
        return tuple(
            RuleView(
                kind=kind.key,
                title=kind.title,
                policies=kind.policies,
                policy=policy.rule_from(kept.get(kind.key), kind).policy,
                steps=tuple(
                    (step.title, step.role.value)
                    for step in policy.rule_from(kept.get(kind.key), kind).steps
                ),
                version=kept[kind.key].version if kind.key in kept else 0,
            )
            for kind in all_kinds()
            if len(kind.policies) > 1
        )


def _page(
    session: Session, where: list[ColumnElement[bool]], after: str, *, oldest_first: bool
) -> list[ChangeRequest]:
    wanted = select(ChangeRequest).where(*where)
    at, row_id = col(ChangeRequest.created_at), col(ChangeRequest.id)
    if last := session.get(ChangeRequest, after) if after else None:
        newer = or_(at > last.created_at, and_(at == last.created_at, row_id > last.id))
        older = or_(at < last.created_at, and_(at == last.created_at, row_id < last.id))
        wanted = wanted.where(newer if oldest_first else older)
    order = (at, row_id) if oldest_first else (at.desc(), row_id.desc())
    return list(session.exec(wanted.order_by(*order).limit(PAGE + 1)))


def _in(view: QueueView) -> ColumnElement[bool]:
    return true() if view is QueueView.ALL else col(ChangeRequest.state).in_(_STATES[view])


def _found_by(search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    return or_(
        col(ChangeRequest.number).icontains(search, autoescape=True),
        col(ChangeRequest.subject_name).icontains(search, autoescape=True),
        col(ChangeRequest.requester_name).icontains(search, autoescape=True),
    )


def _counts(session: Session, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Count every view in one query."""
    each = [_count(actor, view).scalar_subquery().label(view.value) for view in QueueView]
    found: list[int] = cast("Any", session).exec(cast("Any", select)(*each)).one()
    return tuple(zip((view.value for view in QueueView), found, strict=True))


def _count(actor: Actor, view: QueueView) -> SelectOfScalar[int]:
    """Count a view, but never past what is worth knowing: the query stays cheap."""
    some = select(ChangeRequest.id).where(policy.visible_to(actor), _in(view)).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery())


def _steps(session: Session, actor: Actor, request: ChangeRequest) -> tuple[ReviewStep, ...]:
    mine = select(ChangeStep).where(col(ChangeStep.request_id) == request.id)
    found = list(session.exec(mine.order_by(col(ChangeStep.position))))
    is_open = request.state is ChangeState.PENDING_REVIEW
    following = next((step for step in found if step.done_at is None), None) if is_open else None
    return tuple(
        ReviewStep(
            position=step.position,
            title=step.title,
            role=step.role,
            done_by=step.done_by_name,
            done_at=step.done_at,
            note=step.note,
            is_next=step is following,
            may_do=step is following and policy.may_do(actor, step),
        )
        for step in found
    )


def _moments(session: Session, request: ChangeRequest) -> tuple[Moment, ...]:
    mine = select(ChangeMoment).where(col(ChangeMoment.request_id) == request.id)
    ordered = mine.order_by(col(ChangeMoment.at), col(ChangeMoment.id))
    return tuple(
        Moment(one.at, one.what, one.by_name, one.by_staff, one.note)
        for one in session.exec(ordered)
    )
