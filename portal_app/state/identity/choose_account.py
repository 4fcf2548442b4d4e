"""State behind the page on which somebody chooses which account to look at."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import contracts
from portal_app.services.contracts import AccountChoice
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.identity.notes import note_for


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
        return cls(choice.id, choice.name, f"Account {choice.number}", choice.id == chosen)


@dataclass(frozen=True)
class ChoiceView:
    """The whole page."""

    rows: list[AccountRow] = field(default_factory=list)
    has_rows: bool = False
    next_path: str = ""
    problem: str = ""


class ChooseAccountState(PortalState):
    """Choosing an account."""

    page: ChoiceView = ChoiceView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show the accounts that this person may look at."""
        self.page, self.is_loaded = ChoiceView(), False
        with self._opening():
            choices = await self._ask(contracts.accounts_of)
            self.page = ChoiceView(
                [AccountRow.of(choice, self._account) for choice in choices],
                bool(choices),
                self._param("next"),
                note_for(self._caller, "choose_account").problem,
            )
        self.is_loaded = True
