"""State behind what was done about an application, for staff."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import applications
from portal_app.state.access import staff
from portal_app.state.audit import who_did
from portal_app.state.base import PortalState
from portal_app.state.formats import short_moment
from portal_app.state.listing import ListMixin, Page


@dataclass(frozen=True)
class DeedRow:
    """One thing that was done."""

    id: str
    what: str
    about: str
    who: str
    when: str

    @classmethod
    def of(cls, deed: applications.Deed, zone: str) -> "DeedRow":
        """Format one thing for the list."""
        who, when = who_did(deed.who, deed.actor_kind), short_moment(deed.at, zone)
        return cls(deed.id, deed.sentence, deed.about, who, when)


class ApplicationHistoryState(ListMixin, PortalState):
    """Who did what about one application, the newest first."""

    rows: list[DeedRow] = []
    number: str = ""
    _noun = ("entry", "entries")
    _rest = "The audit log holds the rest."

    @rx.event
    @staff
    async def load(self):
        """Show that of the application whose number stands in the address."""
        self._empty()
        self.number = self._param("number")
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Show what was done meanwhile."""
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show older entries as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()

    async def _page(self, after: str) -> Page:
        found = await self._ask(applications.application_history, number=self.number, after=after)
        self._watch(ApplicationHistoryState.refresh, *found.topics, part="history")
        return Page([DeedRow.of(one, found.zone) for one in found.rows], found.after)
