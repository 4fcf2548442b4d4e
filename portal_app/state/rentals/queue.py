"""State behind the store's queue of rental requests and the sheet of one of them."""

from typing import Any, ClassVar

import reflex as rx

from portal_app.services import rentals, uploads
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.listing import Page
from portal_app.state.queueing import QueueMixin
from portal_app.state.rentals.queue_views import PATH, Counts, QueueRow, SheetView


class RentalQueueState(QueueMixin, PortalState):
    """The requests of the brand: saved views, search, and one open in a sheet."""

    rows: list[QueueRow] = []
    counts: Counts = Counts()
    sheet: SheetView = SheetView()
    _noun = ("request",)
    _views: ClassVar = tuple(view.value for view in rentals.QueueView)
    _kinds: ClassVar = ("pickup", "drop_off")
    _path: ClassVar = PATH
    _topic: ClassVar = "rentals"
    _closed: ClassVar = SheetView()

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
        with self._reporting():
            await self._ask(command, **self._entered(form, *fields))
            await self._show_outcome(told)

    async def _sheet(self, number: str) -> SheetView:
        detail = await self._ask(rentals.queue_item, number=number)
        files = uploads.topic_of(rentals.PHOTO.owner_type, detail.row.id)
        self._watch(RentalQueueState.refresh, f"{self._topic}:{self._actor.brand}", files)
        return SheetView.of(detail)

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            rentals.queue, view=self.view, search=self.search, kind=self.kind, after=after
        )
        self.counts = Counts.of(page)
        return Page([QueueRow.of(row) for row in page.rows], page.after)
