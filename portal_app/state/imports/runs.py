"""State behind the page from which the website is updated and feeds are brought in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.services import access, branding, imports
from portal_app.services.imports import RunPage, Waiting
from portal_app.state.access import manager
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural
from portal_app.state.imports.words import RunRow, run_row

UPLOAD_FORM = "imports"
_NOTE_LASTS = timedelta(minutes=2)
_MOST_PAGES = 20


@dataclass(frozen=True)
class Overview:
    """What the page shows, as the services say it."""

    waiting: Waiting
    page: RunPage
    publish_at: str


def overview(actor: Actor, *, pages: int) -> Overview:
    """Gather what the page shows."""
    page = imports.runs(actor)
    for _ in range(pages - 1):
        if page.after:
            more = imports.runs(actor, after=page.after)
            page = RunPage((*page.runs, *more.runs), more.after)
    publish_at = branding.settings_of(actor, brand=actor.brand).publish_at
    return Overview(imports.waiting(actor), page, publish_at)


@dataclass(frozen=True)
class ImportsView:
    """The page as it is shown."""

    effect: str = ""
    names: str = ""
    nightly: str = ""
    limit: str = ""
    key: str = ""
    has_waiting: bool = False
    has_more: bool = False

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
            has_waiting=waiting.count > 0,
            has_more=found.page.after != "",
        )


def _effect(count: int) -> str:
    if not count:
        return "No account is waiting: an update would let nobody new in."
    return f"{plural(count, 'account')} became ready and can register after the update."


class ImportsState(FormMixin, PortalState):
    """What updating the website would change, and every run so far (S3-10)."""

    view: ImportsView = ImportsView()
    rows: list[RunRow] = []
    is_loaded: bool = False
    _pages: int = 1

    @rx.event
    @manager
    async def load(self):
        """Fill the page."""
        self.view, self.rows, self.is_loaded = ImportsView(), [], False
        self.problem, self.field_problems, self._pages = "", _refused(self._caller.notes), 1
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
        self._pages = min(self._pages + 1, _MOST_PAGES)
        await self._refresh()

    @rx.event
    @manager
    async def publish(self):
        """Update the website."""
        with self._reporting():
            done = await self._ask(access.publish)
            opened = done.registrable + done.joined
            self._say(f"Updated. {plural(opened, 'account')} opened.")
            await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(overview, pages=self._pages)
            self.rows = [run_row(run) for run in found.page.runs]
            self.view, self.is_loaded = ImportsView.of(found), True
            self._watch(ImportsState.refresh, f"imports:{self._actor.brand}")


def _refused(notes: dict[str, Any]) -> dict[str, str]:
    """Return what was wrong with the upload that was just refused."""
    note = notes.get("note") or {}
    if note.get("form") != UPLOAD_FORM:
        return {}
    is_fresh = clock.now() - datetime.fromisoformat(note["at"]) < _NOTE_LASTS
    return dict(note["fields"]) if is_fresh else {}
