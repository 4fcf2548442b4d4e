"""What may be done with a job in which state, and when somebody should look."""

from datetime import datetime, timedelta
from enum import StrEnum

OVERDUE_AFTER = timedelta(minutes=5)
SLOW_AFTER = timedelta(minutes=10)
KEEP_DONE = timedelta(days=30)
KEEP_CLICKS = timedelta(days=7)
KEEP_SIGNALS = timedelta(days=1)
KEEP_EXPIRED = timedelta(days=30)


class JobStatus(StrEnum):
    """How far a job has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


RETRIABLE = frozenset({JobStatus.DEAD, JobStatus.CANCELLED})
CANCELLABLE = frozenset({JobStatus.QUEUED, JobStatus.DEAD})


def is_overdue(status: str, run_at: datetime, now: datetime) -> bool:
    """Say whether a job should have been taken long ago."""
    return status == JobStatus.QUEUED and run_at < now - OVERDUE_AFTER


def is_slow(status: str, started_at: datetime | None, now: datetime) -> bool:
    """Say whether a job has been running for so long that it may hang."""
    return status == JobStatus.RUNNING and (started_at or now) < now - SLOW_AFTER


def last_line(note: str | None) -> str:
    """Return what went wrong without where: the end of an error note."""
    lines = (note or "").strip().splitlines()
    return lines[-1][:300] if lines else ""
