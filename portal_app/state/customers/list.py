"""State behind the list of customers."""

from dataclasses import dataclass
from urllib.parse import quote

import reflex as rx

from portal_app.core import entries
from portal_app.services import access
from portal_app.services.access import CustomerRow as Row
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.customers.words import STATES
from portal_app.state.listing import ListMixin, Page


@dataclass(frozen=True)
class CustomerLine:
    """One customer, as the table shows them."""

    number: str
    name: str
    href: str
    owner: str
    phone: str
    email: str
    label: str
    tone: str
    by: str

    @classmethod
    def of(cls, row: Row) -> "CustomerLine":
        """Format one customer."""
        label, tone = STATES.get(row.state, (row.state, "neutral"))
        href = f"/staff/customers/{quote(row.number, safe='')}"
        if row.by.person_id:
            href += f"?person={row.by.person_id}"
        if row.has_service_contracts and row.state == "not_ready":
            label, tone = "By invitation", "info"
        found_by = f"Found by: {row.by.words}" if row.by.words else ""
        return cls(
            row.number, row.name, href, row.owner, row.phone, row.email, label, tone, found_by
        )


class CustomersState(ListMixin, PortalState):
    """Customers of the brand, by name."""

    rows: list[CustomerLine] = []
    search: str = ""
    view: str = ""
    _noun = ("customer",)

    @rx.event
    @staff
    async def load(self):
        """Show the first page."""
        self._empty()
        self.search, self.view = "", ""
        await self._refresh()

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only who is looked for."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @staff
    async def look_at(self, view: str):
        """Show only customers in one state."""
        self.view, self._pages = view if view in tuple(STATES) else "", 1
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show the next customers as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()

    async def _page(self, after: str) -> Page:
        page = await self._ask(access.customers, search=self.search, state=self.view, after=after)
        return Page([CustomerLine.of(row) for row in page.rows], page.after)
