"""State behind the statements: the list, the choice of a day, and one statement."""

from typing import Any

import reflex as rx

from portal_app.core.errors import Invalid
from portal_app.services import billing
from portal_app.state.access import rental_customer
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.billing.words import StatementEntry, StatementView
from portal_app.state.listing import ListMixin, Page


class StatementDayState(FormMixin, PortalState):
    """The small form that chooses the day of a statement (S3-20)."""

    @rx.event
    @rental_customer
    async def choose(self, form: dict[str, Any]):
        """Go to the statement for the day that was chosen."""
        with self._reporting():
            asked = self._text(form, "as_of")
            day = await self._ask(billing.statement_day, account=self._account, as_of=asked)
            return self._go(f"/statements/{day.isoformat()}")


class StatementMailState(FormMixin, PortalState):
    """Sending the open statement by mail."""

    @rx.event
    @rental_customer
    async def send(self, key: str):
        """Send the statement that is open to the caller's own address."""
        with self._reporting():
            day, account = self._param("date"), self._account
            address = await self._ask(billing.mail_statement, account=account, as_of=day, key=key)
            self._say(f"We have sent this statement to {address}.")


async def clear_forms(state: PortalState) -> None:
    """Take old refusals off the forms when a page with them is opened."""
    for kind in (StatementDayState, StatementMailState):
        form = await state.get_state(kind)
        form.problem, form.field_problems = "", {}


class StatementListState(ListMixin, PortalState):
    """The month ends for which there is a statement (S3-03)."""

    rows: list[StatementEntry] = []
    today: str = ""
    _noun = ("statement",)
    _rest = "Choose a day to see an earlier one."

    @rx.event
    @rental_customer
    async def load(self):
        """Open the list at its newest."""
        self._empty()
        await clear_forms(self)
        await self._refresh()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile, as far down as it was read."""
        await self._refresh()

    @rx.event
    @rental_customer
    async def more(self):
        """Add the statements of the months before."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(StatementListState.refresh, f"account:{self._account}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(billing.statement_list, account=self._account, after=after)
        self.today = page.today.isoformat()
        return Page([StatementEntry.of(row, self._account) for row in page.rows], page.after)


class StatementState(PortalState):
    """The statement whose page is open."""

    view: StatementView = StatementView()
    problem: str = ""
    today: str = ""
    is_loaded: bool = False

    @rx.event
    @rental_customer
    async def load(self):
        """Open the statement for the day that the address names."""
        self.view, self.problem, self.is_loaded = StatementView(), "", False
        await clear_forms(self)
        await self._read()

    @rx.event
    @rental_customer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    async def _read(self) -> None:
        with self._opening():
            try:
                asked = self._param("date")
                found = await self._ask(billing.statement, account=self._account, as_of=asked)
                self.view, self.today = StatementView.of(found), found.today.isoformat()
            except Invalid as refusal:
                self.problem = refusal.message
                newest = await self._ask(billing.statement_list, account=self._account, size=1)
                self.today = newest.today.isoformat()
            self.is_loaded = True
            self._watch(StatementState.refresh, f"account:{self._account}")
