"""State behind the audit log."""

import json
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import ActorKind
from portal_app.core.settings import settings
from portal_app.services import audit
from portal_app.services.audit import Entry
from portal_app.state.access import admin
from portal_app.state.base import PortalState
from portal_app.state.formats import plural, short_moment
from portal_app.state.listing import ListMixin, Page

_KINDS = {
    "session": "Sign-ins",
    "user": "Users",
    "staff": "Staff",
    "registration": "Registration",
    "account": "Accounts",
    "invitation": "Invitations",
    "application": "Applications",
    "rental_request": "Rental requests",
    "document": "Documents",
    "feed": "Feeds",
    "settings": "Settings",
    "help": "Help pages",
    "job": "Background jobs",
    "access": "Refusals",
}
KINDS = (("", "Everything"), *_KINDS.items())


@dataclass(frozen=True)
class EntryRow:
    """One thing that was done."""

    seq: str
    what: str
    about: str
    who: str
    when: str
    ip: str
    detail: str

    @classmethod
    def of(cls, entry: Entry) -> "EntryRow":
        """Format an entry for the list."""
        return cls(
            seq=str(entry.seq),
            what=entry.sentence,
            about=_about(entry),
            who=who_did(entry.who, entry.actor_kind),
            when=short_moment(entry.at, settings().timezone),
            ip=entry.ip,
            detail=", ".join(
                f"{key.replace('_', ' ')} {_plain(value)}"
                for key, value in entry.detail.items()
                if key != "number"
            ),
        )


class AuditState(ListMixin, PortalState):
    """Who did what in the brand, and whether the account of it is whole."""

    rows: list[EntryRow] = []
    kind: str = ""
    verdict: str = ""
    verdict_tone: str = ""
    _noun = ("entry", "entries")
    _rest = "Choose one kind to see more of it."

    @rx.event
    @admin
    async def load(self):
        """Fill the list."""
        self._empty()
        self.verdict = ""
        await self._refresh()

    @rx.event
    @admin
    async def pick(self, kind: str):
        """Show only what was done to one kind of thing."""
        self.kind, self._pages = kind if kind in tuple(_KINDS) else "", 1
        await self._refresh()

    @rx.event
    @admin
    async def more(self):
        """Show older entries as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @admin
    async def verify(self):
        """Follow the whole trail and say whether it is as it was written."""
        with self._opening():
            report = await self._ask(audit.verify)
            self.verdict = f"{report.sentence} {plural(report.length, 'entry', 'entries')}."
            self.verdict_tone = "good" if report.is_whole else "bad"

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()

    async def _page(self, after: str) -> Page:
        page = await self._ask(audit.history, action=self.kind, after=after)
        return Page([EntryRow.of(entry) for entry in page.rows], page.after)


def who_did(name: str, kind: str) -> str:
    """Say who did something; somebody who came by a link proved no more than that."""
    if not name:
        return "Nobody signed in"
    return f"{name}, by their link" if kind == ActorKind.GUEST else name


def _about(entry: Entry) -> str:
    """Return what was touched: its number if it has one, else the end of its id."""
    number = entry.detail.get("number") or entry.object_id.rpartition("-")[2]
    return f"{entry.object_type.replace('_', ' ')} {number}".strip()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
