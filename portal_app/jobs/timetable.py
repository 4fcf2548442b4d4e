"""When a periodic job comes due.

A time is a *wall time* in the timetable's zone: when clocks go back, 01:30 comes due once, and when
they go forward over 02:30 it comes due at 03:00. What comes due more often than daily takes UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from croniter import croniter

# A worker that was away for longer than this many times starts from the newest of them.
_MOST_CAUGHT_UP = 400


@dataclass(frozen=True, slots=True)
class Timetable:
    """A cron line in a zone; `brand_id` names whose it is when each brand has its own."""

    cron: str
    zone: str = "UTC"
    brand_id: str = ""

    def __post_init__(self) -> None:
        """Refuse a line that is none."""
        if not croniter.is_valid(self.cron):
            message = f"{self.cron!r} is not a cron line"
            raise ValueError(message)

    def __str__(self) -> str:
        return f"{self.cron} {self.zone}"

    def latest(self, now: datetime) -> str:
        """Return the newest time that has come, as ISO wall time."""
        wall = now.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        just_after = wall + timedelta(microseconds=1)
        return croniter(self.cron, just_after).get_prev(datetime).isoformat()

    def since(self, last: str, newest: str) -> list[str]:
        """Return every time after `last` up to and with `newest`, oldest first."""
        return list(islice(self._after(last, newest), _MOST_CAUGHT_UP))

    def _after(self, last: str, newest: str) -> Iterator[str]:
        times = croniter(self.cron, datetime.fromisoformat(last))
        while (time := times.get_next(datetime).isoformat()) <= newest:
            yield time
