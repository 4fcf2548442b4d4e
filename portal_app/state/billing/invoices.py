"""State behind the invoices: the list, and one invoice."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.core import entries
from portal_app.services import billing
from portal_app.services.billing import Settled
from portal_app.state.access import rental_customer
from portal_app.state.base import PortalState
from portal_app.state.billing.words import InvoiceEntry
from portal_app.state.formats import day, money
from portal_app.state.listing import ListMixin, Page


class InvoiceListState(ListMixin, PortalState):
    """The invoices, as far as they have been read (S3-03)."""

    rows: list[InvoiceEntry] = []
    status: str = "all"
    search: str = ""
    _noun = ("invoice",)

    @rx.event
    @rental_customer
    async def load(self):
        """Open the list at its newest."""
        self._empty()
        self.status, self.search = "all", ""
        await self._refresh()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._refresh()

    @rx.event
    @rental_customer
    async def show(self, status: str):
        """Change between open, paid and all."""
        self.status, self._pages = status if status in list(Settled) else Settled.ALL.value, 1
        await self._refresh()

    @rx.event
    @rental_customer
    async def look_for(self, words: str):
        """Show only the invoices in whose numbers these words stand."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @rental_customer
    async def more(self):
        """Add the rows that come next."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(InvoiceListState.refresh, f"account:{self._account}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            billing.invoice_list,
            account=self._account,
            status=self.status,
            search=self.search,
            after=after,
        )
        back_to = page.searched_back_to
        further = f"We have looked back to {day(back_to)}." if back_to else ""
        return Page([InvoiceEntry.of(row) for row in page.rows], page.after, further)


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
    @rental_customer
    async def load(self):
        """Open the invoice that the address names."""
        self.view, self.is_loaded = InvoiceView(), False
        await self._read()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(billing.invoice_detail, number=self._param("number"))
            self.view, self.is_loaded = InvoiceView.of(found), True
            self._watch(InvoiceState.refresh, f"account:{found.account.id}")
