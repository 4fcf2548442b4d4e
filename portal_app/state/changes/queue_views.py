"""What the staff's pages show of changes."""

from dataclasses import dataclass, field
from urllib.parse import quote

from portal_app.services import changes
from portal_app.state.base import load_key
from portal_app.state.changes.words import (
    Happening,
    asked_for,
    happenings,
    look,
    origin,
    overtaken,
    zone,
)
from portal_app.state.formats import NOT_PROVIDED, short_moment

PATH = "/staff/requests"
_ROLES = {"agent": "Any staff", "manager": "A manager", "admin": "An administrator"}
_POLICIES = {
    changes.ChangePolicy.AUTO: "In force at once",
    changes.ChangePolicy.REVIEW: "After a review",
    changes.ChangePolicy.PROOF: "After a code to the new address or number",
}


@dataclass(frozen=True)
class ChangeRow:
    """A change in the queue."""

    number: str
    href: str
    customer: str
    account: str
    what: str
    asked: str
    status: str
    tone: str
    step: str
    when: str

    @classmethod
    def of(cls, change: changes.Change) -> "ChangeRow":
        """Format a change for the queue."""
        status, tone = look(change, for_staff=True)
        return cls(
            number=change.number,
            href=f"{PATH}?open={change.number}",
            customer=change.subject_name,
            account=f"Account {change.account_number}" if change.account_number else "",
            what=change.title,
            asked=asked_for(change),
            status=status,
            tone=tone,
            step=change.step,
            when=short_moment(change.created_at, zone()),
        )


@dataclass(frozen=True)
class Compared:
    """One field: what is held now, and what is asked for."""

    label: str
    now: str
    asked: str
    was: str


@dataclass(frozen=True)
class StepRow:
    """One step of a review, with who did it."""

    title: str
    who: str
    is_done: bool


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    name: str
    value: str


@dataclass(frozen=True)
class ChangeSheet:
    """One change for the people who decide about it; empty while none is open."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    customer_href: str = ""
    version: str = ""
    key: str = ""
    failure: str = ""
    hindrance: str = ""
    next_step: str = ""
    verb: str = ""
    may_approve: bool = False
    may_reject: bool = False
    may_retry: bool = False
    has_steps: bool = False
    fields: list[Compared] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    moments: list[Happening] = field(default_factory=list)

    @classmethod
    def of(cls, detail: changes.ChangeDetail) -> "ChangeSheet":
        """Format a change for the sheet."""
        row, moves, move = detail.row, detail.moves, changes.Move
        status, tone = look(row, for_staff=True)
        following = next((step for step in detail.steps if step.is_next), None)
        is_last = following is not None and following.position == len(detail.steps)
        may_step = bool(following and following.may_do and move.APPROVE in moves)
        return cls(
            number=row.number,
            title=f"{row.title} of {row.subject_name}",
            sub=" · ".join(part for part in (row.number, _account(row)) if part),
            status=status,
            tone=tone,
            customer_href=f"/staff/people/{quote(detail.person_id)}" if detail.person_id else "",
            version=str(detail.version),
            key=load_key(),
            failure=detail.failure,
            hindrance=_hindrance(detail, following, may_step=may_step),
            next_step=following.title if following and len(detail.steps) > 1 else "",
            verb="Approve" if is_last else "Step done",
            may_approve=may_step,
            may_reject=move.REJECT in moves,
            may_retry=move.RETRY in moves,
            has_steps=len(detail.steps) > 1,
            fields=[_compared(line, is_over=row.is_over) for line in detail.lines],
            facts=_facts(row),
            steps=[_step(step) for step in detail.steps],
            moments=happenings(detail),
        )


def _account(row: changes.Change) -> str:
    return f"account {row.account_number}" if row.account_number else ""


def _hindrance(
    detail: changes.ChangeDetail, following: changes.ReviewStep | None, *, may_step: bool
) -> str:
    if detail.hindrance or following is None or may_step:
        return detail.hindrance
    who = _ROLES[following.role].lower()
    return f"The next step, “{following.title}”, is for {who}."


def _compared(line: changes.Line, *, is_over: bool) -> Compared:
    """Show what is held now; once it is over, what was held before."""
    moved = line.now not in (line.before, line.after)
    return Compared(
        label=line.label,
        now=(line.before if is_over else line.now) or NOT_PROVIDED,
        asked=line.after or "None",
        was=f"It was {line.before or NOT_PROVIDED} when this was asked for."
        if moved and not is_over
        else "",
    )


def _step(step: changes.ReviewStep) -> StepRow:
    if step.done_at is None:
        return StepRow(step.title, _ROLES[step.role], is_done=False)
    done = f"{step.done_by}, {short_moment(step.done_at, zone())}"
    return StepRow(step.title, f"{done}: {step.note}" if step.note else done, is_done=True)


def _facts(row: changes.Change) -> list[Fact]:
    found = [
        ("Asked by", origin(row)),
        ("Asked", short_moment(row.created_at, zone())),
        ("In force", _POLICIES[row.policy]),
        ("Decided", short_moment(row.decided_at, zone()) if row.decided_at else ""),
        ("Reason", row.reason),
        ("Later", overtaken(row)),
    ]
    return [Fact(name, value) for name, value in found if value]


@dataclass(frozen=True)
class ChangeCounts:
    """How many stand in each saved view."""

    open: str = ""
    failed: str = ""
    decided: str = ""
    all: str = ""

    @classmethod
    def of(cls, page: changes.ChangePage) -> "ChangeCounts":
        """Format the counts, which stop at a hundred."""
        most = changes.MOST_COUNTED
        return cls(**{n: f"{c}+" if c >= most else str(c) for n, c in page.counts})
