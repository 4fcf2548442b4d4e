"""State behind the staff's list of contracts on which something is owed or on hold."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.services import payments
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.formats import money, plural, short_day
from portal_app.state.listing import Page
from portal_app.state.payments_desk.words import REASONS, Counts, contract_path, next_try
from portal_app.state.queueing import OPEN, ViewsMixin


@dataclass(frozen=True)
class ArrearsRow:
    """A contract on which something is owed or on hold."""

    id: str
    number: str
    href: str
    what: str
    customer: str
    account: str
    status: str
    tone: str
    owed: str
    since: str
    reason: str
    next_step: str
    held: str

    @classmethod
    def of(cls, row: payments.Arrears) -> "ArrearsRow":
        """Format a contract for the list."""
        return cls(
            id=row.contract.id,
            number=row.contract.number,
            href=contract_path(row.contract),
            what=row.contract.asset,
            customer=row.account_name,
            account=f"Account {row.account_number}",
            status=row.status_label,
            tone=row.status_tone,
            owed=money(row.owed) if row.owed.amount_minor else "Nothing",
            since=short_day(row.since),
            reason=row.reason,
            next_step=next_try(row.retry_on, row.on_hold),
            held=plural(row.on_hold, "payment") + " on hold" if row.on_hold else "",
        )


class ArrearsState(ViewsMixin, PortalState):
    """What is owed on contracts of the brand: saved views, why it failed, and search."""

    rows: list[ArrearsRow] = []
    counts: Counts = Counts()
    _noun = ("contract",)
    _views: ClassVar = (OPEN, *(view.value for view in payments.ArrearsQueue))
    _kinds: ClassVar = tuple(reason for reason, _ in REASONS)

    @rx.event
    @staff
    async def load(self):
        """Fill the list; the address may say why payments failed, or which view is meant."""
        self._empty()
        if (why := self._param("reason")) in self._kinds:
            self.view, self.kind, self.search = OPEN, why, ""
        if (view := self._param("view")) in self._views:
            self.view, self.kind, self.search = view, "", ""
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Show what runs, customers and colleagues have done meanwhile."""
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(ArrearsState.refresh, f"payments:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            payments.arrears, view=self.view, search=self.search, kind=self.kind, after=after
        )
        self.counts = Counts.of(page.counts)
        return Page([ArrearsRow.of(row) for row in page.rows], page.after)
