"""What every list shares: it is read page by page, and again as far down as it was shown."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from portal_app.state.formats import plural

MOST_ROWS = 500
"""Rows that one tab holds; a search or another view leads to the rest."""


@dataclass(frozen=True)
class Page:
    """Rows as they are shown, where the next ones begin ("" at the end), and how far one looked."""

    rows: list[Any]
    after: str = ""
    further: str = ""


class ListMixin(rx.State, mixin=True):
    """Rows as far as somebody has read them; a list says in `_page` where they come from."""

    rows: list[Any] = []
    found: str = ""
    further: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _noun: tuple[str, ...] = ("row",)
    _rest: ClassVar[str] = "Search to find the others."
    _after: str = ""
    _pages: int = 1

    async def _page(self, after: str) -> Page:
        """Ask for the rows that come after `after`; "" asks for the first."""
        raise NotImplementedError

    def _empty(self) -> None:
        """Show nothing yet: the list is being opened."""
        self.rows, self.found, self.further = [], "", ""
        self.has_more, self.is_loaded, self._pages = False, False, 1

    async def _read(self) -> None:
        """Read the list from its beginning, as far down as it was shown."""
        page = await self._page("")
        rows = page.rows
        for _ in range(1, self._pages):
            if page.after:
                page = await self._page(page.after)
                rows = [*rows, *page.rows]
        self._hold(rows, page)

    async def _read_on(self) -> None:
        """Read the page that comes next as well."""
        if self.has_more:
            page = await self._page(self._after)
            self._pages += 1
            self._hold([*self.rows, *page.rows], page)

    def _hold(self, rows: list[Any], page: Page) -> None:
        self.rows, self._after, self.is_loaded = rows, page.after, True
        is_full = len(rows) >= MOST_ROWS
        self.has_more = bool(page.after) and not is_full
        self.found = f"{plural(len(rows), *self._noun)} shown"
        left_out = f"These are the first {len(rows):,}. {self._rest}" if is_full else ""
        self.further = page.further or (left_out.strip() if page.after else "")
