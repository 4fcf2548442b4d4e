"""What the store's pages show of its rental requests."""

from dataclasses import dataclass, field

from portal_app.services import rentals
from portal_app.state.base import load_key
from portal_app.state.files import FileRow
from portal_app.state.formats import is_foreign, moment_there, plural, zone_words
from portal_app.state.moments import Moment
from portal_app.state.rentals.requests import Fact
from portal_app.state.rentals.words import facts, history, local_input, path_to

PATH = "/staff/rental-requests"
_COUNTED = 100


@dataclass(frozen=True)
class QueueRow:
    """A request in the queue."""

    number: str
    href: str
    customer: str
    account: str
    item: str
    method: str
    status: str
    tone: str
    wanted: str
    asked: str

    @classmethod
    def of(cls, row: rentals.RequestRow) -> "QueueRow":
        """Format a request for the queue."""
        when = row.scheduled_for or row.requested_for
        return cls(
            number=row.number,
            href=f"{PATH}?open={row.number}",
            customer=row.account_name,
            account=f"Account {row.account_number}",
            item=f"{row.item} ×\N{NO-BREAK SPACE}{row.quantity:,}",
            method=row.method_words,
            status=row.look.label,
            tone=row.look.tone,
            wanted=moment_there(when, row.zone),
            asked=moment_there(row.created_at, row.zone),
        )


@dataclass(frozen=True)
class SheetView:
    """One request for the people who decide about it; empty while none is open."""

    number: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = "neutral"
    customer_href: str = ""
    zone: str = ""
    key: str = ""
    asked_for: str = ""
    arranged_for: str = ""
    earliest: str = ""
    to_check_in: str = ""
    out: str = ""
    may_acknowledge: bool = False
    may_schedule: bool = False
    may_reschedule: bool = False
    may_decline: bool = False
    may_receive: bool = False
    may_check_in: bool = False
    may_cancel: bool = False
    facts: list[Fact] = field(default_factory=list)
    photos: list[FileRow] = field(default_factory=list)
    steps: list[Moment] = field(default_factory=list)

    @classmethod
    def of(cls, detail: rentals.RequestDetail) -> "SheetView":
        """Format a request for the sheet."""
        row, moves, move = detail.row, detail.moves, rentals.Move
        return cls(
            number=row.number,
            title=f"{row.item} ×\N{NO-BREAK SPACE}{row.quantity:,}",
            sub=f"{row.number} · {row.account_name} · account {row.account_number}",
            status=row.look.label,
            tone=row.look.tone,
            customer_href=path_to("staff/customers", row.account_number),
            zone=zone_words(row.zone),
            key=load_key(),
            asked_for=local_input(row.requested_for, row.zone),
            arranged_for=local_input(row.scheduled_for or row.requested_for, row.zone),
            to_check_in=str(min(row.quantity, detail.quantity_out)),
            out=plural(detail.quantity_out, "piece"),
            may_acknowledge=move.ACKNOWLEDGE in moves,
            may_schedule=move.SCHEDULE in moves,
            may_reschedule=move.RESCHEDULE in moves,
            may_decline=move.DECLINE in moves,
            may_receive=bool({move.RECEIVE_RETURN, move.PICK_UP} & moves),
            may_check_in=move.CHECK_IN in moves,
            may_cancel=move.CANCEL in moves,
            facts=[Fact(name, value) for name, value in (*facts(detail), *_hours(row.zone))],
            photos=[FileRow.of(photo, row.zone, for_staff=True) for photo in detail.photos],
            steps=history(detail, for_staff=True),
        )


def _hours(zone: str) -> list[tuple[str, str]]:
    """Say in which zone the hours of a request are, where one would expect another."""
    return [("Hours are in", zone_words(zone))] if is_foreign(zone) else []


@dataclass(frozen=True)
class Counts:
    """How many stand in each saved view."""

    open: str = ""
    needs_action: str = ""
    scheduled: str = ""
    all: str = ""

    @classmethod
    def of(cls, page: rentals.QueuePage) -> "Counts":
        """Format the counts, which stop at a hundred."""
        return cls(**{n: f"{c}+" if c >= _COUNTED else str(c) for n, c in page.counts})
