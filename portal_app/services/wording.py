"""Values as people read them. The one place where money, dates and counts become words.

It stands here, under the state layer, because documents and letters say the same words as pages.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from portal_app.core.money import Money
from portal_app.core.settings import settings

NOT_PROVIDED = "Not provided"
_MEGABYTE = 1_000_000
# The same days and prices stand on page after page, and wording one takes a tenth of a millisecond.
_KEPT = 4096


def _locale() -> str:
    chosen = settings()
    return f"{chosen.language}_{chosen.country}"


@lru_cache(maxsize=_KEPT)
def _dated(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


@lru_cache(maxsize=_KEPT)
def _priced(amount: Money, locale: str) -> str:
    # A decimal string goes in: no float ever touches the amount.
    return format_currency(amount.decimal, amount.currency, locale=locale)


def money(value: Money) -> str:
    """Return an amount such as `$1,234.50`; a negative one carries a true minus sign."""
    shown = _priced(Money(abs(value.amount_minor), value.currency), _locale())
    return f"\N{MINUS SIGN}{shown}" if value.amount_minor < 0 else shown


def file_size(size: int) -> str:
    """Return how large a file of so many bytes is, such as `640 kB` or `2.1 MB`."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MEGABYTE:.1f} MB"


def day(value: date | None) -> str:
    """Return a date in full, such as `1 December 2026`."""
    return _dated(value, "d MMMM y", _locale()) if value else NOT_PROVIDED


def short_day(value: date | None) -> str:
    """Return a date for a list, such as `1 Dec 2026`."""
    return _dated(value, "d MMM y", _locale()) if value else ""


def month(value: date) -> str:
    """Return a month for the foot of a picture, such as `Dec`."""
    return _dated(value, "MMM", _locale())


def long_month(value: date) -> str:
    """Return a month in full, such as `December 2026`."""
    return _dated(value, "MMMM y", _locale())


def moment(value: datetime | None, zone: str) -> str:
    """Return a moment in a time zone, such as `1 December 2026 at 14:05`."""
    if value is None:
        return NOT_PROVIDED
    local = value.astimezone(ZoneInfo(zone))
    return format_datetime(local, "d MMMM y 'at' HH:mm", locale=_locale())


def short_moment(value: datetime | None, zone: str) -> str:
    """Return a moment for a list, such as `1 Dec, 14:05`."""
    if value is None:
        return ""
    return format_datetime(value.astimezone(ZoneInfo(zone)), "d MMM, HH:mm", locale=_locale())


def zone_words(zone: str) -> str:
    """Name a time zone in words, such as `New York time`."""
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def is_foreign(zone: str) -> bool:
    """Say whether a time zone is another than the portal's own."""
    return ZoneInfo(zone) is not ZoneInfo(settings().timezone)


def moment_there(value: datetime | None, zone: str) -> str:
    """Return a moment for a list of several zones: `1 Dec, 14:05` or `1 Dec, 11:05 (Denver time)`.

    The zone is named where it is not the portal's own.
    """
    said = short_moment(value, zone)
    return f"{said} ({zone_words(zone)})" if said and is_foreign(zone) else said


def phone(number: str) -> str:
    """Return a number held as `+12535550143` as people of its country write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(settings().country)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)


def country(code: str) -> str:
    """Return a country as people call it, such as `United States` for `US`."""
    return cast("dict[str, str]", Locale("en").territories).get(code, code)


def town(city: str, region: str, postal_code: str) -> str:
    """Return the line of an address that names the town, such as `Tampa, FL 33602`."""
    named = ", ".join(filter(None, (city, region)))
    return " ".join(filter(None, (named, postal_code)))


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """Return a count with its noun, such as `1 item` or `3 items`."""
    return f"{count:,} {noun if count == 1 else plural_noun or noun + 's'}"


def local_day(value: datetime | None, zone: str) -> date | None:
    """Return the calendar day of a moment in a time zone."""
    return value.astimezone(ZoneInfo(zone)).date() if value else None


def period(start: date, end: date) -> str:
    """Return days of one month, such as `1 to 31 January 2026`; one day stands alone."""
    return day(end) if start == end else f"{start.day} to {day(end)}"


def rate(value: Money | None, unit: str) -> str:
    """Return a price for a time, such as `$245.00 a week`; "" when there is none."""
    if value is None:
        return ""
    return f"{money(value)} a {unit}" if unit in {"day", "week", "month"} else money(value)
