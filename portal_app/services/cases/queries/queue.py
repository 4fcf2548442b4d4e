"""The staff's queue of cases, their templates, and how the brand treats cases."""

from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select, true
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import (
    Case,
    CasePriority,
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
        where = [
            policy.visible_to(session, actor),
            _in(actor, seen),
            _found_by(actor.brand, words(search)),
        ]
        if words(kind) in set(CasePriority):
            where.append(col(Case.priority) == CasePriority(kind))
        found = _page(session, where, words(after), oldest_first=seen is not QueueView.ALL)
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
    session: Session, where: list[ColumnElement[bool]], after: str, *, oldest_first: bool
) -> list[Case]:
    wanted = select(Case).where(*where)
    at, row_id = col(Case.created_at), col(Case.id)
    if last := session.get(Case, after) if after else None:
        newer = or_(at > last.created_at, and_(at == last.created_at, row_id > last.id))
        older = or_(at < last.created_at, and_(at == last.created_at, row_id < last.id))
        wanted = wanted.where(newer if oldest_first else older)
    order = (at, row_id) if oldest_first else (at.desc(), row_id.desc())
    return list(session.exec(wanted.order_by(*order).limit(PAGE + 1)))


def _in(actor: Actor, view: QueueView) -> ColumnElement[bool]:
    state = col(Case.state)
    conditions = {
        QueueView.OPEN: state.in_(STAFFS_TURN),
        QueueView.UNASSIGNED: and_(state.in_(OPEN), col(Case.assigned_to).is_(None)),
        QueueView.MINE: and_(state.in_(OPEN), col(Case.assigned_to) == actor.user_id),
        QueueView.WITH_CUSTOMER: state.in_(CUSTOMERS_TURN),
        QueueView.ALL: true(),
    }
    return conditions[view]


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
    where = (policy.visible_to(session, actor), _in(actor, view))
    some = select(Case.id).where(*where).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery())
