"""State behind the lists of contracts, quotes and reservations."""

from typing import Any

import reflex as rx

from portal_app.core import entries
from portal_app.core.actor import Actor
from portal_app.services import contracts, licensing
from portal_app.services.contracts import Shelf
from portal_app.state.access import contract_customer, rental_customer
from portal_app.state.base import PortalState
from portal_app.state.contracts.words import ContractEntry, grouped
from portal_app.state.formats import day
from portal_app.state.listing import ListMixin, Page

_NOUNS = {Shelf.QUOTES: "quote", Shelf.RESERVATIONS: "reservation"}


def held(actor: Actor, *, account: str, **asked: Any) -> contracts.ContractPage:
    """Return a page of contracts; of rentals only while they are licensed (S3-04)."""
    with_rentals = licensing.has_module("rental")
    return contracts.contract_list(actor, account=account, with_rentals=with_rentals, **asked)


class ContractListState(ListMixin, PortalState):
    """One of the lists, as far as it has been read (S3-03, S3-21)."""

    rows: list[ContractEntry] = []
    shelf: str = "current"
    order: str = "newest"
    search: str = ""

    @rx.event
    @contract_customer
    async def load(self):
        """Open the list of contracts in force."""
        self._turn_to(Shelf.CURRENT)
        await self._refresh()

    @rx.event
    @rental_customer
    async def load_quotes(self):
        """Open the list of quotes."""
        self._turn_to(Shelf.QUOTES)
        await self._refresh()

    @rx.event
    @rental_customer
    async def load_reservations(self):
        """Open the list of reservations."""
        self._turn_to(Shelf.RESERVATIONS)
        await self._refresh()

    @rx.event
    @contract_customer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._refresh()

    @rx.event
    @contract_customer
    async def show(self, shelf: str):
        """Change between current, ended and all."""
        self.shelf, self._pages = shelf if shelf in list(Shelf) else Shelf.CURRENT.value, 1
        await self._refresh()

    @rx.event
    @contract_customer
    async def look_for(self, words: str):
        """Show only the contracts in which these words stand."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @contract_customer
    async def sort(self, order: str):
        """Put the newest or the oldest first."""
        self.order, self._pages = "oldest" if order == "oldest" else "newest", 1
        await self._refresh()

    @rx.event
    @contract_customer
    async def more(self):
        """Add the rows that come next."""
        with self._opening():
            await self._read_on()

    def _turn_to(self, shelf: Shelf) -> None:
        self._empty()
        self.shelf, self.search, self.order = shelf.value, "", "newest"

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(ContractListState.refresh, f"account:{self._account}")

    def _hold(self, rows: list[ContractEntry], page: Page) -> None:
        super()._hold(grouped(rows), page)

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            held,
            account=self._account,
            shelf=self.shelf,
            search=self.search,
            oldest_first=self.order == "oldest",
            after=after,
        )
        self._noun = (_NOUNS.get(Shelf(self.shelf), "contract"),)
        way = "up to" if self.order == "oldest" else "back to"
        seen = page.searched_back_to
        further = f"We have looked {way} {day(seen)}." if seen else ""
        return Page([ContractEntry.of(row) for row in page.rows], page.after, further)
