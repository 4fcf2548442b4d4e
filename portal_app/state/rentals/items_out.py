"""State behind the page of what is on rent."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.core import entries
from portal_app.services import rentals
from portal_app.state.access import rental_customer
from portal_app.state.base import PortalState
from portal_app.state.formats import short_day
from portal_app.state.listing import ListMixin, Page
from portal_app.state.rentals.words import local_day, path_to

_DUE = {"overdue": ("Overdue", "bad"), "today": ("Due today", "warn")}


@dataclass(frozen=True)
class RequestChip:
    """An open request, as its line mentions it."""

    number: str
    label: str
    tone: str
    href: str


@dataclass(frozen=True)
class ItemRow:
    """A line that is on rent, as the table shows it."""

    line_id: str
    item: str
    contract: str
    contract_href: str
    quantity: str
    since: str
    due: str
    status: str
    tone: str
    site: str
    off_rent_href: str
    requests: list[RequestChip] = field(default_factory=list)

    @classmethod
    def of(cls, item: rentals.ItemOut, *, may_request: bool) -> "ItemRow":
        """Format a line for display."""
        status, tone = _DUE.get(item.due, ("On rent", "info"))
        can_ask = may_request and item.available > 0
        return cls(
            line_id=item.line_id,
            item=item.description,
            contract=item.contract_number,
            contract_href=path_to("contracts", item.contract_number),
            quantity=f"{item.quantity_out:,}",
            since=short_day(local_day(item.out_at, item.zone)),
            due=short_day(local_day(item.due_back_at, item.zone)),
            status=status,
            tone=tone,
            site=item.site,
            off_rent_href=f"/items-out/{item.line_id}/off-rent" if can_ask else "",
            requests=[_chip(link) for link in item.requests],
        )


def _chip(link: rentals.RequestLink) -> RequestChip:
    label = f"{link.quantity:,} called off: {link.look.label.lower()}"
    return RequestChip(link.number, label, link.look.tone, f"/requests/{link.number}")


class ItemsOutState(ListMixin, PortalState):
    """What the account has on rent, across contracts (S3-24)."""

    rows: list[ItemRow] = []
    search: str = ""
    may_request: bool = True
    _noun = ("line",)

    @rx.event
    @rental_customer
    async def load(self):
        """Fill the page for the chosen account."""
        self._empty()
        self.search = ""
        await self._refresh()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    @rx.event
    @rental_customer
    async def look_for(self, words: str):
        """Show only the lines that hold these words."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @rental_customer
    async def more(self):
        """Show the next lines as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            topics = f"account:{self._account}", f"settings:{self._actor.brand}"
            self._watch(ItemsOutState.refresh, *topics)

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            rentals.items_out, account=self._account, search=self.search, after=after
        )
        self.may_request = page.may_request
        rows = [ItemRow.of(item, may_request=page.may_request) for item in page.rows]
        return Page(rows, page.after)
