"""State behind the people of a customer: who is invited, and inviting them."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote

import reflex as rx

from portal_app.services import invitations
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.invitations.people_views import InvitingView, PersonRow


class PeopleState(FormMixin, PortalState):
    """The people of the customer whose page is open (S0-08, S0-09)."""

    _part: ClassVar[str] = "people"
    rows: list[PersonRow] = []
    has_more: bool = False
    search: str = ""
    sheet: InvitingView = InvitingView()
    link: str = ""
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the people, and open the one that the address names."""
        self.rows, self.sheet, self.link, self.is_loaded = [], InvitingView(), "", False
        self.search, self.problem, self.field_problems = "", "", {}
        await self._refresh()
        if person := self._param("person"):
            await self._open(person)

    @rx.event
    @staff
    async def refresh(self):
        """Follow what has changed, without touching what is being typed."""
        key = self.sheet.key
        await self._refresh()
        await self._open(self.sheet.person, key=key)

    @rx.event
    @staff
    async def look_for(self, words: str):
        """Show only the people who are looked for."""
        self.search = words[:80] if isinstance(words, str) else ""
        await self._refresh()

    @rx.event
    @staff
    async def open(self, person: str):
        """Open one person on the right."""
        self.link, self.problem, self.field_problems = "", "", {}
        await self._open(person if isinstance(person, str) else "")

    @rx.event
    @staff
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the sheet, and forget the link that it showed."""
        if not is_open:
            self.sheet, self.link, self.problem, self.field_problems = InvitingView(), "", "", {}
            if self._param("person"):
                return self._go(f"/staff/customers/{quote(self._param('number'), safe='')}")
        return None

    @rx.event
    @staff
    async def request_verification(self, form: dict[str, Any]):
        """Mail the link."""
        told_them = "Sent. Their link works for seven days."
        await self._carry_out(invitations.request_verification, form, told_them)

    @rx.event
    @staff
    async def verify_and_invite(self, form: dict[str, Any]):
        """Write down how they were verified, and mail the link."""
        note = {"note": self._text(form, "note")}
        told_them = "Noted and sent. Their link works for seven days."
        await self._carry_out(invitations.verify_and_invite, form, told_them, **note)

    @rx.event
    @staff
    async def copy_link(self, form: dict[str, Any]):
        """Make a link to hand over, and show it once."""
        made = await self._carry_out(invitations.copy_link, form, "The link is ready to copy.")
        self.link = made if isinstance(made, str) else ""

    @rx.event
    @staff
    async def revoke(self, form: dict[str, Any]):
        """Take the link back."""
        await self._carry_out(invitations.revoke, form, "Taken back. The link says so.")

    @rx.event
    @staff
    async def set_aside(self, form: dict[str, Any]):
        """Note that no new link is sent."""
        await self._carry_out(invitations.set_renewal_aside, form, "Set aside.")

    async def _carry_out(self, command: Any, form: Any, said: str, **more: str) -> Any:
        """Do one thing for the person whom the form names, and show what became of it."""
        answer, self.link = None, ""
        with self._reporting():
            answer = await self._ask(
                command,
                account=self._param("number"),
                person=self._text(form, "person"),
                key=self._text(form, "key"),
                **more,
            )
            self._say(said)
            await self._refresh()
            await self._open(self._text(form, "person"))
        return answer

    async def _open(self, person: str, *, key: str = "") -> None:
        if not person:
            return
        with self._opening():
            found = await self._ask(
                invitations.inviting, account=self._param("number"), person=person
            )
            view = InvitingView.of(found)
            # A click that was made before the page followed still carries the key that it saw.
            self.sheet = replace(view, key=key) if key else view

    async def _refresh(self) -> None:
        number = self._param("number")
        with self._opening():
            found = await self._ask(invitations.people, account=number, search=self.search)
            self.rows = [PersonRow.of(person, found.zone) for person in found.rows]
            self.has_more, self.is_loaded = found.has_more, True
            self._watch(PeopleState.refresh, f"account:{found.account_id}")
