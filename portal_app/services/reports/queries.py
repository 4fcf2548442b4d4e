"""Counting in the audit trail what customers did by themselves (S3-26)."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case
from sqlmodel import and_, col, func, or_, select

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.paging import page_size
from portal_app.core.settings import settings
from portal_app.models import (
    Action,
    AuditEvent,
    ChangeOrigin,
    ChangeRequest,
    PortalUser,
    UserKind,
)
from portal_app.services.reports.policy import require_reports
from portal_app.services.reports.views import SelfService, SelfServiceMonth
from portal_app.services.transaction import reading

_MOST_MONTHS = 36
_MONTHS_A_YEAR = 12
_BY_THEMSELVES = (Action.RENTAL_REQUESTED, Action.DOCUMENT_DOWNLOADED, Action.STATEMENT_MAILED)
# A statement is a document of an account, fetched or mailed.
_STATEMENT = "account"
_Counts = dict[int, Counter[str]]


def self_service(actor: Actor, *, months: int = 12) -> SelfService:
    """Return what customers of the actor's brand did in the last months, this one included.

    A month begins and ends in the portal's time zone. Two queries, however many months.
    """
    require_reports(actor)
    today = clock.today(settings().timezone)
    count = min(page_size(months, usual=_MONTHS_A_YEAR), _MOST_MONTHS)
    starts = [_months_before(today.replace(day=1), back) for back in range(count - 1, -2, -1)]
    bounds = [_midnight(start) for start in starts]
    counts = _counted(actor, bounds)
    found = [_month(starts[i], counts.get(i, Counter[str]())) for i in range(count)]
    total = _month(starts[0], sum(counts.values(), Counter[str]()))
    return SelfService(tuple(reversed(found)), total)


def _months_before(first: date, back: int) -> date:
    number = first.year * _MONTHS_A_YEAR + first.month - 1 - back
    return date(number // _MONTHS_A_YEAR, number % _MONTHS_A_YEAR + 1, 1)


def _midnight(day: date) -> datetime:
    zone = ZoneInfo(settings().timezone)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _counted(actor: Actor, bounds: list[datetime]) -> _Counts:
    at = col(AuditEvent.at)
    spans = enumerate(pairwise(bounds))
    month = case(*((at < ends, number) for number, (_, ends) in spans), else_=-1)
    within = [col(AuditEvent.brand_id) == actor.brand, at >= bounds[0], at < bounds[-1]]
    counts: _Counts = {}
    for number, action, object_type, how_often in _rows(month, within):
        counts.setdefault(number, Counter())[_meaning(action, object_type)] += how_often
    return counts


def _rows(
    month: ColumnElement[int], within: list[ColumnElement[bool]]
) -> Iterable[tuple[int, str, str, int]]:
    """Yield (month, action, object type, how often) of what customers did."""
    what = (month, col(AuditEvent.action), col(AuditEvent.object_type))
    counted = select(*what, func.count()).where(*within).group_by(*what)
    done = col(AuditEvent.action).in_(_BY_THEMSELVES)
    # Somebody who signs in is nobody yet: whose sign-in it is says the object.
    came = col(AuditEvent.action).in_([Action.SESSION_STARTED, Action.USER_REGISTERED])
    theirs = select(PortalUser.id).where(PortalUser.kind == UserKind.CONSUMER)
    # Nor is a change made by whoever asked for it: one that was never made saved nobody a call.
    made = col(AuditEvent.action) == Action.CHANGE_APPLIED
    wanted = select(ChangeRequest.id).where(ChangeRequest.origin == ChangeOrigin.CONSUMER)
    of = col(AuditEvent.object_id)
    with reading() as session:
        yield from session.exec(
            counted.where(done, AuditEvent.actor_kind == ActorKind.CONSUMER)
        ).all()
        by_object = or_(and_(came, of.in_(theirs)), and_(made, of.in_(wanted)))
        yield from session.exec(counted.where(by_object)).all()


def _meaning(action: str, object_type: str) -> str:
    return {
        Action.RENTAL_REQUESTED.value: "off_rents",
        Action.SESSION_STARTED.value: "sign_ins",
        Action.USER_REGISTERED.value: "registrations",
        Action.CHANGE_APPLIED.value: "changes",
    }.get(action, "statements" if object_type == _STATEMENT else "documents")


def _month(first: date, counts: Counter[str]) -> SelfServiceMonth:
    return SelfServiceMonth(first, **counts)
