"""Today in each account's own time zone, as a database can compare it."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import ColumnElement, case, literal
from sqlmodel import col

from portal_app.core import clock
from portal_app.models import Account


def this_quarter() -> datetime:
    """Return when the running quarter of an hour began: no zone changes its date within one."""
    now = clock.now()
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)


@lru_cache(maxsize=4)
def local_today(quarter: datetime) -> ColumnElement[date]:
    """Return today's date in the account's time zone, as the database can compare it."""
    day = quarter.date()
    ahead, behind = _zones_elsewhere(quarter)
    # One text with all the names and one LIKE: hundreds of parameters would cost more than the row.
    name = "%," + col(Account.timezone) + ",%"
    return case(
        (literal(ahead).like(name), literal(day + timedelta(days=1))),
        (literal(behind).like(name), literal(day - timedelta(days=1))),
        else_=literal(day),
    )


def _zones_elsewhere(quarter: datetime) -> tuple[str, str]:
    """Name the zones where it is already tomorrow, and those where it is still yesterday."""
    days = {name: quarter.astimezone(ZoneInfo(name)).date() for name in _zones()}

    def where(day: date) -> str:
        return f",{','.join(name for name, local in days.items() if local == day)},"

    day = quarter.date()
    return where(day + timedelta(days=1)), where(day - timedelta(days=1))


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
