"""State behind the list of customers."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import access
from portal_app.services.access import CustomerRow as Row
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.customers.words import STATES
from portal_app.state.formats import plural

_MOST_PAGES = 20


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

    @classmethod
    def of(cls, row: Row) -> "CustomerLine":
        """Format one customer."""
        label, tone = STATES.get(row.state, (row.state, "neutral"))
        href = f"/staff/customers/{row.number}"
        return cls(row.number, row.name, href, row.owner, row.phone, row.email, label, tone)


class CustomersState(PortalState):
    """Customers of the brand, by name."""

    rows: list[CustomerLine] = []
    has_rows: bool = False
    search: str = ""
    view: str = ""
    after: str = ""
    summary: str = ""
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the first page."""
        self.rows, self.after, self.summary, self.is_loaded = [], "", "", False
        self.search, self.view = "", ""
        await self._show("")

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only who is looked for."""
        self.search = words[:80] if isinstance(words, str) else ""
        await self._show("")

    @rx.event
    @staff
    async def look_at(self, view: str):
        """Show only customers in one state."""
        self.view = view if isinstance(view, str) and view in STATES else ""
        await self._show("")

    @rx.event
    @staff
    async def more(self):
        """Show the next customers as well."""
        await self._show(self.after)

    async def _show(self, after: str) -> None:
        with self._opening():
            page = await self._ask(
                access.customers, search=self.search, state=self.view, after=after
            )
            lines = [CustomerLine.of(row) for row in page.rows]
            earlier = self.rows[: _MOST_PAGES * 20] if after else []
            self.rows, self.after = [*earlier, *lines], page.after
            self.has_rows, self.is_loaded = bool(self.rows), True
            self.summary = f"{plural(len(self.rows), 'customer')} shown"
