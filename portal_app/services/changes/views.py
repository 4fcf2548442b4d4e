"""What a reader of changes gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import ChangeOrigin, ChangePolicy, ChangeState
from portal_app.services.changes.rules.moves import Move


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a change, as people read it; `now` is what is held at this moment."""

    label: str
    before: str
    after: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change request as lists show it.

    `overtaken` holds what a later feed brought instead, `after` being what had been accepted.
    """

    id: str
    number: str
    kind: str
    title: str
    state: ChangeState
    policy: ChangePolicy
    origin: ChangeOrigin
    subject_name: str
    account_number: str
    requester_name: str
    lines: tuple[Line, ...]
    created_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    reason: str
    overtaken_at: datetime | None
    overtaken: tuple[Line, ...]
    step: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of changes; `after` asks for the page that follows."""

    rows: tuple[Change, ...]
    after: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a change."""

    at: datetime
    what: str
    by_name: str
    by_staff: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step of a review; `may_do` says whether this reader may take it now."""

    position: int
    title: str
    role: str
    done_by: str
    done_at: datetime | None
    note: str
    is_next: bool
    may_do: bool


@dataclass(frozen=True, slots=True)
class ChangeDetail:
    """All that staff know of a change; `hindrance` says why this reader cannot decide it."""

    row: Change
    lines: tuple[Line, ...]
    version: int
    failure: str
    person_id: str
    steps: tuple[ReviewStep, ...]
    moments: tuple[Moment, ...]
    moves: frozenset[Move]
    hindrance: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One field as it is held: raw, and shown for people; `wanted` is raw what waits, if any."""

    name: str
    label: str
    value: str
    shown: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One kind of one's own details, with what waits and what a later feed has overtaken."""

    kind: str
    title: str
    values: tuple[Value, ...]
    policy: ChangePolicy
    channel: str
    pending: Change | None = None
    overtaken: Change | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """A person's details. `may_edit` is whether this reader may have them changed."""

    person_id: str
    name: str
    may_edit: bool
    is_stepped_up: bool
    account_number: str
    details: tuple[Detail, ...]
    history: tuple[Change, ...]

    def of(self, kind: str) -> Detail | None:
        """Return one kind of detail."""
        return next((one for one in self.details if one.kind == kind), None)


@dataclass(frozen=True, slots=True)
class RuleView:
    """How a brand treats one kind of change; `policies` are those it may choose between."""

    kind: str
    title: str
    policies: tuple[ChangePolicy, ...]
    policy: ChangePolicy
    steps: tuple[tuple[str, str], ...]
    version: int
