"""State behind the page of a customer's notifications."""

from dataclasses import dataclass

import reflex as rx

from portal_app.core.settings import settings
from portal_app.services import notifications
from portal_app.services.notifications import Notice
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.formats import plural, short_moment

_MOST_PAGES = 20


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
    def of(cls, notice: Notice) -> "NoticeRow":
        """Format a notification for the list."""
        return cls(
            id=notice.id,
            title=notice.title,
            body=notice.body,
            href=notice.link,
            when=short_moment(notice.created_at, settings().timezone),
            is_new=not notice.is_read,
        )


class InboxState(PortalState):
    """What this person was told, newest first."""

    rows: list[NoticeRow] = []
    unread: str = ""
    has_more: bool = False
    is_loaded: bool = False
    _pages: int = 1

    @rx.event
    @consumer
    async def load(self):
        """Fill the list."""
        self.rows, self.unread, self.is_loaded, self._pages = [], "", False, 1
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
        self._pages = min(self._pages + 1, _MOST_PAGES)
        await self._refresh()

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
            rows, after, unread = [], "", 0
            for _ in range(self._pages):
                page = await self._ask(notifications.inbox, after=after)
                rows, unread = [*rows, *map(NoticeRow.of, page.notices)], page.unread
                if not (after := page.more):
                    break
            self.rows, self.has_more, self.is_loaded = rows, bool(after), True
            self.unread = f"{plural(unread, 'new message')}" if unread else ""
            self._watch(InboxState.refresh, f"person:{self._actor.person_id}")
