"""State behind the staff's page of an application."""

from typing import Any

import reflex as rx

from portal_app.services import applications
from portal_app.state.access import staff
from portal_app.state.applications.desk_views import DeskView
from portal_app.state.applications.history import ApplicationHistoryState
from portal_app.state.applications.letters import LetterForm
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural

SECTIONS = ("details", "contacts")
TABS = ("people", "centre")


class ApplicationDeskState(FormMixin, PortalState):
    """One application: what is applied for, who is party, and the Customer Centre (S2-11)."""

    view: DeskView = DeskView()
    section: str = "details"
    tab: str = "people"
    letter: LetterForm = LetterForm()
    link: str = ""
    link_for: str = ""
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the application whose number stands in the address, at the section it names."""
        self.view, self.letter, self.link, self.link_for = DeskView(), LetterForm(), "", ""
        self.problem, self.field_problems, self.is_loaded = "", {}, False
        self.section = self._param("section") or "details"
        self.tab = "centre" if self._param("tab") == "centre" else "people"
        await self._refresh()
        return self._read_section()

    @rx.event
    @staff
    async def refresh(self):
        """Follow what customers and colleagues do, without touching what is being typed."""
        await self._refresh()

    @rx.event
    @staff
    async def pick_section(self, section: str):
        """Show another part of the page."""
        self.section = section if isinstance(section, str) else "details"
        return self._read_section()

    @rx.event
    @staff
    async def pick_tab(self, tab: str):
        """Show the people, or the Customer Centre."""
        self.tab = tab if tab in TABS else "people"

    @rx.event
    @staff
    async def set_access(self, party: str, is_on: bool):  # noqa: FBT001 - what the box becomes
        """Let somebody in, or shut them out at once."""
        told = "Let in. Send them their link." if is_on else "Shut out. Their link is worthless."
        await self._do(applications.set_access, told, party=party, is_on=is_on)

    @rx.event
    @staff
    async def copy_link(self, party: str):
        """Make a link without sending anything, and put it on the clipboard."""
        self.link, self.link_for = "", ""
        with self._reporting():
            key = load_key()
            found = await self._ask(
                applications.copy_access_link, number=self.view.number, party=party, key=key
            )
            await self._refresh()
            self.link, self.link_for = found, self._name_of(party)
            self._send("copy", text=found)

    @rx.event
    @staff
    async def forget_link(self):
        """Put the link away that was shown."""
        self.link, self.link_for = "", ""

    @rx.event
    @staff
    async def set_aside(self, party: str):
        """Note that no new link is sent."""
        await self._do(applications.set_wish_aside, "Set aside.", party=party)

    @rx.event
    @staff
    async def share(self, form: str, is_on: bool):  # noqa: FBT001 - what the box becomes
        """Make a form available, or put it away."""
        told = "Available now." if is_on else "Put away. What was answered is kept."
        await self._do(applications.share_form, told, form=form, is_on=is_on)

    @rx.event
    @staff
    async def set_sharing(self, mode: str):
        """Choose who sees whose answers."""
        await self._do(applications.set_sharing, "Changed.", mode=mode)

    @rx.event
    @staff
    async def reopen(self, form: str):
        """Let customers change what they handed in."""
        await self._do(applications.reopen, "Open again.", form=form)

    @rx.event
    @staff
    async def write(self):
        """Begin a letter to those who can be invited."""
        with self._reporting():
            words = await self._ask(applications.invitation_words, number=self.view.number)
            self.letter = LetterForm.begun(words)

    @rx.event
    @staff
    async def use_template(self, template: str):
        """Begin again with the words of another template."""
        with self._reporting():
            words = await self._ask(applications.invitation_words, number=self.view.number)
            self.letter = LetterForm.begun(words, str(template)[:40])

    @rx.event
    @staff
    async def close_letter(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Put the letter away."""
        if not is_open:
            self.letter, self.problem, self.field_problems = LetterForm(), "", {}

    @rx.event
    @staff
    async def preview(self, form: dict[str, Any]):
        """Show what the first of its readers will see, before anything is sent."""
        with self._reporting():
            chosen = self._chosen(form)
            shown = await self._ask(
                applications.invitation_preview,
                number=self.view.number,
                parties=chosen,
                subject=self._text(form, "subject"),
                text=self._text(form, "text"),
            )
            self.letter = self.letter.checked(shown, chosen)

    @rx.event
    @staff
    async def change_letter(self):
        """Go back to the words."""
        self.letter = self.letter.to_mend()

    @rx.event
    @staff
    async def send(self):
        """Send everybody their letter, as it was looked at."""
        with self._reporting():
            letter = self.letter
            count = await self._ask(
                applications.send_invitations,
                number=self.view.number,
                parties=letter.chosen,
                subject=letter.subject,
                text=letter.text,
                key=letter.key,
            )
            self.letter = LetterForm()
            self._say(f"{plural(count, 'invitation')} on the way. Each link works for seven days.")
            await self._refresh()
        if self.field_problems:
            self.letter = self.letter.to_mend()

    def _read_section(self) -> Any:
        """Read what only this part of the page shows: few people open it."""
        return ApplicationHistoryState.load if self.section == "history" else None

    def _chosen(self, form: Any) -> list[str]:
        return [one.value for one in self.view.invitable if self._text(form, f"to-{one.value}")]

    def _name_of(self, party: str) -> str:
        return next((one.name for one in self.view.parties if one.id == party), "")

    async def _do(self, command: Any, told: str, **given: Any) -> None:
        """Carry out one thing about this application, and show what became of it."""
        with self._reporting():
            await self._ask(command, number=self.view.number, key=load_key(), **given)
            self._say(told)
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            number = self.view.number or self._param("number")
            found = await self._ask(applications.application_desk, number=number)
            self.view, self.is_loaded = DeskView.of(found), True
            topics = applications.topic_of(found.id), applications.answers_topic(found.id)
            self._watch(ApplicationDeskState.refresh, *topics)
