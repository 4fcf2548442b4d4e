"""State behind the store's queue of rental requests and the sheet of one of them."""

from typing import Any

import reflex as rx

from portal_app.core import entries
from portal_app.services import rentals
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.listing import ListMixin, Page
from portal_app.state.rentals.queue_views import PATH, Counts, QueueRow, SheetView

# Tuples, not sets: what is asked for may be of any type, even one that no set can look up.
_VIEWS = tuple(view.value for view in rentals.QueueView)
_KINDS = ("pickup", "drop_off")


class RentalQueueState(FormMixin, ListMixin, PortalState):
    """The requests of the brand: saved views, search, and one open in a sheet."""

    rows: list[QueueRow] = []
    counts: Counts = Counts()
    view: str = "open"
    search: str = ""
    kind: str = ""
    sheet: SheetView = SheetView()
    _noun = ("request",)

    @rx.event
    @staff
    async def load(self):
        """Fill the queue, and open the request that the address names."""
        self.problem, self.field_problems, self.sheet = "", {}, SheetView()
        await self._refresh()
        with self._opening():
            await self._open(self._param("open"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what customers and colleagues have done meanwhile."""
        await self._refresh()
        with self._opening():
            await self._open(self.sheet.number)

    @rx.event
    @staff
    async def pick_view(self, view: str):
        """Show one of the saved views."""
        self.view, self._pages = view if view in _VIEWS else "open", 1
        await self._refresh()

    @rx.event
    @staff
    async def pick_kind(self, kind: str):
        """Show only what is fetched, only what is brought, or both."""
        self.kind, self._pages = kind if kind in _KINDS else "", 1
        await self._refresh()

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only the requests that hold these words."""
        self.search, self._pages = entries.words(words), 1
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
        with self._opening():
            await self._read_on()

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
        with self._opening():
            await self._read()
            self._watch(RentalQueueState.refresh, f"rentals:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            rentals.queue, view=self.view, search=self.search, kind=self.kind, after=after
        )
        self.counts = Counts.of(page)
        return Page([QueueRow.of(row) for row in page.rows], page.after)
