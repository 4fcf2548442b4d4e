"""State behind the logo; the form itself posts, because it carries a file (S4-06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal_app.state.base import PortalState
from portal_app.state.identity.notes import note_for
from portal_app.state.looks.parts import APPLIED, PartMixin

LOGO_FORM = "logo"


@dataclass(frozen=True)
class LogoView:
    """The logo in force; `address` is empty while there is none."""

    address: str = ""
    alt: str = ""


class LogoState(PartMixin, PortalState):
    """The picture at the top of every page."""

    logo: LogoView = LogoView()
    _which = "logo"

    def _empty(self) -> None:
        self.logo = LogoView()
        note = note_for(self._caller, LOGO_FORM)
        self.field_problems = dict(note.fields)
        self.problem = note.problem
        if note.fields or note.problem:
            self._focus("errors")
        elif note.has_note:
            self._say(APPLIED)

    async def _take(self, content: Mapping[str, Any]) -> None:
        fingerprint = str(content.get("fingerprint", ""))
        address = f"/branding/logo?v={fingerprint[:12]}" if fingerprint else ""
        self.logo = LogoView(address, str(content.get("alt", "")))
