"""State behind the store's queue of rental requests and the sheet of one of them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx

from portal_app.services import rentals
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural, short_moment
from portal_app.state.rentals.requests import Fact
from portal_app.state.rentals.words import Moment, facts, history, local_input, zone_words

PATH = "/staff/rental-requests"
_MOST_PAGES = 20
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
            item=f"{row.item} × {row.quantity:,}",
            method=row.method_words,
            status=row.look.label,
            tone=row.look.tone,
            wanted=short_moment(when, row.zone),
            asked=short_moment(row.created_at, row.zone),
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
    steps: list[Moment] = field(default_factory=list)

    @classmethod
    def of(cls, detail: rentals.RequestDetail) -> "SheetView":
        """Format a request for the sheet."""
        row, moves, move = detail.row, detail.moves, rentals.Move
        return cls(
            number=row.number,
            title=f"{row.item} × {row.quantity:,}",
            sub=f"{row.number} · {row.account_name} · account {row.account_number}",
            status=row.look.label,
            tone=row.look.tone,
            customer_href=f"/staff/customers/{row.account_id}",
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
            facts=[Fact(name, value) for name, value in facts(detail)],
            steps=history(detail, for_staff=True),
        )


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


class RentalQueueState(FormMixin, PortalState):
    """The requests of the brand: saved views, search, and one open in a sheet."""

    rows: list[QueueRow] = []
    counts: Counts = Counts()
    view: str = "open"
    search: str = ""
    kind: str = ""
    has_more: bool = False
    is_loaded: bool = False
    summary: str = ""
    sheet: SheetView = SheetView()
    _pages: int = 1

    @rx.event
    @staff
    async def load(self):
        """Fill the queue, and open the request that the address names."""
        self.problem, self.field_problems, self.sheet = "", {}, SheetView()
        with self._opening():
            await self._refresh()
            await self._open(self._param("open"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what customers and colleagues have done meanwhile."""
        with self._opening():
            await self._refresh()
            await self._open(self.sheet.number)

    @rx.event
    @staff
    async def pick_view(self, view: str):
        """Show one of the saved views."""
        self.view, self._pages = view if view in {*rentals.QueueView} else "open", 1
        await self._refresh()

    @rx.event
    @staff
    async def pick_kind(self, kind: str):
        """Show only what is fetched, only what is brought, or both."""
        self.kind, self._pages = kind if kind in {"pickup", "drop_off"} else "", 1
        await self._refresh()

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only the requests that hold these words."""
        self.search, self._pages = words[:80] if isinstance(words, str) else "", 1
        await self._refresh()

    @rx.event
    @staff
    async def clear(self):
        """Take every filter off."""
        self.view, self.kind, self.search, self._pages = "open", "", "", 1
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show the next requests as well."""
        self._pages = min(self._pages + 1, _MOST_PAGES)
        await self._refresh()

    @rx.event
    @staff
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the sheet; the address forgets it."""
        if not is_open:
            self.sheet, self.problem, self.field_problems = SheetView(), "", {}
            return self._go(PATH)
        return None

    @rx.event
    @staff
    async def acknowledge(self, form: dict[str, Any]):
        """Confirm when rent stops."""
        await self._decide(
            rentals.acknowledge, form, "Confirmed. The customer has been told.", "off_rent_at"
        )

    @rx.event
    @staff
    async def schedule(self, form: dict[str, Any]):
        """Set the day and time."""
        told = "Scheduled. The customer has been told."
        await self._decide(rentals.schedule, form, told, "when", "note")

    @rx.event
    @staff
    async def reschedule(self, form: dict[str, Any]):
        """Set another day and time."""
        told = "Moved. The customer has been told."
        await self._decide(rentals.reschedule, form, told, "when", "note")

    @rx.event
    @staff
    async def decline(self, form: dict[str, Any]):
        """Refuse the request, saying why."""
        told = "Declined. The customer reads your reason."
        await self._decide(rentals.decline, form, told, "reason")

    @rx.event
    @staff
    async def receive(self, form: dict[str, Any]):
        """Say that the items are here."""
        await self._decide(rentals.receive_return, form, "Received. Check the items in next.")

    @rx.event
    @staff
    async def check_in(self, form: dict[str, Any]):
        """Count what came back."""
        told = "Checked in. The items are off the customer's account."
        await self._decide(rentals.check_in, form, told, "quantity")

    @rx.event
    @staff
    async def cancel(self, form: dict[str, Any]):
        """Take back what was arranged."""
        told = "Cancelled. The customer has been told."
        await self._decide(rentals.cancel_request, form, told, "reason")

    async def _decide(self, command: Any, form: Any, told: str, *fields: str) -> None:
        """Carry out one decision about the request that the form names."""
        entered = {name: self._text(form, name) for name in ("number", "key", *fields)}
        with self._reporting():
            await self._ask(command, **entered)
            self._say(told)
            await self._refresh()
            await self._open(self.sheet.number)

    async def _open(self, number: str) -> None:
        if number:
            detail = await self._ask(rentals.queue_item, number=number)
            self.sheet = SheetView.of(detail)

    async def _refresh(self) -> None:
        rows, after, wanted = [], "", {"view": self.view, "search": self.search, "kind": self.kind}
        page = None
        for _ in range(self._pages):
            page = await self._ask(rentals.queue, after=after, **wanted)
            rows += [QueueRow.of(row) for row in page.rows]
            if not (after := page.next_after):
                break
        self.counts = Counts.of(page) if page else Counts()
        self.rows, self.has_more, self.is_loaded = rows, bool(after), True
        self.summary = f"{plural(len(rows), 'request')} shown"
        self._watch(type(self).refresh, f"rentals:{self._actor.brand}")


class WorkQueueState(PortalState):
    """What waits for the staff, from every corner of the portal."""

    rows: list[QueueRow] = []
    waiting: str = ""
    is_loaded: bool = False
    _shown: ClassVar[int] = 10

    @rx.event
    @staff
    async def load(self):
        """Fill the page."""
        self.rows, self.waiting, self.is_loaded = [], "", False
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Show what has come in meanwhile."""
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            page = await self._ask(rentals.queue, view="needs_action")
            self.rows = [QueueRow.of(row) for row in page.rows[: self._shown]]
            self.waiting, self.is_loaded = Counts.of(page).needs_action, True
            self._watch(WorkQueueState.refresh, f"rentals:{self._actor.brand}")
