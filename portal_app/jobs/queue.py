"""Taking jobs from the table and giving them back: every statement that the engine needs.

A worker owns a job while it holds its lease. Whoever settles a job proves that the lease is still
theirs in the same statement, so a job that was taken over is never settled twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock
from portal_app.models import Job, database

UNKNOWN = "No worker knows a job of this name."
_UNKNOWN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this worker may run for now."""

    id: str
    name: str
    args: dict[str, Any]
    attempts: int
    lease: str


def claim(names: Collection[str], *, lease_seconds: float) -> Claimed | None:
    """Take the job that is due the longest, queued or left behind by a worker that died."""
    with database.reading_session() as session:
        # An idle worker looks without taking the write lock.
        if session.exec(_due(names)).first() is None:
            return None
    with database.writing_session() as session, session.begin():
        job = session.exec(_due(names).with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        now = clock.now()
        job.status, job.started_at = "running", now
        job.lease, job.lease_until = str(uuid4()), now + timedelta(seconds=lease_seconds)
        job.attempts += 1
        session.add(job)
        return Claimed(job.id, job.name, job.args, job.attempts, job.lease)


def settle(session: Session, claimed: Claimed, **values: Any) -> bool:
    """Write down how a job went; False, and nothing written, if somebody has taken it over."""
    done = session.exec(
        update(Job)
        .where(
            col(Job.id) == claimed.id,
            col(Job.lease) == claimed.lease,
            col(Job.status) == "running",
        )
        .values(lease=None, lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount == 1


def prolong(leases: Collection[str], *, lease_seconds: float) -> None:
    """Keep the leases of jobs that are still running."""
    until = clock.now() + timedelta(seconds=lease_seconds)
    with database.writing_session() as session, session.begin():
        session.exec(
            update(Job)
            .where(col(Job.lease).in_(leases))
            .values(lease_until=until)
            .execution_options(synchronize_session=False)
        )


def mark_unknown(names: Collection[str]) -> None:
    """Say so on jobs that wait because no worker knows their name (a renamed or removed one)."""
    unknown = (
        col(Job.status) == "queued",
        col(Job.run_at) < clock.now() - _UNKNOWN_AFTER,
        col(Job.name).not_in(names),
        col(Job.error).is_(None),
    )
    with database.reading_session() as session:
        if session.exec(select(Job.id).where(*unknown).limit(1)).first() is None:
            return
    with database.writing_session() as session, session.begin():
        session.exec(
            update(Job)
            .where(*unknown)
            .values(error=UNKNOWN)
            .execution_options(synchronize_session=False)
        )


def _due(names: Collection[str]) -> SelectOfScalar[Job]:
    now = clock.now()
    waiting = and_(col(Job.status) == "queued", col(Job.run_at) <= now)
    left_behind = and_(col(Job.status) == "running", col(Job.lease_until) < now)
    due = select(Job).where(or_(waiting, left_behind), col(Job.name).in_(names))
    return due.order_by(col(Job.run_at), col(Job.id)).limit(1)
