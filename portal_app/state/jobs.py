"""State behind the staff page of background work."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.settings import settings
from portal_app.services import jobs
from portal_app.services.jobs import JobBoard, JobLine, Schedule
from portal_app.state.access import manager
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import day, plural, short_moment
from portal_app.state.listing import ListMixin, Page

_VIEWS = ("overdue", "dead", "running", "queued", "done", "cancelled")
_LOOKS = {
    "queued": ("Waiting", "neutral"),
    "running": ("Running", "info"),
    "done": ("Done", "good"),
    "dead": ("Given up", "bad"),
    "cancelled": ("Cancelled", "neutral"),
}


@dataclass(frozen=True)
class JobRow:
    """One job in the list; `key` makes a repeated click the same click."""

    id: str
    name: str
    status: str
    tone: str
    when: str
    tries: str
    fault: str
    key: str
    may_retry: bool
    may_cancel: bool

    @classmethod
    def of(cls, job: JobLine) -> "JobRow":
        """Format a job for the list."""
        status, tone = _LOOKS[job.status.value]
        if job.is_overdue:
            status, tone = "Overdue", "warn"
        if job.is_slow:
            status, tone = "Running for long", "warn"
        zone = settings().timezone
        return cls(
            id=job.id,
            name=_words(job.name),
            status=status,
            tone=tone,
            when=short_moment(job.finished_at or job.started_at or job.run_at, zone),
            tries=plural(job.attempts, "try", "tries"),
            fault=job.fault,
            key=load_key(),
            may_retry=job.may_retry,
            may_cancel=job.may_cancel,
        )


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule."""

    name: str
    label: str
    times: str
    last: str
    is_paused: bool

    @classmethod
    def of(cls, row: Schedule) -> "ScheduleRow":
        """Format a schedule for the list."""
        return cls(
            name=row.name,
            label=_words(row.job),
            times=f"{_times(row.cron)}, {row.zone}",
            last=f"{day(row.last_slot.date())} at {row.last_slot:%H:%M}",
            is_paused=row.is_paused,
        )


@dataclass(frozen=True)
class BoardView:
    """How the work stands, in figures."""

    verdict: str = ""
    tone: str = ""
    queued: str = ""
    overdue: str = ""
    running: str = ""
    dead: str = ""

    @classmethod
    def of(cls, board: JobBoard) -> "BoardView":
        """Say whether anybody has to look."""
        counts = {status.value: f"{count:,}" for status, count in board.counts.items()}
        verdict, tone = "Everything runs as it should.", "good"
        if board.needs_attention:
            verdict, tone = "Some work needs a decision.", "warn"
        if board.oldest_due_at and board.overdue:
            since = short_moment(board.oldest_due_at, settings().timezone)
            verdict = f"Work has been waiting since {since}. Is a worker running?"
        return cls(
            verdict=verdict,
            tone=tone,
            queued=counts["queued"],
            overdue=f"{board.overdue:,}",
            running=counts["running"],
            dead=counts["dead"],
        )


class JobsState(FormMixin, ListMixin, PortalState):
    """What waits, runs and failed in the background, and what comes due."""

    board: BoardView = BoardView()
    rows: list[JobRow] = []
    schedules: list[ScheduleRow] = []
    show: str = ""
    _noun = ("job",)
    _rest = ""

    @rx.event
    @manager
    async def load(self):
        """Fill the page."""
        self._empty()
        self.board, self.schedules, self.problem = BoardView(), [], ""
        await self._refresh()

    @rx.event
    @manager
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    @rx.event
    @manager
    async def pick(self, status: str):
        """Show the jobs of one status."""
        self.show, self._pages = status if status in _VIEWS else "", 1
        await self._refresh()

    @rx.event
    @manager
    async def more(self):
        """Show older jobs as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @manager
    async def retry(self, job_id: str, key: str):
        """Have a job run again."""
        await self._decide(jobs.retry, "It runs again within seconds.", job_id=job_id, key=key)

    @rx.event
    @manager
    async def cancel(self, job_id: str, key: str):
        """Take a job off the list."""
        await self._decide(jobs.cancel, "Cancelled. It will not run.", job_id=job_id, key=key)

    @rx.event
    @manager
    async def pause(self, schedule: str):
        """Let a schedule come due no more."""
        await self._decide(jobs.set_paused, "Paused.", schedule=schedule, is_paused=True)

    @rx.event
    @manager
    async def resume(self, schedule: str):
        """Let a schedule come due again."""
        told = "Resumed: it runs at its next time."
        await self._decide(jobs.set_paused, told, schedule=schedule, is_paused=False)

    async def _decide(self, command: Any, told: str, **given: Any) -> None:
        with self._reporting():
            await self._ask(command, **given)
            self._say(told)
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(JobsState.refresh, "jobs")

    async def _page(self, after: str) -> Page:
        board = await self._ask(jobs.board, status=self.show, after=after)
        self.board = BoardView.of(board)
        self.schedules = [ScheduleRow.of(row) for row in board.schedules]
        return Page([JobRow.of(job) for job in board.rows], board.after)


def _words(name: str) -> str:
    """Return a job's name as words: `send_message` is "Send message"."""
    return name.replace("_", " ").capitalize()


def _times(cron: str) -> str:
    """Return a line of cron that comes each day, hour or few minutes in words, others as they are.

    `10,40 * * * *` is "Every hour, 10 and 40 minutes past".
    """
    minute, hour, *rest = cron.split(" ")
    if rest != ["*", "*", "*"]:
        return cron
    past = minute.split(",")
    if hour == "*" and minute.startswith("*/"):
        return f"Every {minute[2:]} minutes"
    if hour == "*" and all(one.isdigit() for one in past):
        return f"Every hour, {' and '.join(past)} minutes past"
    is_daily = hour.isdigit() and minute.isdigit()
    return f"Every day at {int(hour):02d}:{int(minute):02d}" if is_daily else cron
