"""State behind the list of a customer's cases (S1-14, S1-15, S1-21)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.core import entries
from portal_app.services import cases, households
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.cases.words import PATH
from portal_app.state.formats import short_moment
from portal_app.state.identity.contexts import ContextMixin
from portal_app.state.listing import ListMixin, Page

_ALL = cases.ListView.ALL.value


@dataclass(frozen=True)
class CaseEntry:
    """A case in the list."""

    number: str
    href: str
    title: str
    meta: str
    status: str
    tone: str

    @classmethod
    def of(cls, row: cases.CaseRow, page: cases.CasePage, reader: str) -> "CaseEntry":
        """Format a case for the list; whose it is goes without saying where there is one person."""
        parts = [row.number, f"changed {short_moment(row.changed_at, page.zone)}"]
        if page.has_households:
            own = row.consumer_id == reader
            parts.insert(1, "for you" if own else f"for {row.consumer_name}")
        if page.has_households and row.household_name:
            parts.insert(2, row.household_name)
        return cls(
            number=row.number,
            href=f"{PATH}/{row.number}",
            title=row.subject,
            meta=" · ".join(parts),
            status=row.look.label,
            tone=row.look.tone,
        )


class CasesState(ListMixin, ContextMixin, PortalState):
    """The cases that a customer may see, in one of three views."""

    rows: list[CaseEntry] = []
    view: str = _ALL
    search: str = ""
    status: str = ""
    action_needed: str = ""
    may_choose: bool = False
    about: str = ""
    _noun = ("case",)

    @rx.event
    @consumer
    async def load(self):
        """Open the list; the address may name a view, and whom or what to look for."""
        self._empty()
        self.action_needed, self.may_choose = "", False
        self.view = self._known(self._param("view"))
        self.search, self.status = entries.words(self._param("search")), ""
        with self._opening():
            await self._take_up(self._param("about"))
        await self._refresh()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._refresh()

    @rx.event
    @consumer
    async def show(self, view: str):
        """Change between all, my own and what waits for me."""
        self.view, self._pages = self._known(view), 1
        await self._refresh()

    @rx.event
    @consumer
    async def look_for(self, words: str):
        """Show only the cases in which these words stand."""
        self.search, self._pages = entries.words(words), 1
        await self._refresh()

    @rx.event
    @consumer
    async def pick(self, status: str):
        """Show only the cases that stand like this; "" for all."""
        self.status, self._pages = status if status in tuple(cases.CaseState) else "", 1
        await self._refresh()

    @rx.event
    @consumer
    async def more(self):
        """Add the cases that come next."""
        with self._opening():
            await self._read_on()

    @staticmethod
    def _known(view: object) -> str:
        return str(view) if view in tuple(cases.ListView) else _ALL

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()

    async def _page(self, after: str) -> Page:
        context = await self._ask(households.context_of, key=self._caller.context)
        self.about = context.name if context else ""
        page = await self._ask(
            cases.cases_of,
            view=self.view,
            search=self.search,
            state=self.status,
            whom=context.key if context else "",
            after=after,
        )
        waiting = dict(page.counts)[cases.ListView.ACTION_NEEDED.value]
        self.action_needed, self.may_choose = str(waiting or ""), page.may_choose
        self._watch(CasesState.refresh, *page.topics, f"user:{self._actor.user_id}")
        return Page(
            [CaseEntry.of(row, page, self._actor.person_id) for row in page.rows], page.after
        )
