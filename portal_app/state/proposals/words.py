"""The fields and documents of a proposal, as people read them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal_app.core.money import Money
from portal_app.services import proposals, uploads
from portal_app.services.proposals import AskedState, Line
from portal_app.state.applications.words import rate_words
from portal_app.state.files import FileRow
from portal_app.state.formats import day, money, phone, plural

# Where a customer supplies what is missing (S4-13); what stands nowhere here they write to us.
_SUPPLIED = {
    "customer.name": "/profile/name",
    "customer.address": "/profile/address",
    "customer.email": "/profile/email",
    "customer.mobile": "/profile/phone",
}
_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "customer.mobile": phone,
    "customer.phone": phone,
    "vehicle.mileage": lambda value: f"{value:,}",
    "finance.rate": rate_words,
    "finance.term": lambda value: plural(value, "month"),
}
_ASKED = {
    AskedState.REQUESTED: ("Please send", "warn"),
    AskedState.RECEIVED: ("Received", "info"),
    AskedState.ACCEPTED: ("Accepted", "good"),
    AskedState.REJECTED: ("Send another", "bad"),
}
_FOR_STAFF = {
    AskedState.REQUESTED: ("Asked for", "neutral"),
    AskedState.RECEIVED: ("To look at", "warn"),
    AskedState.ACCEPTED: ("Accepted", "good"),
    AskedState.REJECTED: ("Turned down", "bad"),
}
_NEXT = {
    AskedState.REQUESTED: "We need this to go on.",
    AskedState.RECEIVED: "We look at it and tell you if we need another one.",
    AskedState.ACCEPTED: "There is nothing more to do.",
}


@dataclass(frozen=True)
class FieldRow:
    """One field; without a value it says where to supply one."""

    label: str
    lines: list[str] = field(default_factory=list)
    href: str = ""
    is_missing: bool = False

    @classmethod
    def of(cls, line: Line, *, is_own: bool = False) -> "FieldRow":
        """Format one field."""
        supplied = _SUPPLIED.get(line.key, "") if is_own else ""
        is_missing = line.value is None
        return cls(line.label, shown(line), supplied if is_missing else "", is_missing)


def shown(line: Line) -> list[str]:
    """Return the value of a field as lines; none where nobody has said."""
    value = line.value
    if value is None:
        return []
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Money):
        return [money(value)]
    if isinstance(value, date):
        return [day(value)]
    return [_SHOWN.get(line.key, str)(value)]


@dataclass(frozen=True)
class AskedRow:
    """A document that was asked for, with what happens next."""

    id: str
    label: str
    status: str
    tone: str
    next: str
    is_here: bool = False
    is_open: bool = False

    @classmethod
    def of(cls, one: proposals.Asked, *, for_staff: bool = False) -> "AskedRow":
        """Format one."""
        status, tone = (_FOR_STAFF if for_staff else _ASKED)[one.state]
        is_open = one.state is AskedState.REQUESTED
        if for_staff and is_open and one.reason:
            status, tone = "Asked for again", "warn"
        return cls(
            id=one.id,
            label=one.label,
            status=status,
            tone=tone,
            next=one.reason or ("" if for_staff else _NEXT.get(one.state, "")),
            is_here=one.state is AskedState.RECEIVED,
            is_open=is_open,
        )


def asked_again(before: Sequence[AskedRow], now: Sequence[AskedRow]) -> list[AskedRow]:
    """Return what was here and is asked for again, because its file was refused."""
    here = {one.id for one in before if not one.is_open}
    return [one for one in now if one.is_open and one.next and one.id in here]


@dataclass(frozen=True)
class PaperRow:
    """A document as staff see it: with its tick, which stays as it is until it is kept."""

    file: FileRow
    label: str
    is_visible: bool
    is_ready: bool

    @classmethod
    def of(cls, file: uploads.Attachment, zone: str) -> "PaperRow":
        """Format a document for staff."""
        row = FileRow.of(file, zone, for_staff=True)
        return cls(row, file.label, file.is_visible, file.is_ready)
