"""The staff's queue of cases, their templates, and how the brand treats cases."""

from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, tuple_, union_all
from sqlmodel import Session, col, func, or_, select, true
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import (
    Case,
    CasePriority,
    CaseState,
    CaseTemplate,
    Person,
    PortalUser,
    StaffUser,
    UserStatus,
)
from portal_app.services.cases import policy
from portal_app.services.cases.queries.lists import MOST_COUNTED
from portal_app.services.cases.queries.rows import rows_of, zone_of
from portal_app.services.cases.queries.thread import case_thread
from portal_app.services.cases.rules.moves import CUSTOMERS_TURN, OPEN, STAFFS_TURN
from portal_app.services.cases.views import CasePage, CaseThread, Colleague, PolicyView, Template
from portal_app.services.transaction import reading

PAGE = 50
_MOST_NAMED = 500


class QueueView(StrEnum):
    """The saved views of the queue."""

    OPEN = "open"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    WITH_CUSTOMER = "with_customer"
    ALL = "all"


# The states of each view; none named are all of them.
_STATES: dict[QueueView, frozenset[CaseState]] = {
    QueueView.OPEN: STAFFS_TURN,
    QueueView.UNASSIGNED: OPEN,
    QueueView.MINE: OPEN,
    QueueView.WITH_CUSTOMER: CUSTOMERS_TURN,
    QueueView.ALL: frozenset(),
}


def queue(
    actor: Actor, *, view: str = "open", search: str = "", kind: str = "", after: str = ""
) -> CasePage:
    """Return a page of the brand's cases with the count of each saved view.

    `view` is open (our turn), unassigned, mine, with_customer or all (anything else reads as
    open); `kind` is "" or a priority. What waits longest stands first; among all, the newest.
    """
    policy.require_staff(actor)
    seen = QueueView(view) if words(view) in set(QueueView) else QueueView.OPEN
    with reading() as session:
        where = [policy.visible_to(session, actor), _found_by(actor.brand, words(search))]
        if words(kind) in set(CasePriority):
            where.append(col(Case.priority) == CasePriority(kind))
        if last := session.get(Case, words(after)) if words(after) else None:
            where.append(_beyond(last, seen))
        found = _page(session, actor, seen, where)
        rows = rows_of(session, actor, found[:PAGE])
        more = rows[-1].id if len(found) > PAGE else ""
        return CasePage(rows, more, _counts(session, actor), zone=zone_of(session, actor))


def queue_item(actor: Actor, *, number: str, before: str = "") -> CaseThread:
    """Return one case of the queue with its conversation, notes and what may be done to it."""
    policy.require_staff(actor)
    return case_thread(actor, number=number, before=before)


def waiting(actor: Actor) -> int:
    """Return how many cases wait for the brand's staff, counted up to a hundred."""
    policy.require_staff(actor)
    with reading() as session:
        return session.exec(_count(session, actor, QueueView.OPEN)).one()


def colleagues(actor: Actor) -> tuple[Colleague, ...]:
    """Return the staff of the actor's brand to whom a case can be given, by name."""
    policy.require_staff(actor)
    with reading() as session:
        found = session.exec(
            select(StaffUser)
            .join(PortalUser, col(PortalUser.id) == col(StaffUser.user_id))
            .where(
                col(PortalUser.brand_id) == actor.brand,
                col(PortalUser.status) == UserStatus.ACTIVE,
            )
            .order_by(col(StaffUser.name), col(StaffUser.user_id))
        )
        return tuple(Colleague(one.user_id, one.name) for one in found)


def templates(actor: Actor) -> tuple[Template, ...]:
    """Return the words that the brand's staff use again and again, by name."""
    policy.require_staff(actor)
    with reading() as session:
        mine = select(CaseTemplate).where(col(CaseTemplate.brand_id) == actor.brand)
        ordered = mine.order_by(col(CaseTemplate.title), col(CaseTemplate.id))
        return tuple(
            Template(one.id, one.title, one.body, one.version) for one in session.exec(ordered)
        )


def case_policy(actor: Actor) -> PolicyView:
    """Return how the actor's brand treats cases, for administrators."""
    policy.require_admin(actor)
    with reading() as session:
        kept = policy.policy_of(session, actor.brand)
        return PolicyView(kept.visibility, kept.auto_close_days, kept.version)


def _page(
    session: Session, actor: Actor, view: QueueView, where: list[ColumnElement[bool]]
) -> list[Case]:
    """Read the first of each state in the view, then the first of those.

    So an index yields them in order, however many wait and wherever in the table they stand.
    """
    at, row_id = col(Case.created_at), col(Case.id)
    order = (at, row_id) if view is not QueueView.ALL else (at.desc(), row_id.desc())
    if states := sorted(_STATES[view]):
        each = [*where, _whose(actor, view)]
        lanes = [
            select(Case.id).where(*each, col(Case.state) == state).order_by(*order).limit(PAGE + 1)
            for state in states
        ]
        where = [row_id.in_(union_all(*(select(lane.subquery().c.id) for lane in lanes)))]
    return list(session.exec(select(Case).where(*where).order_by(*order).limit(PAGE + 1)))


def _beyond(last: Case, view: QueueView) -> ColumnElement[bool]:
    """Return the condition for what stands after a row in the order of the view."""
    place, end = tuple_(col(Case.created_at), col(Case.id)), tuple_(last.created_at, last.id)
    return place < end if view is QueueView.ALL else place > end


def _whose(actor: Actor, view: QueueView) -> ColumnElement[bool]:
    if view is QueueView.UNASSIGNED:
        return col(Case.assigned_to).is_(None)
    return col(Case.assigned_to) == actor.user_id if view is QueueView.MINE else true()


def _found_by(brand: str, search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    return or_(
        col(Case.number).icontains(search, autoescape=True),
        col(Case.subject).icontains(search, autoescape=True),
        col(Case.opener_name).icontains(search, autoescape=True),
        col(Case.consumer_id).in_(_called(brand, search)),
    )


def _called(brand: str, search: str) -> Any:
    """Return who is called like that; a name that very many have finds some of them."""
    name: Any = col(Person.given_name) + " " + col(Person.family_name)
    known = select(Person.id).where(col(Person.brand_id) == brand)
    return known.where(name.icontains(search, autoescape=True)).limit(_MOST_NAMED)


def _counts(session: Session, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Count every view in one query."""
    each = [_count(session, actor, view).scalar_subquery().label(view.value) for view in QueueView]
    found: list[int] = cast("Any", session).exec(cast("Any", select)(*each)).one()
    return tuple(zip((view.value for view in QueueView), found, strict=True))


def _count(session: Session, actor: Actor, view: QueueView) -> SelectOfScalar[int]:
    """Count a view, but never past what is worth knowing: the query stays cheap."""
    where = [policy.visible_to(session, actor), _whose(actor, view)]
    if states := _STATES[view]:
        where.append(col(Case.state).in_(sorted(states)))
    some = select(Case.id).where(*where).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery())
