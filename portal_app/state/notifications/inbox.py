"""State behind the page of a customer's notifications."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import notifications
from portal_app.services.notifications import Notice
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.formats import plural, short_moment
from portal_app.state.listing import ListMixin, Page


@dataclass(frozen=True)
class NoticeRow:
    """One notification in the list."""

    id: str
    title: str
    body: str
    href: str
    when: str
    is_new: bool

    @classmethod
    def of(cls, notice: Notice, zone: str) -> "NoticeRow":
        """Format a notification for the list."""
        return cls(
            id=notice.id,
            title=notice.title,
            body=notice.body,
            href=notice.link,
            when=short_moment(notice.created_at, zone),
            is_new=not notice.is_read,
        )


class InboxState(ListMixin, PortalState):
    """What this person was told, newest first."""

    rows: list[NoticeRow] = []
    unread: str = ""
    _noun = ("message",)
    _rest = ""

    @rx.event
    @consumer
    async def load(self):
        """Fill the list."""
        self._empty()
        self.unread = ""
        await self._refresh()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has come meanwhile."""
        await self._refresh()

    @rx.event
    @consumer
    async def more(self):
        """Show older ones as well."""
        with self._opening():
            await self._read_on()

    @rx.event
    @consumer
    async def mark_read(self, notification_id: str):
        """Mark one as read."""
        with self._opening():
            await self._ask(notifications.mark_read, notification_id=notification_id)
            await self._refresh()

    @rx.event
    @consumer
    async def mark_all_read(self):
        """Mark all as read."""
        with self._opening():
            await self._ask(notifications.mark_all_read)
            await self._refresh()
            self._say("All are marked as read.")

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(InboxState.refresh, f"person:{self._actor.person_id}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(notifications.inbox, after=after)
        self.unread = plural(page.unread, "new message") if page.unread else ""
        return Page(
            [NoticeRow.of(notice, self._zone_of_reader) for notice in page.rows], page.after
        )
