"""What a reader of applications gets back."""

from dataclasses import dataclass
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import PartyRole, ShareState, SharingMode
from portal_app.services.applications.rules.needs import Need


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in a list; `done` of `asked` questions that must be answered are."""

    id: str
    number: str
    kind: str
    stage: str
    parties: tuple[str, ...]
    introduced_on: date
    is_ended: bool
    submitted_at: datetime | None
    invited: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done about an application: when, by whom, and to whom or what."""

    id: str
    at: datetime
    who: str
    actor_kind: str
    sentence: str
    about: str


@dataclass(frozen=True, slots=True)
class ApplicationHistory:
    """What was done about an application, the newest first; `after` asks for what is older."""

    id: str
    number: str
    rows: tuple[Deed, ...]
    after: str
    zone: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody whose link to an application is over, and who asks for a new one."""

    number: str
    kind: str
    person: str
    asked_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """A page of applications; `after` is where the next one begins, "" for nowhere."""

    rows: tuple[ApplicationRow, ...]
    after: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What is to be bought or financed, as far as it is known."""

    title: str
    variant: str
    fuel: str
    colour: str
    doors: int | None
    transmission: str
    engine_size: str
    mileage: int | None
    registration: str


@dataclass(frozen=True, slots=True)
class Finance:
    """The terms; None and "" where nobody has said."""

    finance_type: str
    rate_milli: int | None
    term_months: int | None
    amounts: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party of an application, for staff; `missing` is why they cannot be invited.

    `link` is the newest link: `state` an `InvitationState` as it is now, "" where there is none.
    """

    id: str
    person_id: str
    name: str
    role: PartyRole
    role_words: str
    email: str
    mobile: str
    missing: tuple[Need, ...]
    is_enabled: bool
    is_ended: bool
    link: str = ""
    method: str = ""
    sent: str = ""
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    last_in_at: datetime | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of an application, for staff: whether it is shared, and how far it is."""

    key: str
    title: str
    is_section: bool
    is_shared: bool
    state: ShareState | None
    done: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class ApplicationDesk:
    """One application with everything that staff need of it."""

    id: str
    number: str
    kind: str
    stage: str
    account_number: str
    account_name: str
    introduced_on: date
    is_ended: bool
    sharing: SharingMode
    submitted_at: datetime | None
    submitted_by: str
    zone: str
    vehicle: Vehicle | None
    finance: Finance
    parties: tuple[PartyLine, ...]
    forms: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as staff begin to write it, and what it will say to one of its readers."""

    subject: str
    text: str
    preview_subject: str = ""
    preview_text: str = ""
