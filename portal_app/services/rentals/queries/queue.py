"""The store's queue of requests (S3-25)."""

from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select, true
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.core.errors import NotFound
from portal_app.models import (
    Account,
    ContractLine,
    RentalRequest,
    RequestState,
    ReturnMethod,
)
from portal_app.services.rentals import policy
from portal_app.services.rentals.queries.items import MOST_COUNTED
from portal_app.services.rentals.queries.requests import page_of, request_detail
from portal_app.services.rentals.rules.moves import NEEDS_ACTION, OPEN
from portal_app.services.rentals.views import QueuePage, RequestDetail
from portal_app.services.transaction import reading


class QueueView(StrEnum):
    """The saved views of the queue."""

    OPEN = "open"
    NEEDS_ACTION = "needs_action"
    SCHEDULED = "scheduled"
    ALL = "all"


_STATES = {
    QueueView.OPEN: OPEN,
    QueueView.NEEDS_ACTION: NEEDS_ACTION,
    QueueView.SCHEDULED: frozenset({RequestState.SCHEDULED}),
    QueueView.ALL: frozenset(RequestState),
}


def queue(
    actor: Actor, *, view: str = "open", search: str = "", kind: str = "", after: str = ""
) -> QueuePage:
    """Return a page of the brand's requests with the count of each saved view.

    `view` is open, needs_action, scheduled or all (anything else reads as open); `kind` is "" or
    how the items come back. What waits longest stands first; among all, what is newest.
    """
    _require_staff(actor)
    seen = QueueView(view) if words(view) in set(QueueView) else QueueView.OPEN
    where = [policy.visible_to(actor), _in(seen), _found_by(words(search))]
    if words(kind) in set(ReturnMethod):
        where.append(col(RentalRequest.method) == ReturnMethod(kind))
    with reading() as session:
        page = page_of(session, where, after=after, oldest_first=seen is not QueueView.ALL)
        return QueuePage(page.rows, page.after, counts=_counts(session, actor))


def queue_item(actor: Actor, *, number: str) -> RequestDetail:
    """Return one request of the queue with its history and what may be done to it."""
    _require_staff(actor)
    return request_detail(actor, number=number)


def waiting(actor: Actor) -> int:
    """Return how many requests wait for the brand's staff, counted up to a hundred."""
    _require_staff(actor)
    with reading() as session:
        return session.exec(_count(actor, QueueView.NEEDS_ACTION)).one()


def _require_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotFound


def _in(view: QueueView) -> ColumnElement[bool]:
    if view is QueueView.ALL:
        return true()
    return col(RentalRequest.state).in_(_STATES[view])


def _found_by(search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    return or_(
        col(RentalRequest.number).icontains(search, autoescape=True),
        col(RentalRequest.contact_name).icontains(search, autoescape=True),
        col(Account.name).icontains(search, autoescape=True),
        col(Account.number).icontains(search, autoescape=True),
        col(ContractLine.description).icontains(search, autoescape=True),
    )


def _counts(session: Session, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Count every view in one query."""
    each = [_count(actor, view).scalar_subquery().label(view.value) for view in QueueView]
    found: list[int] = cast("Any", session).exec(cast("Any", select)(*each)).one()
    return tuple(zip((view.value for view in QueueView), found, strict=True))


def _count(actor: Actor, view: QueueView) -> SelectOfScalar[int]:
    """Count a view, but never past what is worth knowing: the query stays cheap."""
    some = select(RentalRequest.id).where(policy.visible_to(actor), _in(view)).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery())
