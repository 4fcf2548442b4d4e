"""Values of requests as people read them, shared by the pages of customers and of the store."""

from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from portal_app.services import rentals
from portal_app.state.formats import moment, phone, short_moment
from portal_app.state.moments import Moment


def path_to(section: str, number: str) -> str:
    """Return the address of a thing by its number, whatever signs the number holds."""
    return f"/{section}/{quote(number, safe='')}"


def local_day(value: datetime | None, zone: str) -> date | None:
    """Return the calendar day of a moment in a zone."""
    return value.astimezone(ZoneInfo(zone)).date() if value else None


def local_input(value: datetime, zone: str) -> str:
    """Return a moment as a date-and-time control holds it."""
    return f"{value.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def history(detail: rentals.RequestDetail, *, for_staff: bool) -> list[Moment]:
    """Return what happened to a request, oldest first; the last is where it stands now."""
    last = len(detail.steps) - 1
    store = detail.store.name or "your store"
    return [
        Moment(
            title=step.title,
            when=short_moment(step.at, detail.row.zone),
            iso=step.at.isoformat(),
            text=_by(step, store, for_staff=for_staff),
            tone="now" if place == last and not detail.row.is_over else "good",
            icon="",
        )
        for place, step in enumerate(detail.steps)
    ]


def _by(step: rentals.Step, store: str, *, for_staff: bool) -> str:
    """Name who did it: customers read the store's name, not that of its staff."""
    who = store if step.by_staff and not for_staff else step.by_name
    return f"{who}: {step.note}" if step.note else who


def facts(detail: rentals.RequestDetail) -> list[tuple[str, str]]:
    """Return what was asked for and arranged, in the order people ask about it."""
    row = detail.row
    found = [
        ("Item", row.item),
        ("Quantity", f"{row.quantity:,}"),
        ("Contract", row.contract_number),
        ("Asked for", moment(row.requested_for, row.zone)),
        ("Rent stops", moment(detail.confirmed_off_rent_at, row.zone)),
        ("Arranged for", moment(row.scheduled_for, row.zone)),
        ("How", row.method_words),
        ("Where the items are", detail.place),
        ("Contact", f"{detail.contact_name}, {phone(detail.contact_phone)}"),
        ("Notes", detail.notes),
        ("Reason", detail.reason),
    ]
    given = {
        "Rent stops": detail.confirmed_off_rent_at is not None,
        "Arranged for": row.scheduled_for is not None,
        "Notes": bool(detail.notes),
        "Reason": bool(detail.reason),
    }
    return [(name, value) for name, value in found if given.get(name, True)]
