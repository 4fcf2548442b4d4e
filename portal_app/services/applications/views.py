"""What a reader of applications gets back."""

from dataclasses import dataclass, field
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import PartyRole, ShareState, SharingMode
from portal_app.services.applications.rules.needs import Need
from portal_app.services.forms import FormField


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


@dataclass(frozen=True, slots=True)
class Task:
    """One form to fill in, by or about one party; `party` is "" for the application itself."""

    form: str
    title: str
    party: str
    person: str
    is_own: bool
    state: ShareState
    done: int
    asked: int
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing that must be answered is open."""
        return self.done >= self.asked


@dataclass(frozen=True, slots=True)
class TaskList:
    """An application as its parties see it."""

    id: str
    number: str
    kind: str
    sections: tuple[Task, ...]
    questionnaires: tuple[Task, ...]
    sharing: SharingMode
    submitted_at: datetime | None
    submitted_by: str
    is_open: bool
    until: datetime | None
    zone: str

    @property
    def done(self) -> int:
        """How many questions that must be answered are."""
        return sum(task.done for task in (*self.sections, *self.questionnaires))

    @property
    def asked(self) -> int:
        """How many questions must be answered."""
        return sum(task.asked for task in (*self.sections, *self.questionnaires))


@dataclass(frozen=True, slots=True)
class Answered:
    """What stands in one field, by whom and since when; version 0 for nothing yet."""

    key: str
    value: str = ""
    version: int = 0
    by: str = ""
    is_own: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """One form as it is filled in."""

    id: str
    number: str
    kind: str
    form: str
    title: str
    introduction: str
    party: str
    person: str
    is_own: bool
    fields: tuple[FormField, ...]
    answers: dict[str, Answered] = field(default_factory=dict[str, Answered])
    may_edit: bool = False
    state: ShareState = ShareState.SHARED
    done: int = 0
    asked: int = 0
    currency: str = "USD"
    zone: str = "UTC"
    following: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSaved:
    """An answer is kept; `value` is the form in which it is."""

    version: int
    value: str


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Somebody else has written there meanwhile: nothing was kept, and the person chooses."""

    theirs: str
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one field, for staff."""

    by: str
    at: datetime
    value: str


@dataclass(frozen=True, slots=True)
class MyApplication:
    """An application of somebody who signs in."""

    number: str
    kind: str
    done: int
    asked: int
    is_submitted: bool


@dataclass(frozen=True, slots=True)
class AccessPage:
    """What the page of a link may say: no more than the letter that brought it."""

    standing: str
    brand: str
    until: datetime | None = None
    zone: str = "UTC"
    mobile: str = ""
