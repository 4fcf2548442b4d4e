"""State behind one message that the operator words: write, look, try, publish (S2-13 to S2-15)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app import wiring
from portal_app.core.errors import Invalid, PortalError
from portal_app.services import notifications, templates
from portal_app.state.access import manager
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.templates.list import address_of, kind_in
from portal_app.state.templates.views import (
    NEW,
    TagChip,
    TemplateForm,
    TemplateView,
    VersionRow,
    chips,
    version_rows,
)


@dataclass(frozen=True)
class PreviewView:
    """The message as a persona gets it; `fault` says why it cannot be shown."""

    subject: str = ""
    text: str = ""
    html: str = ""
    sms: str = ""
    fault: str = ""


class TemplateState(FormMixin, PortalState):
    """One kind of message: its words, its tags, its versions, and how it looks."""

    view: TemplateView = TemplateView()
    form: TemplateForm = TemplateForm()
    tags: list[TagChip] = []
    versions: list[VersionRow] = []
    preview: PreviewView = PreviewView()
    persona: str = "usual"
    is_sure: bool = False
    is_loaded: bool = False
    _typed: dict[str, str] = {}

    @rx.event
    @manager
    async def load(self):
        """Open the message that the address names."""
        self.view, self.form, self.tags, self.versions = TemplateView(), TemplateForm(), [], []
        self.preview, self.persona, self.is_loaded = PreviewView(), "usual", False
        self.is_sure = False
        self.problem, self.field_problems = "", {}
        await self._open()

    @rx.event
    @manager
    async def refresh(self):
        """Show what a colleague has changed; what is being typed stays."""
        with self._opening():
            self._show(await self._find())

    @rx.event
    @manager
    async def typed(self, form: dict[str, Any]):
        """Let the preview follow what is being written."""
        self._typed = {name: self._text(form, name) for name in ("subject", "text", "sms")}
        await self._look()

    @rx.event
    @manager
    async def show_for(self, persona: str):
        """Show the message as somebody else gets it."""
        self.persona = persona if persona in list(templates.PERSONAS) else "usual"
        await self._look()

    @rx.event
    @manager
    async def save(self, form: dict[str, Any]):
        """Keep the words as a draft; a new template has its own address from then on."""
        with self._reporting():
            template = await self._ask(
                templates.save_draft,
                **self._words(form),
                template=self._text(form, "template"),
                name=self._text(form, "name"),
                version=self._version(form),
                key=self._text(form, "key"),
            )
            self._say("Draft saved. Nothing is sent with it until you publish it.")
            if self.view.is_named:
                self._send("assign", url=address_of(self.form.kind, template))
            else:
                await self._open()

    @rx.event
    @manager
    async def publish(self, key: str):
        """Send the draft's words from now on."""
        await self._act(templates.publish, key, "Published. The next message says this.")

    @rx.event
    @manager
    async def withdraw(self, key: str):
        """Send the portal's own words again."""
        await self._act(templates.withdraw, key, "Withdrawn. It is sent no more.")

    @rx.event
    @manager
    async def bring_back(self, number: str, key: str):
        """Take up an older version again, as a draft."""
        with self._reporting():
            await self._ask(
                templates.bring_back,
                template=self.form.template,
                number=int(number) if str(number).isdecimal() else 0,
                version=int(self.form.version),
                key=key,
            )
            self._say("It is the draft now. Publish it to send it.")
            await self._open()

    @rx.event
    @manager
    async def try_out(self, key: str):
        """Send the words that stand in the form to oneself."""
        with self._reporting():
            address = await self._ask(
                notifications.send_trial,
                **self._words(self._typed),
                persona=self.persona,
                key=key,
            )
            self.form = self.form.tried()
            self._say(f"On its way to {address}.")

    async def _act(self, command: Any, key: str, words: str) -> None:
        with self._reporting():
            await self._ask(
                command,
                template=self.form.template,
                version=int(self.form.version),
                key=key,
            )
            self._say(words)
            await self._open()
        self.is_sure = self._actor.is_stepped_up

    def _words(self, form: Any) -> dict[str, str]:
        names = ("subject", "text", "sms")
        return {"kind": self.form.kind} | {name: self._text(form, name) for name in names}

    async def _find(self) -> templates.Opened:
        kind, template = kind_in(self._param("kind")), self._param("template")
        wanted = "" if template == NEW else template
        return await self._ask(templates.opened, kind=kind, template=wanted)

    def _show(self, found: templates.Opened) -> None:
        is_new = self._param("template") == NEW and found.kind.has_choice
        self.view = TemplateView.of(found, is_new=is_new)
        self.versions = [] if is_new else version_rows(found, self._zone_of_reader)

    async def _open(self) -> None:
        with self._opening():
            found = await self._find()
            self._show(found)
            self.form, self.tags = TemplateForm.of(found), chips(found.kind)
            if self.view.is_named:
                self.form = self.form.anew()
            words = found.wording
            self._typed = {"subject": words.subject, "text": words.text, "sms": words.sms}
            await self._look()
            self.is_sure, self.is_loaded = self._actor.is_stepped_up, True
            self._watch(TemplateState.refresh, f"templates:{self._actor.brand}")

    async def _look(self) -> None:
        try:
            seen = await self._ask(
                notifications.preview,
                **self._words(self._typed),
                persona=self.persona,
                letters=wiring.letters(),
            )
        except Invalid as refusal:
            self.preview = PreviewView(fault=" ".join(refusal.fields.values()))
            return
        except PortalError as refusal:
            self.preview = PreviewView(fault=refusal.message)
            return
        self.preview = PreviewView(seen.subject, seen.text, seen.html, seen.sms)
