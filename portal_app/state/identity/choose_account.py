"""State behind the page on which somebody chooses which account to look at."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import contracts
from portal_app.services.contracts import AccountChoice
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import NoteMixin


@dataclass(frozen=True)
class AccountRow:
    """One account to choose."""

    id: str
    name: str
    number: str
    is_chosen: bool

    @classmethod
    def of(cls, choice: AccountChoice, chosen: str) -> "AccountRow":
        """Format one choice."""
        whose = f"Acting for {choice.acting_for} · " if choice.acting_for else ""
        return cls(choice.id, choice.name, f"{whose}Account {choice.number}", choice.id == chosen)


class ChooseAccountState(NoteMixin, PortalState):
    """Choosing an account."""

    rows: list[AccountRow] = []
    next_path: str = ""
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show the accounts that this person may look at."""
        self.rows, self.next_path, self.is_loaded = [], self._param("next"), False
        self._take_note("choose_account")
        with self._opening():
            choices = await self._ask(contracts.accounts_of)
            self.rows = [AccountRow.of(choice, self._account) for choice in choices]
        self.is_loaded = True
