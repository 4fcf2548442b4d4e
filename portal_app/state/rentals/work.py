"""State behind the staff's first page: what waits for them."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.services import access, applications, cases, changes, invitations, payments, rentals
from portal_app.state.access import staff
from portal_app.state.applications.list import WishRow
from portal_app.state.base import PortalState
from portal_app.state.cases.queue_views import CaseLine
from portal_app.state.changes.queue_views import ChangeRow
from portal_app.state.invitations.list import InvitationEntry
from portal_app.state.payments_desk.arrears import ArrearsRow
from portal_app.state.payments_desk.cancellations import CancellationRow
from portal_app.state.payments_desk.words import Counts as Owing
from portal_app.state.payments_desk.words import customer_path
from portal_app.state.rentals.queue_views import Counts, QueueRow

WAITING = ("rentals", "changes", "invitations", "customers", "payments", "cases", "applications")


@dataclass(frozen=True)
class LockedRow:
    """A registration that was locked after too many wrong answers."""

    href: str
    customer: str
    meta: str

    @classmethod
    def of(cls, row: access.CustomerRow) -> "LockedRow":
        """Format a customer whose registration is locked."""
        return cls(customer_path(row.number), row.name, f"Account {row.number} · {row.phone}")


class WorkQueueState(PortalState):
    """What waits for the staff, from every corner of the portal."""

    rows: list[QueueRow] = []
    cases: list[CaseLine] = []
    changes: list[ChangeRow] = []
    cancellations: list[CancellationRow] = []
    failed: list[ArrearsRow] = []
    failed_count: str = ""
    locked: list[LockedRow] = []
    asking: list[InvitationEntry] = []
    wishes: list[WishRow] = []
    waiting: str = ""
    is_loaded: bool = False
    _shown: ClassVar[int] = 10

    @rx.event
    @staff
    async def load(self):
        """Fill the page."""
        self.rows, self.cases, self.changes, self.locked, self.asking = [], [], [], [], []
        self.cancellations, self.failed, self.failed_count, self.wishes = [], [], "", []
        self.waiting, self.is_loaded = "", False
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
            told = await self._ask(cases.queue)
            self.cases = [CaseLine.of(row, told.zone) for row in told.rows[: self._shown]]
            asked = await self._ask(changes.queue)
            self.changes = [ChangeRow.of(row) for row in asked.rows[: self._shown]]
            found = await self._ask(access.customers, state="locked", size=self._shown)
            self.locked = [LockedRow.of(row) for row in found.rows]
            await self._read_links()
            await self._read_payments()
            self.waiting, self.is_loaded = Counts.of(page).needs_action, True
            brand = self._actor.brand
            topics = (f"{what}:{brand}" for what in WAITING)
            self._watch(WorkQueueState.refresh, *topics)

    async def _read_links(self) -> None:
        """Read who asks for a new link: to set up an account, or to an application."""
        asked = await self._ask(invitations.invitations, view="asked", size=self._shown)
        self.asking = [InvitationEntry.of(row) for row in asked.rows]
        wished = await self._ask(applications.wishes, size=self._shown)
        self.wishes = [WishRow.of(row) for row in wished]

    async def _read_payments(self) -> None:
        """Read what payments leave to staff: requests to cancel, and what failed."""
        asked = await self._ask(payments.cancellations)
        self.cancellations = [CancellationRow.of(row) for row in asked.rows[: self._shown]]
        owing = await self._ask(payments.arrears)
        self.failed = [ArrearsRow.of(row) for row in owing.rows[: self._shown]]
        self.failed_count = Owing.of(owing.counts).all
