"""State behind the staff's first page: what waits for them."""

from typing import ClassVar

import reflex as rx

from portal_app.services import rentals
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.rentals.queue_views import Counts, QueueRow


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
