"""What a reader of cases gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import (
    CasePriority,
    CaseState,
    CaseTopic,
    CaseVisibility,
    Resolution,
)
from portal_app.services.cases.rules.moves import Move
from portal_app.services.cases.rules.words import Look
from portal_app.services.messages import Said
from portal_app.services.uploads import Attachment


@dataclass(frozen=True, slots=True)
class Choice:
    """One person for whom a case may be opened, with a household it may belong to ("" for none)."""

    household_id: str
    household_name: str
    consumer_id: str
    consumer_name: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the form for a new case starts with; `topics` are what people watch meanwhile.

    `files` were sent with it already; times are UTC, for the reader's `zone`.
    """

    choices: tuple[Choice, ...]
    household_id: str
    consumer_id: str
    topics: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it; times are UTC, for the reader's `zone`."""

    id: str
    number: str
    subject: str
    topic: CaseTopic
    topic_words: str
    state: CaseState
    look: Look
    priority: CasePriority
    consumer_id: str
    consumer_name: str
    household_id: str
    household_name: str
    opener_name: str
    is_mine: bool
    assigned_name: str
    due_at: datetime | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases; `after` asks for the page that follows, `topics` are what to watch."""

    rows: tuple[CaseRow, ...]
    after: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    topics: tuple[str, ...] = ()
    zone: str = "UTC"
    has_households: bool = False
    may_choose: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of a household that the reader heads, who may be chosen to see its cases."""

    household_id: str
    household_name: str
    person_id: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Corner:
    """What the frame says of a customer's cases; `topics` are what it follows."""

    is_on: bool = False
    waiting: int = 0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLink:
    """Another case that this one leads to, as far as this reader may see it."""

    number: str
    subject: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was proposed and how a case ended; `closes_at` is when a solution counts as accepted."""

    resolution: Resolution | None
    words: str
    notes: str
    resolved_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    closed_by_name: str
    rating: int | None
    rating_words: str
    may_rate: bool


@dataclass(frozen=True, slots=True)
class CaseThread:
    """All that a reader may know of a case; `moves` is what they may do to it now.

    `earlier` asks for what was said before; `topics` are what to watch.
    """

    row: CaseRow
    version: int
    said: tuple[Said, ...]
    earlier: str
    outcome: Outcome
    may_act: bool
    may_attach: bool
    has_households: bool
    moves: frozenset[Move] = frozenset()
    follow_up_of: CaseLink | None = None
    merged_into: CaseLink | None = None
    follow_ups: tuple[CaseLink, ...] = ()
    files: tuple[Attachment, ...] = ()
    assigned_to: str = ""
    topics: tuple[str, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Template:
    """Words that staff use again and again."""

    id: str
    title: str
    body: str
    version: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff to whom a case may be given."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PolicyView:
    """How a brand treats cases."""

    visibility: CaseVisibility
    auto_close_days: int
    version: int
