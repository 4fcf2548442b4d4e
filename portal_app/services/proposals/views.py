"""What a reader of proposals gets back."""

from dataclasses import dataclass
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import AskedState
from portal_app.services.messages import Said
from portal_app.services.uploads import Attachment

Value = str | int | date | Money | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One field that the brand shows, such as `vehicle.mileage`; None where nobody has said.

    A rate is in thousandths of a percent, a term in months.
    """

    key: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that staff asked for, and how it stands."""

    id: str
    label: str
    is_required: bool
    state: AskedState
    reason: str
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An application as its applicant reads it; fields without data are left out of two sections.

    `is_own` says whether the customer information is the reader's own. `topics` are what to watch.
    """

    id: str
    number: str
    kind: str
    introduction: str
    placeholder: str
    privacy: str
    person_id: str
    is_own: bool
    customer: tuple[Line, ...]
    vehicle: tuple[Line, ...]
    finance: tuple[Line, ...]
    files: tuple[Attachment, ...]
    asked: tuple[Asked, ...]
    said: tuple[Said, ...]
    earlier: str
    zone: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentDesk:
    """The documents of an application, for staff: what customers sent, what staff attached."""

    id: str
    number: str
    imported: tuple[Attachment, ...]
    attached: tuple[Attachment, ...]
    asked: tuple[Asked, ...]
    is_ended: bool
    zone: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The communication log of an application; `is_shared` says whether parties read each other."""

    id: str
    number: str
    said: tuple[Said, ...]
    earlier: str
    is_shared: bool
    is_ended: bool
    zone: str
    topics: tuple[str, ...]
