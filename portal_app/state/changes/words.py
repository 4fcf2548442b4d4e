"""Changes as people read them, shared by the pages of customers and of staff."""

from dataclasses import dataclass

from portal_app.core.settings import settings
from portal_app.services import changes
from portal_app.state.formats import NOT_PROVIDED, short_day, short_moment

S = changes.ChangeState
_FOR_STAFF = {
    S.SUBMITTED: ("Sent", "info"),
    S.PENDING_REVIEW: ("Waiting", "warn"),
    S.APPROVED: ("Approved", "good"),
    S.APPLIED: ("Done", "good"),
    S.APPLY_FAILED: ("Apply failed", "bad"),
    S.REJECTED: ("Rejected", "neutral"),
    S.WITHDRAWN: ("Withdrawn", "neutral"),
}
# Customers hear of outcomes, not of our trouble on the way there.
_FOR_CUSTOMERS = _FOR_STAFF | {
    S.PENDING_REVIEW: ("Pending", "warn"),
    S.APPROVED: ("Pending", "warn"),
    S.APPLY_FAILED: ("Pending", "warn"),
    S.REJECTED: ("Not accepted", "bad"),
}
_HAPPENED = {
    "submitted": "Asked for",
    "edited": "Changed by the customer",
    "withdrawn": "Withdrawn",
    "step_done": "Step done",
    "approved": "Approved",
    "rejected": "Rejected",
    "applied": "In force",
    "apply_failed": "Could not be applied",
    "retried": "Tried again",
    "superseded": "A newer feed says otherwise",
}
_BAD = {"apply_failed", "rejected"}
_ORIGINS = {
    changes.ChangeOrigin.CONSUMER: "The customer",
    changes.ChangeOrigin.STAFF: "Staff",
    changes.ChangeOrigin.SYSTEM: "The portal",
}
KINDS = (
    ("name", "Name"),
    ("address", "Address"),
    ("email", "Email"),
    ("phone", "Mobile"),
    ("language", "Language"),
)


def look(change: changes.Change, *, for_staff: bool) -> tuple[str, str]:
    """Return how a change's state is called, and its tone."""
    return (_FOR_STAFF if for_staff else _FOR_CUSTOMERS)[change.state]


def zone() -> str:
    """Return the zone in which moments of changes are shown."""
    return settings().timezone


def asked_for(change: changes.Change) -> str:
    """Return what would be, or is now, in one line; one field needs no label."""
    filled = [line for line in change.lines if line.after]
    if len(change.lines) == 1:
        return change.lines[0].after or NOT_PROVIDED
    return ", ".join(line.after for line in filled) or NOT_PROVIDED


def origin(change: changes.Change) -> str:
    """Say who wanted a change."""
    return change.requester_name or _ORIGINS[change.origin]


@dataclass(frozen=True)
class HistoryRow:
    """One change in the list of what happened to somebody's details."""

    title: str
    what: str
    when: str
    status: str
    tone: str
    note: str

    @classmethod
    def of(cls, change: changes.Change, *, for_staff: bool = False) -> "HistoryRow":
        """Format one change."""
        status, tone = look(change, for_staff=for_staff)
        is_refused = change.state is S.REJECTED
        note = f"Why: {change.reason}" if is_refused and change.reason else overtaken(change)
        return cls(
            title=f"{change.title}: {asked_for(change)}",
            what=change.number,
            when=short_day(change.created_at.date()),
            status="Overtaken" if change.overtaken_at else status,
            tone="info" if change.overtaken_at else tone,
            note=note,
        )


def overtaken(change: changes.Change) -> str:
    """Say what a later feed has brought in the place of a change, "" where none has."""
    if change.overtaken_at is None:
        return ""
    now = ", ".join(line.after or NOT_PROVIDED for line in change.overtaken)
    was = ", ".join(line.before or NOT_PROVIDED for line in change.overtaken)
    day = short_day(change.overtaken_at.date())
    return f"On {day} our records were updated to {now}. That took the place of {was}."


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a change, as a timeline shows it."""

    title: str
    when: str
    iso: str
    text: str
    tone: str
    icon: str


def happenings(detail: changes.ChangeDetail) -> list[Happening]:
    """Return what happened to a change, oldest first."""
    last = len(detail.moments) - 1
    return [
        Happening(
            title=_HAPPENED.get(one.what, one.what),
            when=short_moment(one.at, zone()),
            iso=one.at.isoformat(),
            text=": ".join(part for part in (one.by_name, one.note) if part),
            tone=_tone(one.what, is_last=place == last and not detail.row.is_over),
            icon="",
        )
        for place, one in enumerate(detail.moments)
    ]


def _tone(what: str, *, is_last: bool) -> str:
    if what in _BAD:
        return "bad"
    return "now" if is_last else "good"
