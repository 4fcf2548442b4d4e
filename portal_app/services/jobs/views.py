"""What a reader of background jobs gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.services.jobs.rules import JobStatus


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: what it is, how often it was tried, the end of what went wrong."""

    id: str
    name: str
    status: JobStatus
    key: str
    attempts: int
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    fault: str
    is_overdue: bool
    is_slow: bool
    may_retry: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """A periodic job: its cron line and zone, and the newest time that was run."""

    name: str
    job: str
    cron: str
    zone: str
    last_slot: datetime
    is_paused: bool


@dataclass(frozen=True, slots=True)
class JobBoard:
    """How the background work stands, and some jobs, newest first.

    `oldest_due_at` is when the job that waits the longest should have run; None if none waits.
    """

    counts: dict[JobStatus, int]
    overdue: int
    oldest_due_at: datetime | None
    needs_attention: bool
    rows: tuple[JobLine, ...]
    schedules: tuple[Schedule, ...]
    after: str


@dataclass(frozen=True, slots=True)
class NightlyTime:
    """When a brand's nightly publication runs ("02:00"), and where its feed would lie."""

    brand_id: str
    brand_key: str
    is_default: bool
    at: str
