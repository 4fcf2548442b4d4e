"""Readings of background jobs."""

from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import Brand, Job, JobSchedule, PortalSettings
from portal_app.services.jobs import policy, rules
from portal_app.services.jobs.rules import JobStatus
from portal_app.services.jobs.views import JobBoard, JobLine, NightlyTime, Schedule
from portal_app.services.transaction import reading

PAGE = 25


def board(actor: Actor, *, status: str = "", after: str = "") -> JobBoard:
    """Return how the background work stands, with jobs of a status, newest first.

    `status` is a value of JobStatus, "overdue" or empty for all; `after` is the `after` of the page
    before.
    """
    policy.require_jobs(actor)
    with reading() as session:
        rows = _rows(session, actor, text.key(status), text.key(after))
        counts = _counts(session, actor)
        overdue, oldest = _waiting(session, actor)
        schedules = session.exec(
            select(JobSchedule)
            .where(policy.schedules_visible_to(actor))
            .order_by(col(JobSchedule.name))
        ).all()
    return JobBoard(
        counts=counts,
        overdue=overdue,
        oldest_due_at=oldest,
        needs_attention=overdue > 0 or counts[JobStatus.DEAD] > 0,
        rows=tuple(map(_line, rows[:PAGE])),
        schedules=tuple(map(_schedule, schedules)),
        after=rows[PAGE - 1].id if len(rows) > PAGE else "",
    )


def nightly_times(actor: Actor) -> tuple[NightlyTime, ...]:
    """Return when each brand's nightly publication runs, as its settings say now (S3-10)."""
    policy.require_jobs(actor)
    with reading() as session:
        rows = session.exec(
            select(Brand, PortalSettings.publish_at)
            .outerjoin(PortalSettings, col(PortalSettings.brand_id) == col(Brand.id))
            .order_by(col(Brand.id))
        ).all()
    return tuple(
        NightlyTime(brand.id, brand.key, brand.is_default, at or settings().publish_at)
        for brand, at in rows
        if policy.is_within(actor, brand.id)
    )


def _rows(session: Session, actor: Actor, status: str, after: str) -> list[Job]:
    # The ids are made in the order of time, so they are the order of the list too.
    wanted = select(Job).where(policy.visible_to(actor)).order_by(col(Job.id).desc())
    if status in set(JobStatus):
        wanted = wanted.where(col(Job.status) == status)
    if status == "overdue":
        wanted = wanted.where(*_due_before(clock.now() - rules.OVERDUE_AFTER))
    if after:
        wanted = wanted.where(col(Job.id) < after)
    return list(session.exec(wanted.limit(PAGE + 1)).all())


def _counts(session: Session, actor: Actor) -> dict[JobStatus, int]:
    grouped = select(Job.status, func.count()).where(policy.visible_to(actor))
    found = dict(session.exec(grouped.group_by(col(Job.status))).all())
    return {status: found.get(status, 0) for status in JobStatus}


def _waiting(session: Session, actor: Actor) -> tuple[int, datetime | None]:
    """Return how many jobs are overdue, and when the one that waits the longest was due."""
    now = clock.now()
    due = select(Job.run_at).where(policy.visible_to(actor), *_due_before(now))
    overdue = select(func.count()).where(
        policy.visible_to(actor), *_due_before(now - rules.OVERDUE_AFTER)
    )
    oldest = session.exec(due.order_by(col(Job.run_at)).limit(1)).first()
    return session.exec(overdue).one(), oldest


def _due_before(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Job.status) == JobStatus.QUEUED.value, col(Job.run_at) < moment


def _line(job: Job) -> JobLine:
    now = clock.now()
    return JobLine(
        id=job.id,
        name=job.name,
        status=JobStatus(job.status),
        key=job.unique_key or "",
        attempts=job.attempts,
        run_at=job.run_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        fault=rules.last_line(job.error),
        is_overdue=rules.is_overdue(job.status, job.run_at, now),
        is_slow=rules.is_slow(job.status, job.started_at, now),
        may_retry=job.status in rules.RETRIABLE,
        may_cancel=job.status in rules.CANCELLABLE,
    )


def _schedule(row: JobSchedule) -> Schedule:
    cron, _, zone = row.timetable.rpartition(" ")
    return Schedule(
        name=row.name,
        job=row.name.partition(":")[0],
        cron=cron,
        zone=zone,
        last_slot=datetime.fromisoformat(row.last_slot),
        is_paused=row.is_paused,
    )
