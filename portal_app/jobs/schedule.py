"""Turning timetables into jobs, once for each time over all workers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, update

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.jobs.registry import Spec
from portal_app.jobs.timetable import Timetable
from portal_app.models import JobSchedule, database
from portal_app.services.transaction import Transaction, transaction


@dataclass(frozen=True, slots=True)
class _Entry:
    """One timetable of one job, and the newest time of it that has come."""

    spec: Spec
    timetable: Timetable
    slot: str

    @property
    def name(self) -> str:
        brand = self.timetable.brand_id
        return f"{self.spec.name}:{brand}" if brand else self.spec.name


def enqueue_what_is_due(specs: Iterable[Spec]) -> None:
    """Leave a job for every time that has come since the last look.

    The schedule's row moves on and the job appears in one transaction, under a condition that only
    one worker can meet.
    """
    entries = _entries(specs)
    with database.reading_session() as session:
        rows = {row.name: row for row in session.exec(select(JobSchedule)).all()}
    for entry in entries:
        row = rows.get(entry.name)
        if row is None or row.last_slot < entry.slot or row.timetable != str(entry.timetable):
            _move_on(entry, row)


def _entries(specs: Iterable[Spec]) -> list[_Entry]:
    now = clock.now()
    return [
        _Entry(spec, timetable, timetable.latest(now))
        for spec in specs
        if spec.timetables
        for timetable in spec.timetables()
    ]


def _move_on(entry: _Entry, row: JobSchedule | None) -> None:
    actor = Actor.system("schedule", brand=entry.timetable.brand_id)
    with transaction(actor) as tx:
        if row is None:
            _start(tx, entry)
        elif _take(tx.session, entry, row) and not row.is_paused:
            for slot in _missed(entry, row):
                _leave(tx, entry, slot)


def _start(tx: Transaction, entry: _Entry) -> None:
    """Count a schedule that is seen for the first time from now: nothing is caught up."""
    values = {
        "name": entry.name,
        "brand_id": entry.timetable.brand_id,
        "timetable": str(entry.timetable),
        "last_slot": entry.slot,
        "is_paused": False,
    }
    tx.insert_once(JobSchedule, values, "name")


def _take(session: Session, entry: _Entry, row: JobSchedule) -> bool:
    moved = session.exec(
        update(JobSchedule)
        .where(
            col(JobSchedule.name) == row.name,
            col(JobSchedule.last_slot) == row.last_slot,
            col(JobSchedule.timetable) == row.timetable,
            col(JobSchedule.is_paused) == row.is_paused,
        )
        .values(last_slot=entry.slot, timetable=str(entry.timetable))
        .execution_options(synchronize_session=False)
    )
    return moved.rowcount == 1


def _missed(entry: _Entry, row: JobSchedule) -> list[str]:
    """Return the times to run now.

    A changed timetable counts from now on: only what the old one had missed is made up for.
    """
    timetable, newest = entry.timetable, entry.slot
    if row.timetable != str(timetable):
        cron, _, zone = row.timetable.rpartition(" ")
        timetable = Timetable(cron, zone, timetable.brand_id)
        newest = timetable.latest(clock.now())
    if row.last_slot >= newest:
        return []
    return timetable.since(row.last_slot, newest) if entry.spec.catch_up == "each" else [newest]


def _leave(tx: Transaction, entry: _Entry, slot: str) -> None:
    brand = entry.timetable.brand_id
    whose: dict[str, Any] = {"brand_id": brand} if brand else {}
    tx.enqueue(entry.spec.name, key=f"{entry.name}@{slot}", slot=slot, **whose)
