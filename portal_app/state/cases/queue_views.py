"""What the staff's pages show of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal_app.core import clock
from portal_app.services import cases
from portal_app.state.cases.words import Fact, Option, Talk, facts, link_of, talk
from portal_app.state.files import FileRow, UploadRules
from portal_app.state.formats import short_moment

PATH = "/staff/cases"
PRIORITIES = tuple((key.value, words) for key, words in cases.PRIORITIES.items())
RESOLUTIONS = tuple((key.value, words) for key, words in cases.RESOLUTIONS.items())
_LOUD = {cases.CasePriority.URGENT: "bad", cases.CasePriority.HIGH: "warn"}


@dataclass(frozen=True)
class CaseLine:
    """A case in the queue."""

    number: str
    href: str
    subject: str
    customer: str
    household: str
    status: str
    tone: str
    priority: str
    priority_tone: str
    due: str
    due_tone: str
    assigned: str
    opened: str

    @classmethod
    def of(cls, row: cases.CaseRow, zone: str) -> "CaseLine":
        """Format a case for the queue."""
        due, due_tone = due_words(row, zone)
        return cls(
            number=row.number,
            href=f"{PATH}?open={row.number}",
            subject=row.subject,
            customer=row.consumer_name,
            household=row.household_name,
            status=row.look.label,
            tone=row.look.tone,
            priority=cases.PRIORITIES[row.priority],
            priority_tone=_LOUD.get(row.priority, "neutral"),
            due=due,
            due_tone=due_tone,
            assigned=row.assigned_name or "Nobody yet",
            opened=short_moment(row.created_at, zone),
        )


def due_words(row: cases.CaseRow, zone: str) -> tuple[str, str]:
    """Say when our answer is due, and how that looks; nothing while it is not our turn."""
    if row.due_at is None:
        return "", ""
    when = short_moment(row.due_at, zone)
    return (f"Overdue: {when}", "bad") if row.due_at < clock.now() else (f"By {when}", "info")


@dataclass(frozen=True)
class CaseSheet:
    """One case for the people who work on it; empty while none is open."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    due: str = ""
    due_tone: str = ""
    key: str = ""
    rating: str = ""
    into: str = ""
    assigned_to: str = ""
    priority: str = ""
    may_take_up: bool = False
    may_comment: bool = False
    may_ask: bool = False
    may_propose: bool = False
    may_close: bool = False
    is_over: bool = False
    colleagues: list[Option] = field(default_factory=list)
    templates: list[Option] = field(default_factory=list)
    may_attach: bool = False
    rules: UploadRules = field(default_factory=UploadRules)
    files: list[FileRow] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    said: list[Talk] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        thread: cases.CaseThread,
        *,
        key: str,
        colleagues: Sequence[cases.Colleague],
        templates: Sequence[cases.Template],
    ) -> "CaseSheet":
        """Format a case for the sheet."""
        row, moves, move = thread.row, thread.moves, cases.Move
        due, due_tone = due_words(row, thread.zone)
        return cls(
            number=row.number,
            title=row.subject,
            sub=f"{row.number} · {row.consumer_name}",
            status=row.look.label,
            tone=row.look.tone,
            due=due,
            due_tone=due_tone,
            key=key,
            rating=_rating(thread.outcome),
            into=link_of(thread.merged_into)[1],
            assigned_to=thread.assigned_to,
            priority=row.priority.value,
            may_take_up=move.TAKE_UP in moves,
            may_comment=move.COMMENT in moves,
            may_ask=move.REQUEST_INFO in moves,
            may_propose=move.PROPOSE_SOLUTION in moves,
            may_close=move.CLOSE in moves,
            is_over=row.state is cases.CaseState.CLOSED,
            colleagues=_or_none("Choose a colleague", ((c.user_id, c.name) for c in colleagues)),
            templates=_or_none("No template", ((one.id, one.title) for one in templates)),
            may_attach=thread.may_attach,
            rules=UploadRules.of(cases.ATTACHMENT),
            files=[FileRow.of(one, thread.zone, for_staff=True) for one in thread.files],
            facts=facts(thread, for_staff=True),
            said=talk(thread),
        )


def _or_none(nothing: str, options: Iterable[tuple[str, str]]) -> list[Option]:
    return [Option("", nothing), *(Option(*one) for one in options)]


def _rating(outcome: cases.Outcome) -> str:
    if outcome.rating is None:
        return ""
    words = f": “{outcome.rating_words}”" if outcome.rating_words else "."
    return f"The customer gave {outcome.rating} of 5{words}"


@dataclass(frozen=True)
class CaseCounts:
    """How many stand in each saved view."""

    open: str = ""
    unassigned: str = ""
    mine: str = ""
    with_customer: str = ""
    all: str = ""

    @classmethod
    def of(cls, page: cases.CasePage) -> "CaseCounts":
        """Format the counts, which stop at a hundred."""
        most = cases.MOST_COUNTED
        return cls(**{n: f"{c}+" if c >= most else str(c) for n, c in page.counts})
