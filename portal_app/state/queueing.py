"""What every queue of the staff's shares: saved views, kinds, words, and one thing in a sheet."""

from typing import Any, ClassVar

import reflex as rx

from portal_app.core import entries
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.listing import ListMixin

OPEN = "open"


class ViewsMixin(ListMixin, PortalState, mixin=True):
    """A list of the staff's that saved views, kinds and words narrow.

    A list says which views and kinds it knows, and fills itself in `_refresh`.
    """

    view: str = OPEN
    search: str = ""
    kind: str = ""
    # Tuples, not sets: what is asked for may be of any type, even one that no set can look up.
    _views: ClassVar[tuple[str, ...]] = (OPEN,)
    _kinds: ClassVar[tuple[str, ...]] = ()

    @rx.event
    @staff
    async def pick_view(self, view: str):
        """Show one of the saved views."""
        self.view, self._pages = view if view in self._views else OPEN, 1
        await self._refresh()

    @rx.event
    @staff
    async def pick_kind(self, kind: str):
        """Show only one kind, or all of them."""
        self.kind, self._pages = kind if kind in self._kinds else "", 1
        await self._refresh()

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only what holds these words."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @staff
    async def clear(self):
        """Take every filter off."""
        self.view, self.kind, self.search, self._pages = OPEN, "", "", 1
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show the next ones as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        raise NotImplementedError


class QueueMixin(FormMixin, ViewsMixin, PortalState, mixin=True):
    """Things that wait for staff. A queue says where it is, what it knows and how it is read.

    It declares `sheet` with what an unopened one shows, and gives its rows in `_page`.
    """

    _path: ClassVar[str] = ""
    _topic: ClassVar[str] = ""
    _closed: ClassVar[Any] = None

    async def _sheet(self, number: str) -> Any:
        """Return what the sheet shows of one thing."""
        raise NotImplementedError

    @rx.event
    @staff
    async def load(self):
        """Fill the queue, and open what the address names."""
        self._close()
        await self._refresh()
        with self._opening():
            await self._open(self._param("open"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what customers and colleagues have done meanwhile."""
        await self._refresh()
        with self._opening():
            await self._open(self.sheet.number)

    @rx.event
    @staff
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the sheet; the address forgets it."""
        if not is_open:
            self._close()
            return self._go(self._path)
        return None

    def _close(self) -> None:
        self.sheet, self.problem, self.field_problems = self._closed, "", {}

    async def _open(self, number: str) -> None:
        if number:
            self.sheet = await self._sheet(number)

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(type(self).refresh, f"{self._topic}:{self._actor.brand}")

    def _entered(self, form: Any, *fields: str) -> dict[str, str]:
        """Return what a decision's form holds, with the number and the key that each carries."""
        return {name: self._text(form, name) for name in ("number", "key", *fields)}

    async def _show_outcome(self, words: str) -> None:
        """Say what was decided, and show what is open and what waits now."""
        self._say(words)
        await self._refresh()
        await self._open(self.sheet.number)
