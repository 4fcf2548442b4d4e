"""What staff do with jobs, and what the portal forgets by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, tuple_
from sqlmodel import col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.models import (
    Action,
    ChangeSignal,
    IdempotencyKey,
    Job,
    JobSchedule,
    OtpChallenge,
    PasswordReset,
    PortalSession,
)
from portal_app.services.jobs import policy, rules
from portal_app.services.jobs.rules import JobStatus
from portal_app.services.transaction import transaction

# So many rows go in one transaction that nobody else waits for long.
_BATCH = 1000


def retry(actor: Actor, *, job_id: str, key: str) -> None:
    """Have a job that was given up or cancelled run again, now and from the start."""
    with transaction(actor) as tx:
        policy.require_jobs(actor)
        if tx.earlier_answer(key, "jobs.retry", job_id) is not None:
            return
        found = tx.session.get(Job, text.key(job_id), with_for_update=True)
        job = policy.require_retriable(actor, found)
        tx.record(Action.JOB_RETRIED, "job", job.id, name=job.name, attempts=job.attempts)
        job.status, job.attempts, job.run_at = JobStatus.QUEUED.value, 0, clock.now()
        job.finished_at = None
        tx.session.add(job)
        tx.touch("jobs")


def cancel(actor: Actor, *, job_id: str, key: str) -> None:
    """Take a job that waits, or was given up, off the list of what is to be done."""
    with transaction(actor) as tx:
        policy.require_jobs(actor)
        if tx.earlier_answer(key, "jobs.cancel", job_id) is not None:
            return
        found = tx.session.get(Job, text.key(job_id), with_for_update=True)
        job = policy.require_cancellable(actor, found)
        tx.record(Action.JOB_CANCELLED, "job", job.id, name=job.name, attempts=job.attempts)
        job.status, job.finished_at = JobStatus.CANCELLED.value, clock.now()
        tx.session.add(job)
        tx.touch("jobs")


def set_paused(actor: Actor, *, schedule: str, is_paused: object) -> None:
    """Pause or resume a periodic job. What comes due meanwhile is not made up for.

    Says how it should be, so that a click which is repeated changes nothing.
    """
    with transaction(actor) as tx:
        found = tx.session.get(JobSchedule, text.key(schedule), with_for_update=True)
        row = policy.require_schedule(actor, found)
        if row.is_paused is (is_paused is True):
            return
        row.is_paused = is_paused is True
        action = Action.JOB_PAUSED if row.is_paused else Action.JOB_RESUMED
        tx.record(action, "job_schedule", row.name)
        tx.session.add(row)
        tx.touch("jobs")


def forget_old(actor: Actor) -> dict[str, int]:
    """Delete what nobody needs any more, in small steps, and return how much of what.

    Dead jobs stay until somebody has decided on them; sessions, codes and links go a month after
    their end, clicks after a week, signals after a day.
    """
    policy.require_the_portal(actor)
    return {
        model.__tablename__: _forget(actor, model, old) for model, old in _what_is_old(clock.now())
    }


def _what_is_old(now: datetime) -> Iterable[tuple[Any, ColumnElement[bool]]]:
    month_ago = now - rules.KEEP_EXPIRED
    ended = or_(
        col(PortalSession.absolute_until) < month_ago,
        col(PortalSession.idle_until) < month_ago,
        col(PortalSession.revoked_at) < month_ago,
    )
    sessions = select(PortalSession.id).where(ended)
    yield IdempotencyKey, col(IdempotencyKey.created_at) < now - rules.KEEP_CLICKS
    yield ChangeSignal, col(ChangeSignal.at) < now - rules.KEEP_SIGNALS
    over = col(Job.status).in_([JobStatus.DONE.value, JobStatus.CANCELLED.value])
    yield Job, over & (col(Job.finished_at) < now - rules.KEEP_DONE)
    yield PasswordReset, col(PasswordReset.expires_at) < month_ago
    # A code belongs to its session, so codes go first.
    of_ended = col(OtpChallenge.session_id).in_(sessions)
    yield OtpChallenge, or_(col(OtpChallenge.expires_at) < month_ago, of_ended)
    yield PortalSession, ended


def _forget(actor: Actor, model: Any, old: ColumnElement[bool]) -> int:
    columns: list[Any] = list(model.__table__.primary_key.columns)
    key: Any = columns[0] if len(columns) == 1 else tuple_(*columns)
    ask: Any = select
    some: Any = ask(*columns).where(old).limit(_BATCH)
    forgotten = 0
    while True:
        with transaction(actor) as tx:
            found: list[Any] = [*tx.session.exec(some)]
            if found:
                these = [row if len(columns) == 1 else tuple(row) for row in found]
                gone: Any = delete(model).where(key.in_(these))
                tx.session.exec(gone.execution_options(synchronize_session=False))
        forgotten += len(found)
        if len(found) < _BATCH:
            return forgotten
