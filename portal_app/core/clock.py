"""The only place that asks what time it is, so that tests and the demo can set it."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


def _offset_from_file(path: str) -> Source:
    """Read whole seconds from a file at every call: browser tests move a running server's clock."""

    def source() -> datetime:
        try:
            seconds = float(Path(path).read_text(encoding="ascii") or "0")
        except (OSError, ValueError):
            seconds = 0.0
        return _system() + timedelta(seconds=seconds)

    return source


CLOCK_FILE = os.environ.get("PORTAL_CLOCK_FILE", "")
_source: Source = _offset_from_file(CLOCK_FILE) if CLOCK_FILE else _system


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _source()


def today(zone: str = "UTC") -> date:
    """Return the calendar day that it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def reading(source: Source) -> Generator[None]:
    """Take the time from `source` inside the block (tests, and the demo telling of days ago)."""
    global _source  # noqa: PLW0603 - the one clock is process-wide by purpose
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
