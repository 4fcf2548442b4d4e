"""State behind the page from which the website is updated and feeds are brought in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services import access, branding, imports
from portal_app.services.imports import Waiting
from portal_app.state.access import manager
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural
from portal_app.state.imports.words import RunRow, run_row
from portal_app.state.listing import ListMixin, Page

UPLOAD_FORM = "imports"
_NOTE_LASTS = timedelta(minutes=2)


@dataclass(frozen=True)
class Overview:
    """What the page says above the runs, as the services say it."""

    waiting: Waiting
    publish_at: str


def overview(actor: Actor) -> Overview:
    """Gather what an update would change, and when it happens by itself."""
    publish_at = branding.settings_of(actor, brand=actor.brand).publish_at
    return Overview(imports.waiting(actor), publish_at)


@dataclass(frozen=True)
class ImportsView:
    """The page as it is shown."""

    effect: str = ""
    names: str = ""
    nightly: str = ""
    limit: str = ""
    key: str = ""
    publish_key: str = ""
    has_waiting: bool = False

    @classmethod
    def of(cls, found: Overview) -> "ImportsView":
        """Format what was gathered."""
        waiting = found.waiting
        rest = waiting.count - len(waiting.names)
        names = ", ".join(waiting.names) + (f" and {plural(rest, 'other')}" if rest > 0 else "")
        return cls(
            effect=_effect(waiting.count),
            names=names,
            nightly=f"The same happens by itself every night at {found.publish_at}.",
            limit=f"A zip, or one CSV or JSON Lines file, up to {settings().feed_megabytes} MB.",
            key=load_key(),
            publish_key=load_key(),
            has_waiting=waiting.count > 0,
        )


def _effect(count: int) -> str:
    if not count:
        return "No account is waiting: an update would let nobody new in."
    return f"{plural(count, 'account')} became ready and can register after the update."


class ImportsState(FormMixin, ListMixin, PortalState):
    """What updating the website would change, and every run so far (S3-10)."""

    view: ImportsView = ImportsView()
    rows: list[RunRow] = []
    _noun = ("run",)
    _rest = ""

    @rx.event
    @manager
    async def load(self):
        """Fill the page."""
        self._empty()
        self.view, self.problem = ImportsView(), ""
        self.field_problems = _refused(self._caller.notes)
        await self._refresh()
        if self.field_problems:
            self._focus("errors")

    @rx.event
    @manager
    async def refresh(self):
        """Follow a run that goes on."""
        await self._refresh()

    @rx.event
    @manager
    async def more(self):
        """Show earlier runs as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @manager
    async def publish(self, key: str):
        """Update the website."""
        with self._reporting():
            done = await self._ask(access.publish, key=key)
            opened = done.registrable + done.joined
            self._say(f"Updated. {plural(opened, 'account')} opened.")
            await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            self.view = ImportsView.of(await self._ask(overview))
            await self._read()
            self._watch(ImportsState.refresh, f"imports:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(imports.runs, after=after)
        return Page([run_row(run) for run in page.rows], page.after)


def _refused(notes: dict[str, Any]) -> dict[str, str]:
    """Return what was wrong with the upload that was just refused."""
    note = notes.get("note") or {}
    if note.get("form") != UPLOAD_FORM:
        return {}
    is_fresh = clock.now() - datetime.fromisoformat(note["at"]) < _NOTE_LASTS
    return dict(note["fields"]) if is_fresh else {}
