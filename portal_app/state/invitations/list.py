"""State behind the list of every invitation."""

from dataclasses import dataclass
from urllib.parse import quote

import reflex as rx

from portal_app.services import invitations
from portal_app.services.invitations import InvitationRow as Row
from portal_app.services.invitations import View
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.invitations.words import ASKS, NOT_INVITED, STATES, since, told
from portal_app.state.listing import ListMixin, Page


@dataclass(frozen=True)
class InvitationEntry:
    """One invitation, as the table shows it."""

    id: str
    person: str
    customer: str
    href: str
    label: str
    tone: str
    made: str
    since: str

    @classmethod
    def of(cls, row: Row) -> "InvitationEntry":
        """Format one invitation; who asks for a new link stands out."""
        label, tone = ASKS if row.line.asked_at else STATES.get(row.line.state, NOT_INVITED)
        made = told(row.line, row.zone)
        return cls(
            id=row.line.id,
            person=row.person,
            customer=f"{row.account}, account {row.account_number}",
            href=f"/staff/customers/{quote(row.account_number, safe='')}?person={row.person_id}",
            label=label,
            tone=tone,
            made=made[:1].upper() + made[1:],
            since=since(row.line, row.zone),
        )


class InvitationsState(ListMixin, PortalState):
    """Every invitation of the brand, newest first."""

    rows: list[InvitationEntry] = []
    view: str = View.ALL.value
    _noun = ("invitation",)
    _rest = "Look at another view to find the others."

    @rx.event
    @staff
    async def load(self):
        """Show the first page; the address may name a view."""
        self._empty()
        asked = self._param("view")
        self.view = asked if asked in list(View) else View.ALL.value
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Follow what has changed, as far down as it was read."""
        await self._refresh()

    @rx.event
    @staff
    async def look_at(self, view: str):
        """Show only invitations that stand in one way."""
        self.view, self._pages = (view if view in list(View) else View.ALL.value), 1
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show the next ones as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(InvitationsState.refresh, f"invitations:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(invitations.invitations, view=self.view, after=after)
        return Page([InvitationEntry.of(row) for row in page.rows], page.after)
