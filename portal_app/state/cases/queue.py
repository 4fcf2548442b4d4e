"""State behind the staff's queue of cases and the sheet of one of them."""

from typing import Any, ClassVar

import reflex as rx

from portal_app.services import cases, uploads
from portal_app.state.access import staff
from portal_app.state.base import PortalState, load_key
from portal_app.state.cases.queue_views import PATH, CaseCounts, CaseLine, CaseSheet
from portal_app.state.cases.words import Talk, renamed, talk
from portal_app.state.listing import Page
from portal_app.state.queueing import QueueMixin

_TOLD = "Sent. The customer has been told."


class CaseQueueState(QueueMixin, PortalState):
    """The cases of the brand: saved views, search, and one open in a sheet."""

    rows: list[CaseLine] = []
    counts: CaseCounts = CaseCounts()
    sheet: CaseSheet = CaseSheet()
    older: list[Talk] = []
    earlier: str = ""
    # What a template has put into the reply; the field is drawn anew for each.
    draft: str = ""
    draft_key: str = ""
    _is_done: bool = False
    _begins_at: str = ""
    _noun = ("case",)
    _views: ClassVar = tuple(view.value for view in cases.QueueView)
    _kinds: ClassVar = tuple(key.value for key in cases.CasePriority)
    _path: ClassVar = PATH
    _topic: ClassVar = "cases"
    _closed: ClassVar = CaseSheet()

    @rx.event
    @staff
    async def reply(self, form: dict[str, Any]):
        """Write to the customer."""
        await self._decide(cases.add_comment, form, _TOLD, "words")

    @rx.event
    @staff
    async def ask(self, form: dict[str, Any]):
        """Ask the customer something, and wait for the answer."""
        await self._decide(cases.request_info, form, _TOLD, words="ask_words")

    @rx.event
    @staff
    async def note(self, form: dict[str, Any]):
        """Write a note that only staff read."""
        await self._decide(
            cases.add_note, form, "Noted. Only staff can read it.", words="note_words"
        )

    @rx.event
    @staff
    async def propose(self, form: dict[str, Any]):
        """Propose a solution."""
        told = "Proposed. The customer accepts or rejects it."
        await self._decide(cases.propose_solution, form, told, "resolution", "notes")

    @rx.event
    @staff
    async def take_up(self, form: dict[str, Any]):
        """Begin with the case, or go on without waiting."""
        await self._decide(cases.take_up, form, "Open. It is our turn.")

    @rx.event
    @staff
    async def assign(self, form: dict[str, Any]):
        """Give the case to a colleague."""
        await self._decide(cases.assign, form, "Given.", "user")

    @rx.event
    @staff
    async def take(self, form: dict[str, Any]):
        """Work on the case oneself."""
        given = self._entered(form) | {"user": self._actor.user_id}
        await self._decide(cases.assign, given, "It is yours.", "user")

    @rx.event
    @staff
    async def prioritise(self, form: dict[str, Any]):
        """Say how soon it has to be answered."""
        await self._decide(cases.set_priority, form, "Changed.", "priority")

    @rx.event
    @staff
    async def merge(self, form: dict[str, Any]):
        """Close the case in favour of another about the same."""
        await self._decide(cases.merge, form, "Merged. The customer has been told.", "into")

    @rx.event
    @staff
    async def end(self, form: dict[str, Any]):
        """Close the case."""
        await self._decide(cases.close_case, form, "Closed. The customer has been told.", "reason")

    @rx.event
    @staff
    async def begin_reply(self, number: str):
        """Let the customer see that somebody writes, when one begins to."""
        with self._reporting():
            await self._ask(cases.begin_reply, number=number)

    @rx.event
    @staff
    async def use_template(self, template: str):
        """Put the words of a template into the reply."""
        with self._reporting():
            known = await self._ask(cases.templates)
            self.draft = next((one.body for one in known if one.id == template), "")
            self.draft_key = load_key()

    @rx.event
    @staff
    async def show_earlier(self):
        """Show what was said before."""
        with self._opening():
            if self.earlier:
                found = await self._ask(
                    cases.queue_item, number=self.sheet.number, before=self.earlier
                )
                self.older, self.earlier = [*talk(found), *self.older], found.earlier

    async def _decide(
        self, command: Any, form: Any, told: str, *fields: str, words: str = ""
    ) -> None:
        """Carry out one thing; the fields are emptied once it was.

        Several forms take words: `words` is the name of this one's field.
        """
        with self._reporting():
            given = self._entered(form, *fields)
            with renamed("words", words or "words"):
                if words:
                    given["words"] = self._text(form, words)
                await self._ask(command, **given)
            self._is_done, self.draft, self.draft_key = True, "", load_key()
            await self._show_outcome(told)

    async def _sheet(self, number: str) -> CaseSheet:
        is_same = number == self.sheet.number and not self._is_done
        self._is_done = False
        if number != self.sheet.number:
            self.older, self.earlier, self._begins_at = [], "", ""
            self.draft, self.draft_key = "", load_key()
        found = await self._ask(cases.queue_item, number=number)
        if found.earlier != self._begins_at:
            # What is shown last begins elsewhere now: nothing may be missing in between.
            self.older, self.earlier, self._begins_at = [], found.earlier, found.earlier
        # Notes and steps touch the queue; only files have a topic of their own.
        files = uploads.topic_of(cases.ATTACHMENT.owner_type, found.row.id)
        self._watch(CaseQueueState.refresh, f"{self._topic}:{self._actor.brand}", files)
        return CaseSheet.of(
            found,
            key=self.sheet.key if is_same else load_key(),
            colleagues=await self._ask(cases.colleagues),
            templates=await self._ask(cases.templates),
        )

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            cases.queue, view=self.view, search=self.search, kind=self.kind, after=after
        )
        self.counts = CaseCounts.of(page)
        return Page([CaseLine.of(row, page.zone) for row in page.rows], page.after)
