"""How one cell of a feed is read. Every reader returns a value or says what to write instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel.numbers import list_currencies

from portal_app.core.money import Money, exponent

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
_MOMENT = re.compile(
    r"^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d{1,6})?\d*(Z|z|[+-]\d{2}:\d{2})$", re.ASCII
)
_WITHOUT_OFFSET = re.compile(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)
_WHOLE = re.compile(r"^-?\d{1,9}$", re.ASCII)
_DECIMAL = re.compile(r"^-?\d{1,12}(\.\d{1,4})?$", re.ASCII)
_EMAIL = re.compile(r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+$")
_LOCALE = re.compile(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}$", re.ASCII)
# Text may break lines and use tabs (addresses do); nothing else that does not print.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Unreadable(ValueError):
    """A cell that cannot be read; its text says what to do."""


@dataclass(slots=True)
class Surroundings:
    """What the meaning of a cell may depend on."""

    currency: str
    country: str
    today: date


Value = str | int | bool | date | datetime | None
Reader = Callable[[str, Surroundings], Value]
Normaliser = Callable[[str, str], str]


def text(longest: int) -> Reader:
    """Return a reader of text up to a number of characters."""

    def read(cell: str, _around: Surroundings) -> str:
        if len(cell) > longest:
            message = f"This is {len(cell)} characters long. Shorten it to {longest}."
            raise Unreadable(message)
        if _UNPRINTABLE.search(cell):
            raise Unreadable("This holds characters that do not print. Take them out.")
        return cell

    return read


def one_of(vocabulary: type[StrEnum]) -> Reader:
    """Return a reader of the words of a vocabulary."""
    words = {member.value: member for member in vocabulary}

    def read(cell: str, _around: Surroundings) -> StrEnum:
        if (member := words.get(cell.lower())) is None:
            raise Unreadable(f"Use one of these words: {', '.join(words)}.")
        return member

    return read


def word(*allowed: str) -> Reader:
    """Return a reader of a few fixed words."""

    def read(cell: str, _around: Surroundings) -> str:
        if cell.lower() not in allowed:
            raise Unreadable(f"Use one of these words: {', '.join(allowed)}.")
        return cell.lower()

    return read


def day(cell: str, _around: Surroundings) -> date:
    """Read a calendar day."""
    if not _DAY.match(cell):
        raise Unreadable("Write the day as YYYY-MM-DD, such as 2026-11-20.")
    try:
        found = date.fromisoformat(cell)
    except ValueError:
        raise Unreadable("There is no such day in the calendar. Correct the date.") from None
    return _in_living_memory(found)


def past_day(cell: str, around: Surroundings) -> date:
    """Read a calendar day that cannot lie ahead, such as a birthday."""
    found = day(cell, around)
    if found > around.today:
        raise Unreadable("This day has not come yet. Correct the date.")
    return found


def moment(cell: str, _around: Surroundings) -> datetime:
    """Read a moment with its offset (RFC 3339), as UTC."""
    match = _MOMENT.match(cell)
    if match is None:
        if _WITHOUT_OFFSET.match(cell):
            raise Unreadable("Add the offset from UTC, such as 2026-11-20T15:00:00-05:00 or …Z.")
        raise Unreadable("Write the moment like 2026-11-20T15:00:00Z or 2026-11-20T15:00:00-05:00.")
    offset = "+00:00" if match[4] in "Zz" else match[4]
    fraction = (match[3] or "").ljust(7, "0") if match[3] else ""
    try:
        found = datetime.fromisoformat(f"{match[1]}T{match[2]}{fraction}{offset}")
    except ValueError:
        raise Unreadable("There is no such moment. Correct the date or the time.") from None
    _in_living_memory(found.date())
    return found.astimezone(UTC)


def _in_living_memory(found: date) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable(f"The year must lie between {_FIRST_YEAR} and {_LAST_YEAR}.")
    return found


def flag(cell: str, _around: Surroundings) -> bool:
    """Read a yes or a no."""
    if (found := _FLAGS.get(cell.lower())) is None:
        raise Unreadable("Write true or false (1, 0, yes and no are understood too).")
    return found


def whole(cell: str, _around: Surroundings) -> int:
    """Read a whole number from 0 to 999,999,999."""
    if not _WHOLE.match(cell):
        raise Unreadable("Write a whole number of up to nine digits, such as 3.")
    if (found := int(cell)) < 0:
        raise Unreadable("This cannot be less than 0. Correct the number.")
    return found


def amount_of_things(cell: str, _around: Surroundings) -> str:
    """Read a number of things or hours, kept as it was written."""
    if not _DECIMAL.match(cell):
        raise Unreadable("Write a number with a dot, such as 2 or 1.5.")
    if cell.startswith("-"):
        raise Unreadable("This cannot be less than 0. Put the sign on the amount instead.")
    return cell


def money(cell: str, around: Surroundings) -> int:
    """Read an amount in minor units of the row's currency, with its sign."""
    try:
        return Money.parse(cell, around.currency).amount_minor
    except ValueError:
        example = Money(123450 if exponent(around.currency) else 1234, around.currency).decimal
        raise Unreadable(
            f"Write the amount in {around.currency} with a dot and no other marks,"
            f" such as {example}."
        ) from None


def price(cell: str, around: Surroundings) -> int:
    """Read an amount that cannot be below zero."""
    if (found := money(cell, around)) < 0:
        raise Unreadable("This cannot be less than 0. Correct the amount.")
    return found


def email(cell: str, around: Surroundings) -> str:
    """Read an email address."""
    if not _EMAIL.match(cell):
        raise Unreadable("Write one email address, such as office@example.com.")
    return text(254)(cell, around)  # type: ignore[return-value]


def vehicle_number(cell: str, around: Surroundings) -> Value:
    """Read a VIN: in capitals and without the spaces or hyphens that people write in it."""
    return text(20)("".join(cell.upper().replace("-", " ").split()), around)


def country(cell: str, _around: Surroundings) -> str:
    """Read a country code of two letters."""
    if (found := cell.upper()) not in phonenumbers.SUPPORTED_REGIONS:
        raise Unreadable("Write the country as two letters (ISO 3166-1), such as US.")
    return found


def currency(cell: str, _around: Surroundings) -> str:
    """Read a currency code of three letters."""
    if (found := cell.upper()) not in _currencies():
        raise Unreadable("Write the currency as three letters (ISO 4217), such as USD.")
    return found


def zone(cell: str, _around: Surroundings) -> str:
    """Read the name of a time zone."""
    if cell not in _zones():
        raise Unreadable("Write the time zone by its IANA name, such as America/Chicago.")
    return cell


def locale(cell: str, _around: Surroundings) -> str:
    """Read a language, with or without its country."""
    if not _LOCALE.match(cell):
        raise Unreadable("Write the language as a code, such as en or en-US.")
    return cell.replace("_", "-")


def phone(normalise: Normaliser) -> Reader:
    """Return a reader of telephone numbers as E.164; `normalise` answers "" for anything else."""

    def read(cell: str, around: Surroundings) -> str:
        return _normalised(cell, around, normalise)

    return read


def phone_as_written(normalise: Normaliser, longest: int) -> Reader:
    """Return a reader that keeps a telephone number as it was written, if it is one."""

    def read(cell: str, around: Surroundings) -> str:
        _normalised(cell, around, normalise)
        return text(longest)(cell, around)  # type: ignore[return-value]

    return read


def _normalised(cell: str, around: Surroundings, normalise: Normaliser) -> str:
    found = normalise(cell, around.country) if len(cell) <= 40 else ""  # noqa: PLR2004
    if not found:
        raise Unreadable(
            f"This is not a telephone number in {around.country}. Correct it, or begin it with"
            " + and the country's code."
        )
    return found


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
