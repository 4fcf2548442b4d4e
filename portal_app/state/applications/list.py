"""State behind the staff's list of applications."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal_app.services import applications
from portal_app.state.access import staff
from portal_app.state.applications.words import DESK, address
from portal_app.state.base import PortalState
from portal_app.state.formats import plural, short_day, short_moment
from portal_app.state.listing import Page
from portal_app.state.queueing import OPEN, ViewsMixin


@dataclass(frozen=True)
class ApplicationLine:
    """An application in the list."""

    number: str
    href: str
    kind: str
    parties: str
    stage: str
    status: str
    tone: str
    introduced: str

    @classmethod
    def of(cls, row: applications.ApplicationRow) -> "ApplicationLine":
        """Format one application."""
        status, tone = look(row)
        return cls(
            number=row.number,
            href=address(DESK, row.number),
            kind=row.kind,
            parties=", ".join(row.parties),
            stage=row.stage,
            status=status,
            tone=tone,
            introduced=short_day(row.introduced_on),
        )


def look(row: applications.ApplicationRow) -> tuple[str, str]:
    """Say how far the customers are."""
    if row.is_ended:
        return "Ended", "neutral"
    if row.submitted_at is not None:
        return "Handed in", "good"
    if row.invited:
        return f"{plural(row.invited, 'person', 'people')} let in", "info"
    return "Nobody let in yet", "neutral"


@dataclass(frozen=True)
class WishRow:
    """Somebody who asks for a new link to an application."""

    href: str
    person: str
    meta: str

    @classmethod
    def of(cls, wish: applications.Wish) -> "WishRow":
        """Format one wish; it leads to where a new link is made."""
        return cls(
            href=f"{address(DESK, wish.number)}?section=contacts&tab=centre",
            person=wish.person,
            meta=f"{wish.kind} application {wish.number}"
            f" · asked {short_moment(wish.asked_at, wish.zone)}",
        )


@dataclass(frozen=True)
class ViewCounts:
    """How many stand in each saved view."""

    open: str = ""
    asking: str = ""
    submitted: str = ""
    ended: str = ""
    all: str = ""


class ApplicationsState(ViewsMixin, PortalState):
    """The brand's applications, the newest first."""

    rows: list[ApplicationLine] = []
    counts: ViewCounts = ViewCounts()
    _noun = ("application",)
    _views: ClassVar = tuple(view.value for view in applications.View)

    @rx.event
    @staff
    async def load(self):
        """Fill the list; the address may name a view."""
        self._empty()
        self.counts, self.kind, self.search = ViewCounts(), "", ""
        asked = self._param("view")
        self.view = asked if asked in self._views else OPEN
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(ApplicationsState.refresh, f"applications:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(
            applications.applications, view=self.view, search=self.search, after=after
        )
        most = applications.MOST_COUNTED
        self.counts = ViewCounts(**{n: f"{c}+" if c >= most else str(c) for n, c in page.counts})
        return Page([ApplicationLine.of(row) for row in page.rows], page.after)
