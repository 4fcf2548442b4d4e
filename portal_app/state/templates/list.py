"""State behind the list of messages that the operator may word."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import templates
from portal_app.services.wording import plural
from portal_app.state.access import manager
from portal_app.state.base import PortalState

PAGE = "/staff/settings/email-templates"


@dataclass(frozen=True)
class KindRow:
    """A kind of message, or one more set of words for it."""

    key: str
    name: str
    about: str
    ways: str
    status: str
    tone: str
    href: str


class TemplatesState(PortalState):
    """Every kind of message with whose words are sent."""

    rows: list[KindRow] = []
    summary: str = ""
    is_loaded: bool = False

    @rx.event
    @manager
    async def load(self):
        """Fill the list."""
        self.rows, self.summary, self.is_loaded = [], "", False
        await self._refresh()

    @rx.event
    @manager
    async def refresh(self):
        """Show what a colleague has changed."""
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(templates.kinds)
            self.rows = [_row(line, sheet) for line in found for sheet in line.sheets]
            self.summary, self.is_loaded = f"{plural(len(self.rows), 'message')} shown", True
            self._watch(TemplatesState.refresh, f"templates:{self._actor.brand}")


def address_of(kind: str, template: str = "") -> str:
    """Return where a template is changed; a kind's dot stands as a dash there."""
    more = f"?template={template}" if template else ""
    return f"{PAGE}/{kind.replace('.', '-')}{more}"


def kind_in(part: str) -> str:
    """Return the kind that a part of an address names."""
    return part.replace("-", ".")


def status_of(sheet: templates.Sheet) -> tuple[str, str]:
    """Return in words what is sent now, and its tone."""
    if sheet.has_draft:
        return ("Draft waits, version in force" if sheet.published else "Draft waits"), "warn"
    if sheet.published:
        return f"Your words, version {sheet.published}", "good"
    return ("The portal’s words" if sheet.is_standard else "Not offered"), "neutral"


def _row(line: templates.Line, sheet: templates.Sheet) -> KindRow:
    kind = line.kind
    status, tone = status_of(sheet)
    ways = {(True, True): "Email and text", (True, False): "Email", (False, True): "Text"}
    name = kind.name if sheet.is_standard else f"{kind.name}: {sheet.name}"
    href = address_of(kind.key, "" if sheet.is_standard else sheet.id)
    way = ways[kind.has_letter, kind.has_text]
    return KindRow(f"{kind.key} {sheet.id}", name, kind.when, way, status, tone, href)
