"""What whoever fills in an application gets back."""

from dataclasses import dataclass, field
from datetime import datetime

from portal_app.models import ShareState, SharingMode
from portal_app.services.forms import FormField


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
    """An application as its parties see it; `others_to_go` where others, unseen, have gaps."""

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
    others_to_go: bool = False

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
class AnswerLine:
    """One question with its answer as people read it; "" for none, `at` None for never written.

    `group` and `row` name the row that it belongs to; row 0 is a question that stands alone.
    """

    label: str
    value: str = ""
    group: str = ""
    row: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One form of one party with everything that stands in it."""

    task: Task
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class AnswerBook:
    """Everything that the parties of an application filled in, for staff."""

    id: str
    number: str
    zone: str
    sheets: tuple[AnswerSheet, ...]


@dataclass(frozen=True, slots=True)
class MyApplication:
    """An application of somebody who signs in."""

    number: str
    kind: str
    done: int
    asked: int
    is_submitted: bool


@dataclass(frozen=True, slots=True)
class MyApplications:
    """A page of them; `after` asks for the page that follows."""

    rows: tuple[MyApplication, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class AccessPage:
    """What the page of a link may say: no more than the letter that brought it."""

    standing: str
    brand: str
    until: datetime | None = None
    zone: str = "UTC"
    mobile: str = ""
