"""State behind the staff page of letters and texts."""

from dataclasses import dataclass

import reflex as rx

from portal_app.core import entries
from portal_app.core.settings import settings
from portal_app.services import notifications
from portal_app.services.notifications import Outbox, OutboxLine, SentMessage
from portal_app.state.access import manager
from portal_app.state.base import PortalState
from portal_app.state.formats import moment, short_moment
from portal_app.state.listing import ListMixin, Page

PATH = "/staff/outbox"
_STATES = {
    "queued": ("Waiting", "info"),
    "sent": ("Sent", "good"),
    "failed": ("Not sent", "bad"),
    "suppressed": ("Held back", "warn"),
}
_CHANNELS = {"email": "Email", "text": "Text message"}


@dataclass(frozen=True)
class MessageRow:
    """One letter or text in the list."""

    id: str
    href: str
    recipient: str
    about: str
    channel: str
    status: str
    tone: str
    when: str

    @classmethod
    def of(cls, line: OutboxLine) -> "MessageRow":
        """Format a message for the list."""
        status, tone = _STATES[line.state.value]
        return cls(
            id=line.id,
            href=f"{PATH}?open={line.id}",
            recipient=line.recipient or "Nobody",
            about=line.subject or _words(line.topic),
            channel=_CHANNELS[line.channel.value],
            status=status,
            tone=tone,
            when=short_moment(line.created_at, settings().timezone),
        )


def _words(topic: str) -> str:
    """Return a topic as words, for texts, which have no subject: "Sign-in: code"."""
    domain, _, what = topic.partition(".")
    name = {"identity": "Sign-in"}.get(domain, domain.capitalize())
    return f"{name}: {what.replace('_', ' ')}" if what else name


@dataclass(frozen=True)
class MessageSheet:
    """One message, opened; empty while none is."""

    id: str = ""
    title: str = ""
    sub: str = ""
    status: str = ""
    tone: str = ""
    fault: str = ""
    sent: str = ""
    text: str = ""
    html: str = ""
    is_hidden: bool = False

    @classmethod
    def of(cls, message: SentMessage) -> "MessageSheet":
        """Format an opened message."""
        line, row, zone = message.line, MessageRow.of(message.line), settings().timezone
        return cls(
            id=line.id,
            title=row.about,
            sub=f"{row.channel} to {row.recipient}, written {moment(line.created_at, zone)}",
            status=row.status,
            tone=row.tone,
            fault=line.error,
            sent=moment(line.sent_at, zone) if line.sent_at else "",
            text=message.text,
            html=message.html,
            is_hidden=message.is_hidden,
        )


@dataclass(frozen=True)
class Counts:
    """How many messages stand where."""

    all: str = ""
    queued: str = ""
    failed: str = ""
    suppressed: str = ""

    @classmethod
    def of(cls, outbox: Outbox) -> "Counts":
        """Format the counts."""
        known = {state.value: f"{count:,}" for state, count in outbox.counts.items()}
        total = sum(outbox.counts.values())
        return cls(
            f"{total:,}" if total else "",
            *(known.get(name, "") for name in ("queued", "failed", "suppressed")),
        )


class OutboxState(ListMixin, PortalState):
    """What was sent to customers: by state, by recipient, and one message in a sheet."""

    rows: list[MessageRow] = []
    counts: Counts = Counts()
    show: str = ""
    search: str = ""
    sheet: MessageSheet = MessageSheet()
    _noun = ("message",)

    @rx.event
    @manager
    async def load(self):
        """Fill the list, and open the message that the address names."""
        self.sheet = MessageSheet()
        await self._refresh()
        await self._open(self._param("open"))

    @rx.event
    @manager
    async def refresh(self):
        """Show what was sent meanwhile."""
        await self._refresh()
        await self._open(self.sheet.id)

    @rx.event
    @manager
    async def pick(self, state: str):
        """Show the messages of one state."""
        self.show, self._pages = state if state in tuple(_STATES) else "", 1
        await self._refresh()

    @rx.event
    @manager
    async def look_for(self, recipient: str):
        """Show only what went to addresses or numbers that begin so."""
        self.search, self._pages = entries.words(recipient), 1
        await self._refresh()

    @rx.event
    @manager
    async def more(self):
        """Show older messages as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @manager
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the sheet; the address forgets it."""
        if is_open:
            return None
        self.sheet = MessageSheet()
        return self._go(PATH)

    async def _open(self, message_id: str) -> None:
        if message_id:
            with self._opening():
                found = await self._ask(notifications.message, message_id=message_id)
                self.sheet = MessageSheet.of(found)

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(OutboxState.refresh, f"outbox:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            notifications.outbox, state=self.show, recipient=self.search, after=after
        )
        self.counts = Counts.of(page)
        return Page([MessageRow.of(line) for line in page.rows], page.after)
