"""State behind the staff's first page: what waits for them."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.services import access, rentals
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.rentals.queue_views import Counts, QueueRow


@dataclass(frozen=True)
class LockedRow:
    """A registration that was locked after too many wrong answers."""

    href: str
    customer: str
    meta: str

    @classmethod
    def of(cls, row: access.CustomerRow) -> "LockedRow":
        """Format a customer whose registration is locked."""
        return cls(
            f"/staff/customers/{row.number}", row.name, f"Account {row.number} · {row.phone}"
        )


class WorkQueueState(PortalState):
    """What waits for the staff, from every corner of the portal."""

    rows: list[QueueRow] = []
    locked: list[LockedRow] = []
    waiting: str = ""
    is_loaded: bool = False
    _shown: ClassVar[int] = 10

    @rx.event
    @staff
    async def load(self):
        """Fill the page."""
        self.rows, self.locked, self.waiting, self.is_loaded = [], [], "", False
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
            found = await self._ask(access.customers, state="locked", size=self._shown)
            self.locked = [LockedRow.of(row) for row in found.rows]
            self.waiting, self.is_loaded = Counts.of(page).needs_action, True
            brand = self._actor.brand
            self._watch(WorkQueueState.refresh, f"rentals:{brand}", f"customers:{brand}")
