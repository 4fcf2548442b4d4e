"""Applications as people read them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from portal_app.core import clock
from portal_app.services.applications import Need
from portal_app.state.formats import plural, short_moment

PATH = "/applications"
DESK = "/staff/applications"
LIVE = ("issued", "opened")
MISSING = {
    Need.CURRENT: "Is no party to this application any more",
    Need.ROLE: "Only applicants and guarantors can be invited",
    Need.NAME: "Their name is missing",
    Need.EMAIL: "Their email address is missing",
    Need.MOBILE: "A mobile number that takes text messages is missing",
}
LINKS = {
    "": ("No link yet", "neutral"),
    "issued": ("Link sent", "info"),
    "opened": ("Link opened", "info"),
    "expired": ("Link has run out", "warn"),
    "revoked": ("Link taken back", "neutral"),
    "superseded": ("Link replaced", "neutral"),
}


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    name: str
    value: str


def address(base: str, number: str) -> str:
    """Return the address of an application."""
    return f"{base}/{quote(number, safe='')}"


def rate_words(milli: int | None) -> str:
    """Return a yearly rate such as `6.125%`, "" where none is known."""
    if milli is None:
        return ""
    whole, rest = divmod(milli, 1000)
    decimals = f"{rest:03d}".rstrip("0")
    return f"{whole}.{decimals}%" if decimals else f"{whole}%"


def by_words(name: str, at: datetime | None, zone: str, *, is_own: bool = False) -> str:
    """Say who changed something and when, such as `Changed by Ann 10:02`."""
    if at is None:
        return ""
    when = short_moment(at, zone)
    is_today = when.partition(",")[0] == short_moment(clock.now(), zone).partition(",")[0]
    shown = when.partition(", ")[2] if is_today else when
    return f"Changed by {'you' if is_own else name} {shown}"


def questions_left(done: int, asked: int) -> str:
    """Say how many of the questions that must be answered are still open."""
    if not asked:
        return "Nothing has to be answered"
    return f"{plural(asked - done, 'question')} left" if done < asked else "All answered"
