"""What customers ask for help with, what is said about it, and how it is answered (S1-08 on)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from portal_app.models.base import Row, Table, as_text


class CaseState(StrEnum):
    """Where a case stands."""

    NEW = "new"
    OPEN = "open"
    AWAITING_INFO = "awaiting_info"
    RESOLVED = "resolved"
    CLOSED = "closed"


class CaseTopic(StrEnum):
    """What a case is about, as the person who opens it says."""

    CONTRACT = "contract"
    PAYMENT = "payment"
    ITEM = "item"
    DETAILS = "details"
    OTHER = "other"


class CasePriority(StrEnum):
    """How soon a case has to be answered; staff decide that."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Resolution(StrEnum):
    """What sort of answer was proposed."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    REPLACED = "replaced"
    NOT_POSSIBLE = "not_possible"


class CaseVisibility(StrEnum):
    """Which members of a household see its cases (S1-14)."""

    NONE = "none"
    HEAD = "head"
    CHOSEN = "chosen"
    EVERYONE = "everyone"


_QUEUE = ("state", "created_at", "id")


def _among(condition: str, name: str, *columns: str) -> Index:
    """Index only the cases that meet a condition.

    Hardly any case has a neighbour, and most have the same worker: none. An index over all of them
    tells a planner that what it looks for is in nearly every row, and it reads the whole table.
    """
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


class Case(Row, table=True):
    """One thing that somebody needs help with: for whom, opened by whom, and what became of it.

    `consumer_id` is whom it is about; `opener_id` who opened it, None when staff did. `due_at` is
    when our next answer is due, None while it is not our turn. `changed_at` moves with what
    customers can see, and with nothing else.
    """

    __table_args__ = (
        Index("ix_case_consumer", "consumer_id", "changed_at", "id"),
        Index("ix_case_consumer_state", "consumer_id", "state", "changed_at", "id"),
        Index("ix_case_opener", "opener_id", "changed_at", "id"),
        Index("ix_case_queue", "brand_id", *_QUEUE),
        Index("ix_case_recent", "brand_id", "created_at", "id"),
        Index("ix_case_resolved", "state", "resolved_at"),
        _among("follow_up_of IS NOT NULL", "ix_case_follow_up_of", "follow_up_of"),
        _among("merged_into IS NOT NULL", "ix_case_merged_into", "merged_into"),
        _among("assigned_to IS NOT NULL", "ix_case_assigned", "assigned_to", *_QUEUE),
        _among("assigned_to IS NULL", "ix_case_unassigned", "brand_id", *_QUEUE),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    number: str = Field(unique=True, max_length=20)
    household_id: str | None = Field(
        default=None, foreign_key="household.id", index=True, max_length=36
    )
    consumer_id: str = Field(foreign_key="person.id", max_length=36)
    opener_id: str | None = Field(default=None, foreign_key="person.id", max_length=36)
    opener_name: str = Field(default="", max_length=120)
    topic: CaseTopic = Field(default=CaseTopic.OTHER, sa_type=as_text(CaseTopic))
    subject: str = Field(max_length=160)
    description: str = Field(sa_type=Text)
    priority: CasePriority = Field(default=CasePriority.NORMAL, sa_type=as_text(CasePriority))
    state: CaseState = Field(default=CaseState.NEW, sa_type=as_text(CaseState))
    assigned_to: str | None = Field(default=None, foreign_key="portal_user.id", max_length=36)
    assigned_name: str = Field(default="", max_length=120)
    due_at: datetime | None = None
    resolution: Resolution | None = Field(default=None, sa_type=as_text(Resolution))
    resolution_notes: str = Field(default="", max_length=2000)
    resolved_at: datetime | None = None
    warned_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_name: str = Field(default="", max_length=120)
    follow_up_of: str | None = Field(default=None, foreign_key="case.id", max_length=36)
    merged_into: str | None = Field(default=None, foreign_key="case.id", max_length=36)
    rating: int | None = None
    rating_words: str = Field(default="", max_length=1000)
    created_at: datetime
    changed_at: datetime
    version: int = 1


class CaseNote(Row, table=True):
    """What staff write to one another: in a table of its own, which no customer's page reads.

    `what` is empty for words, and says what happened for steps that concern staff alone.
    """

    __table_args__ = (Index("ix_case_note_thread", "case_id", "at", "id"),)

    case_id: str = Field(foreign_key="case.id", max_length=36)
    at: datetime
    author_id: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    by_name: str = Field(max_length=120)
    what: str = Field(default="", max_length=24)
    body: str = Field(sa_type=Text)


class CaseMoment(Row, table=True):
    """One thing that happened to a case, in the order it happened."""

    __table_args__ = (Index("ix_case_moment_thread", "case_id", "at", "id"),)

    case_id: str = Field(foreign_key="case.id", max_length=36)
    at: datetime
    what: str = Field(max_length=24)
    by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    note: str = Field(default="", max_length=2000)


class CaseReader(Row, table=True):
    """A member of a household who was chosen to see its cases, where a brand has them chosen."""

    __table_args__ = (UniqueConstraint("household_id", "person_id"),)

    household_id: str = Field(foreign_key="household.id", max_length=36)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    chosen_by_name: str = Field(default="", max_length=120)
    chosen_at: datetime


class CasePolicy(Table, table=True):
    """How a brand treats cases; a brand without one lets the whole household see, closes nothing.

    `auto_close_days` is after how many days without an answer a solution counts as accepted; 0 is
    never.
    """

    brand_id: str = Field(foreign_key="brand.id", primary_key=True, max_length=36)
    visibility: CaseVisibility = Field(
        default=CaseVisibility.EVERYONE, sa_type=as_text(CaseVisibility)
    )
    auto_close_days: int = 0
    version: int = 1


class CaseTemplate(Row, table=True):
    """Words that staff use again and again in replies."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    title: str = Field(max_length=80)
    body: str = Field(sa_type=Text)
    changed_at: datetime
    version: int = 1
