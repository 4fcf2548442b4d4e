"""The demo's days: everything is counted back from one reference date."""

from datetime import date, datetime, time, timedelta, timezone

REFERENCE = date(2026, 11, 20)

_STANDARD_OFFSET = {"America/Los_Angeles": -8, "America/Chicago": -6, "America/New_York": -5}
_SUNDAY = 6


def days_ago(count: int) -> date:
    """Return the day so many days before the reference date; a negative count lies ahead."""
    return REFERENCE - timedelta(days=count)


def ago(day: date) -> int:
    """Return how many days before the reference date a day lies."""
    return (REFERENCE - day).days


def moment(day: date, clock: str, zone: str) -> str:
    """Return a depot's wall-clock time as RFC 3339 with its offset.

    The daylight-saving rule is written out, so that a change in a time-zone database cannot
    change the files.
    """
    hours = _STANDARD_OFFSET[zone] + (1 if _is_summer(day) else 0)
    at = datetime.combine(day, time.fromisoformat(clock), timezone(timedelta(hours=hours)))
    return at.isoformat()


def _is_summer(day: date) -> bool:
    """Between the second Sunday of March and the first Sunday of November."""
    begins = _first_sunday(day.year, 3) + timedelta(days=7)
    return begins <= day < _first_sunday(day.year, 11)


def _first_sunday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_SUNDAY - first.weekday()) % 7)
