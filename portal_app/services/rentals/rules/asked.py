"""Reading what a customer asks for, and the times that staff set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers

from portal_app.core.entries import Entries
from portal_app.models import ReturnMethod

NOTES_LIMIT = 1_000
NOTE_LIMIT = 300
_PLACE_LIMIT = 300
_NAME_LIMIT = 120
_PHONE_LIMIT = 40
_FURTHEST = timedelta(days=366)
# A form takes some minutes to fill in: a time that passed meanwhile means now.
_GRACE = timedelta(minutes=15)
NOW = "now"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for off rent whose every part has been checked."""

    quantity: int
    requested_for: datetime
    method: ReturnMethod
    place: str
    contact_name: str
    contact_phone: str
    notes: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an entry is measured against: the moment, the store's zone, what can be called off."""

    now: datetime
    zone: str
    country: str = "US"
    available: int = 0
    site: str = ""


def read_asked(entered: Mapping[str, object], around: Circumstances) -> Asked:
    """Return what is asked for; raises Invalid naming every field that cannot be accepted."""
    entries = Entries()
    quantity = read_quantity(
        entries, entered.get("quantity", ""), lowest=1, highest=around.available
    )
    when = _when(entries, entered.get("requested_for", ""), around)
    method = entries.choice(
        "method", entered.get("method", ""), ReturnMethod, problem="Choose how the items come back."
    )
    place = entries.line("place", entered.get("place", ""), limit=_PLACE_LIMIT) or around.site
    if method is ReturnMethod.PICKUP and not place:
        entries.refuse("place", "Enter where we pick the items up.")
    name = entries.line(
        "contact_name",
        entered.get("contact_name", ""),
        limit=_NAME_LIMIT,
        missing="Enter the name of somebody we can ask for.",
    )
    phone = _phone(entries, entered.get("contact_phone", ""), around.country)
    notes = entries.text("notes", entered.get("notes", ""), limit=NOTES_LIMIT)
    entries.done()
    assert when is not None
    assert method is not None
    return Asked(quantity, when, method, place, name, phone, notes)


def read_quantity(entries: Entries, value: object, *, lowest: int, highest: int) -> int:
    """Return a quantity within bounds."""
    problem = f"Enter a whole number from {lowest} to {highest}."
    if lowest == highest:
        problem = f"Enter {highest}: that is all there is."
    quantity = entries.whole("quantity", value, problem=problem)
    if not lowest <= quantity <= highest:
        entries.refuse("quantity", problem)
    return quantity


def read_future(field: str, value: object, around: Circumstances) -> datetime:
    """Return a moment from now on, typed as wall time in the store's zone."""
    entries = Entries()
    moment = _future(entries, field, value, around)
    entries.done()
    assert moment is not None
    return moment


def read_off_rent(value: object, around: Circumstances, *, earliest: datetime) -> datetime:
    """Return when rent stops, from `earliest` on: staff may set it back to what was agreed."""
    entries, field = Entries(), "off_rent_at"
    problem = "Enter the date and time at which rent stops."
    local = entries.local_moment(field, value, problem=problem)
    # What is typed has no seconds: items may come back in the minute in which they went out.
    first = _wall(earliest, around).replace(second=0, microsecond=0)
    if local and not first <= local <= _wall(around.now, around) + _FURTHEST:
        entries.refuse(field, "Choose a time after the items went out, within a year from now.")
    entries.done()
    assert local is not None
    return _utc(local, around)


def read_words(field: str, value: object, *, missing: str = "") -> str:
    """Return a short note; `missing` is said when there has to be one."""
    entries = Entries()
    text = entries.text(field, value, limit=NOTE_LIMIT, missing=missing)
    entries.done()
    return text


def _when(entries: Entries, value: object, around: Circumstances) -> datetime | None:
    if value == NOW:
        return around.now
    return _future(entries, "requested_for", value, around)


def _future(entries: Entries, field: str, value: object, around: Circumstances) -> datetime | None:
    local = entries.local_moment(field, value, problem="Enter a date and a time.")
    if local is None:
        return None
    present = _wall(around.now, around)
    if local < present - _GRACE:
        entries.refuse(field, "That time has passed. Choose now or a later time.")
        return None
    if local > present + _FURTHEST:
        entries.refuse(field, "Choose a time within a year from now.")
        return None
    return max(_utc(local, around), around.now)


def _wall(moment: datetime, around: Circumstances) -> datetime:
    return moment.astimezone(ZoneInfo(around.zone)).replace(tzinfo=None)


def _utc(local: datetime, around: Circumstances) -> datetime:
    return local.replace(tzinfo=ZoneInfo(around.zone)).astimezone(UTC)


def _phone(entries: Entries, value: object, country: str) -> str:
    missing = "Enter a phone number."
    text = entries.line(
        "contact_phone", value, limit=_PHONE_LIMIT, missing=missing, has_numbers=True
    )
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not _is_whole(number):
        entries.refuse("contact_phone", "Enter a phone number with its area code.")
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _is_whole(number: phonenumbers.PhoneNumber) -> bool:
    reason = phonenumbers.is_possible_number_with_reason(number)
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE
