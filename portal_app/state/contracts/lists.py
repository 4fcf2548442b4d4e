"""State behind the lists of contracts, quotes and reservations."""

import reflex as rx

from portal_app.core import entries
from portal_app.services import contracts
from portal_app.services.contracts import Shelf
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.contracts.words import ContractEntry
from portal_app.state.formats import day, plural

A_PAGE = 20
MOST_ROWS = 500
"""Rows that one tab holds; a search or the other order leads to the rest."""
_NOUNS = {Shelf.QUOTES: "quote", Shelf.RESERVATIONS: "reservation"}


class ContractListState(PortalState):
    """One of the lists, as far as it has been read (S3-03, S3-21)."""

    rows: list[ContractEntry] = []
    shelf: str = "current"
    order: str = "newest"
    search: str = ""
    found: str = ""
    further: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _after: str = ""

    @rx.event
    @consumer
    async def load(self):
        """Open the list of contracts in force."""
        await self._open(Shelf.CURRENT)

    @rx.event
    @consumer
    async def load_quotes(self):
        """Open the list of quotes."""
        await self._open(Shelf.QUOTES)

    @rx.event
    @consumer
    async def load_reservations(self):
        """Open the list of reservations."""
        await self._open(Shelf.RESERVATIONS)

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._read()

    @rx.event
    @consumer
    async def show(self, shelf: str):
        """Change between current, ended and all."""
        self.rows = []
        self.shelf = shelf if shelf in list(Shelf) else Shelf.CURRENT.value
        await self._read()

    @rx.event
    @consumer
    async def look_for(self, words: str):
        """Show only the contracts in which these words stand."""
        self.rows, self.search = [], entries.words(words)
        await self._read()

    @rx.event
    @consumer
    async def sort(self, order: str):
        """Put the newest or the oldest first."""
        self.rows = []
        self.order = "oldest" if order == "oldest" else "newest"
        await self._read()

    @rx.event
    @consumer
    async def show_more(self):
        """Add the rows that come next."""
        with self._opening():
            page = await self._page(after=self._after, size=A_PAGE)
            self._show(page, [*self.rows, *map(ContractEntry.of, page.rows)])

    async def _open(self, shelf: Shelf) -> None:
        self.rows, self.is_loaded = [], False
        self.shelf, self.search, self.order = shelf.value, "", "newest"
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            page = await self._page(after="", size=max(A_PAGE, len(self.rows)))
            self._show(page, [*map(ContractEntry.of, page.rows)])
            self._watch(ContractListState.refresh, f"account:{self._account}")

    async def _page(self, *, after: str, size: int) -> contracts.ContractPage:
        return await self._ask(
            contracts.contract_list,
            account=self._account,
            shelf=self.shelf,
            search=self.search,
            oldest_first=self.order == "oldest",
            after=after,
            size=size,
        )

    def _show(self, page: contracts.ContractPage, rows: list[ContractEntry]) -> None:
        self.rows, self._after, self.is_loaded = rows, page.after, True
        self.has_more = bool(page.after) and len(rows) < MOST_ROWS
        self.found = f"{plural(len(rows), _NOUNS.get(Shelf(self.shelf), 'contract'))} shown"
        self.further = _further(page, self.order, is_full=len(rows) >= MOST_ROWS)


def _further(page: contracts.ContractPage, order: str, *, is_full: bool) -> str:
    if page.searched_back_to:
        way = "up to" if order == "oldest" else "back to"
        return f"We have looked {way} {day(page.searched_back_to)}."
    if page.after and is_full:
        return f"These are the first {MOST_ROWS}. Search to find the others."
    return ""
