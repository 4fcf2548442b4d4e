"""State behind the invoices: the list, and one invoice."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.core import entries
from portal_app.services import billing
from portal_app.services.billing import Settled
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.billing.words import InvoiceEntry
from portal_app.state.formats import day, money, plural

A_PAGE = 20
MOST_ROWS = 500


class InvoiceListState(PortalState):
    """The invoices, as far as they have been read (S3-03)."""

    rows: list[InvoiceEntry] = []
    status: str = "all"
    search: str = ""
    found: str = ""
    further: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _after: str = ""

    @rx.event
    @consumer
    async def load(self):
        """Open the list at its newest."""
        self.rows, self.status, self.search, self.is_loaded = [], "all", "", False
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._read()

    @rx.event
    @consumer
    async def show(self, status: str):
        """Change between open, paid and all."""
        self.rows = []
        self.status = status if status in list(Settled) else Settled.ALL.value
        await self._read()

    @rx.event
    @consumer
    async def look_for(self, words: str):
        """Show only the invoices in whose numbers these words stand."""
        self.rows, self.search = [], entries.words(words)
        await self._read()

    @rx.event
    @consumer
    async def show_more(self):
        """Add the rows that come next."""
        with self._opening():
            page = await self._page(after=self._after, size=A_PAGE)
            self._show(page, [*self.rows, *map(InvoiceEntry.of, page.rows)])

    async def _read(self) -> None:
        with self._opening():
            page = await self._page(after="", size=max(A_PAGE, len(self.rows)))
            self._show(page, [*map(InvoiceEntry.of, page.rows)])
            self._watch(InvoiceListState.refresh, f"account:{self._account}")

    async def _page(self, *, after: str, size: int) -> billing.InvoicePage:
        return await self._ask(
            billing.invoice_list,
            account=self._account,
            status=self.status,
            search=self.search,
            after=after,
            size=size,
        )

    def _show(self, page: billing.InvoicePage, rows: list[InvoiceEntry]) -> None:
        self.rows, self._after, self.is_loaded = rows, page.after, True
        self.has_more = bool(page.after) and len(rows) < MOST_ROWS
        self.found = f"{plural(len(rows), 'invoice')} shown"
        back_to = page.searched_back_to
        self.further = f"We have looked back to {day(back_to)}." if back_to else ""


@dataclass(frozen=True)
class ChargeEntry:
    """One line of an invoice."""

    key: str
    description: str
    quantity: str
    unit_price: str
    amount: str


@dataclass(frozen=True)
class InvoiceView:
    """The page of an invoice; empty until it is loaded."""

    entry: InvoiceEntry = field(default_factory=InvoiceEntry)
    issued_on: str = ""
    due_on: str = ""
    store: str = ""
    store_phone: str = ""
    store_email: str = ""
    charges: list[ChargeEntry] = field(default_factory=list)

    @classmethod
    def of(cls, found: billing.InvoiceDetail) -> "InvoiceView":
        """Format an invoice for display."""
        return cls(
            entry=InvoiceEntry.of(found.row),
            issued_on=day(found.row.issued_on),
            due_on=day(found.row.due_on),
            store=found.store.name,
            store_phone=found.store.phone,
            store_email=found.store.email,
            charges=[
                ChargeEntry(
                    str(place),
                    item.description,
                    item.quantity,
                    "" if item.unit_price is None else money(item.unit_price),
                    money(item.amount),
                )
                for place, item in enumerate(found.items)
            ],
        )


class InvoiceState(PortalState):
    """The invoice whose page is open."""

    view: InvoiceView = InvoiceView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Open the invoice that the address names."""
        self.view, self.is_loaded = InvoiceView(), False
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(billing.invoice_detail, number=self._param("number"))
            self.view, self.is_loaded = InvoiceView.of(found), True
            self._watch(InvoiceState.refresh, f"account:{found.account.id}")
