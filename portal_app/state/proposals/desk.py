"""State behind the documents and the communication log of an application, for staff."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import proposals, uploads
from portal_app.state.access import staff
from portal_app.state.applications.words import address
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.files import FileRow, UploadRules
from portal_app.state.proposals.words import AskedRow, PaperRow, asked_again
from portal_app.state.talk import Talk


@dataclass(frozen=True)
class PapersView:
    """The documents of an application; empty until loaded."""

    number: str = ""
    archive: str = ""
    key: str = ""
    is_ended: bool = False
    imported: list[PaperRow] = field(default_factory=list)
    attached: list[PaperRow] = field(default_factory=list)
    # Those that staff attached, for the uploader.
    files: list[FileRow] = field(default_factory=list)
    asked: list[AskedRow] = field(default_factory=list)
    rules: UploadRules = field(default_factory=UploadRules)

    @classmethod
    def of(cls, found: proposals.DocumentDesk) -> "PapersView":
        """Format them for staff."""
        has_any = any(one.is_ready for one in (*found.imported, *found.attached))
        return cls(
            number=found.number,
            archive=address("/files/applications", found.number) if has_any else "",
            key=load_key(),
            is_ended=found.is_ended,
            imported=[PaperRow.of(one, found.zone) for one in found.imported],
            attached=[PaperRow.of(one, found.zone) for one in found.attached],
            files=[FileRow.of(one, found.zone, for_staff=True) for one in found.attached],
            asked=[AskedRow.of(one, for_staff=True) for one in found.asked],
            rules=UploadRules.of(proposals.DOCUMENT),
        )


class ApplicationPapersState(FormMixin, PortalState):
    """What customers sent, what staff attached, and what was asked for."""

    view: PapersView = PapersView()
    label: str = ""
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show those of the application whose number stands in the address."""
        self.view, self.is_loaded, self.label = PapersView(), False, ""
        self.problem, self.field_problems = "", {}
        await self._read(self._param("number"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what has come meanwhile, and say what has to come anew."""
        before = self.view.asked
        await self._read(self.view.number)
        for one in asked_again(before, self.view.asked):
            self._say(f"{one.label} has been asked for again: the file did not pass the check.")

    @rx.event
    @staff
    async def choose(self, label: str):
        """Say what the documents are that are attached next."""
        self.label = label if label in proposals.LABELS else ""

    @rx.event
    @staff
    async def show(self, document: str):
        """Let customers see a document."""
        await self._show(document, "Customers see it now.", is_visible=True)

    @rx.event
    @staff
    async def hide(self, document: str):
        """Take a document out of customers' sight."""
        await self._show(document, "Customers see it no more.", is_visible=False)

    @rx.event
    @staff
    async def ask_for(self, form: dict[str, Any]):
        """Ask for a document; the customers are told."""
        with self._reporting():
            given = {name: self._text(form, name) for name in ("number", "label", "key")}
            await self._ask(proposals.ask_for, **given)
            self._say("Asked for. The customers have been told.")
        await self._read(self.view.number)

    @rx.event
    @staff
    async def accept(self, request: str):
        """Accept a document that was asked for."""
        await self._decide(request, "", "Accepted.", is_accepted=True)

    @rx.event
    @staff
    async def turn_down(self, form: dict[str, Any]):
        """Turn a document down, saying why."""
        request, why = self._text(form, "request"), self._text(form, "reason")
        await self._decide(request, why, "Turned down. They have been told.", is_accepted=False)

    @rx.event
    @staff
    async def withdraw(self, request: str):
        """Need a document no more."""
        with self._reporting():
            await self._ask(proposals.withdraw_ask, request=request, key=load_key())
            self._say("Taken off the list.")
        await self._read(self.view.number)

    async def _show(self, document: str, told: str, *, is_visible: bool) -> None:
        with self._reporting():
            key = load_key()
            await self._ask(uploads.show, document=document, is_visible=is_visible, key=key)
            self._say(told)
        await self._read(self.view.number)

    async def _decide(self, request: str, why: str, told: str, *, is_accepted: bool) -> None:
        given = {"is_accepted": is_accepted, "reason": why, "key": load_key()}
        with self._reporting():
            await self._ask(proposals.decide, request=request, **given)
            self._say(told)
        await self._read(self.view.number)

    async def _read(self, number: str) -> None:
        with self._opening():
            found = await self._ask(proposals.application_files, number=number)
            self.view, self.is_loaded = PapersView.of(found), True
            self._watch(ApplicationPapersState.refresh, *found.topics, part="papers")


@dataclass(frozen=True)
class LogView:
    """The communication log; empty until loaded."""

    number: str = ""
    key: str = ""
    note: str = ""
    is_ended: bool = False
    said: list[Talk] = field(default_factory=list)

    @classmethod
    def of(cls, found: proposals.Log, key: str) -> "LogView":
        """Format it for staff."""
        private = " They do not read one another's messages." if not found.is_shared else ""
        return cls(
            number=found.number,
            key=key,
            note=f"Everybody who is let into this application reads what you write.{private}",
            is_ended=found.is_ended,
            said=[Talk.of(one, found.zone) for one in found.said],
        )


class ApplicationLogState(FormMixin, PortalState):
    """What customers and staff wrote to one another about an application (S4-24)."""

    view: LogView = LogView()
    older: list[Talk] = []
    earlier: str = ""
    is_loaded: bool = False
    _begins_at: str = ""

    @rx.event
    @staff
    async def load(self):
        """Show that of the application whose number stands in the address."""
        self.view, self.older, self.is_loaded = LogView(), [], False
        self.earlier, self._begins_at, self.problem, self.field_problems = "", "", "", {}
        with self._opening():
            await self._read(self._param("number"), load_key())

    @rx.event
    @staff
    async def refresh(self):
        """Show what was written meanwhile; what is being typed stays."""
        with self._opening():
            await self._read(self.view.number, self.view.key)

    @rx.event
    @staff
    async def send(self, form: dict[str, Any]):
        """Write to the customers."""
        with self._reporting():
            given = {name: self._text(form, name) for name in ("number", "words", "key")}
            await self._ask(proposals.send_message, **given)
            await self._read(given["number"], load_key())
            self._say("Sent. The customers have been told.")

    @rx.event
    @staff
    async def show_earlier(self):
        """Show what was said before."""
        with self._opening():
            if self.earlier:
                found = await self._ask(
                    proposals.communication_log, number=self.view.number, before=self.earlier
                )
                said = [Talk.of(one, found.zone) for one in found.said]
                self.older, self.earlier = [*said, *self.older], found.earlier

    async def _read(self, number: str, key: str) -> None:
        found = await self._ask(proposals.communication_log, number=number)
        self.view, self.is_loaded = LogView.of(found, key), True
        if found.earlier != self._begins_at:
            self.older, self.earlier, self._begins_at = [], found.earlier, found.earlier
        self._watch(ApplicationLogState.refresh, *found.topics, part="log")
