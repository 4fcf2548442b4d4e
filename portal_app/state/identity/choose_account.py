"""State behind the page on which somebody chooses which account, and whom, to look at."""

from dataclasses import dataclass
from urllib.parse import quote

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import cases, contracts, households
from portal_app.services.contracts import AccountChoice
from portal_app.services.households import Area, Reach, Reached, Why
from portal_app.state.access import consumer
from portal_app.state.base import PortalState
from portal_app.state.households.words import reach, role
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


@dataclass(frozen=True)
class ContextRow:
    """Somebody for whom one may act, or a household that one is in; with where that leads."""

    name: str
    what: str
    href: str = ""

    @classmethod
    def of(cls, one: Reached, *, has_cases: bool) -> "ContextRow":
        """Say how far it goes; their cases are where one acts for them."""
        if one.why is Why.GRANT:
            sees = (one.areas or {}).get(Area.CASES) in {Reach.VIEW, Reach.ACT}
            what = reach(one.areas or {}, whose="their", may="You may")
        else:
            sees, what = True, f"{one.as_ or 'Member'} in {one.through}, which you head."
        href = f"/cases?search={quote(one.name)}" if sees and has_cases else ""
        return cls(one.name, what, href)

    @classmethod
    def home(cls, home: households.Home) -> "ContextRow":
        """Say what one is in a household."""
        is_head = home.role is households.MemberRole.HEAD
        primary = " · your primary household" if home.is_primary else ""
        what = f"{role(home.role, home.relationship)}{primary}"
        return cls(home.name, what, "/household" if is_head else "")


def contexts(actor: Actor) -> tuple[list[ContextRow], list[ContextRow]]:
    """Return the people for whom the actor may act, and the households that they are in."""
    has_cases = cases.cases_corner(actor).is_on
    people = [one for one in households.openness(actor).acts_for if not one.is_to_come]
    homes = [one for one in households.my_households(actor) or () if one.is_current]
    return (
        [ContextRow.of(one, has_cases=has_cases) for one in people],
        [ContextRow.home(one) for one in homes],
    )


class ChooseAccountState(NoteMixin, PortalState):
    """Choosing an account, or somebody for whom one acts."""

    rows: list[AccountRow] = []
    people: list[ContextRow] = []
    homes: list[ContextRow] = []
    next_path: str = ""
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show the accounts that this person may look at, and for whom they may act."""
        self.rows, self.people, self.homes = [], [], []
        self.next_path, self.is_loaded = self._param("next"), False
        self._take_note("choose_account")
        with self._opening():
            await self._read()
        self.is_loaded = True

    @rx.event
    @consumer
    async def refresh(self):
        """Follow what others let this person see, or no longer do."""
        with self._opening():
            await self._read()

    async def _read(self) -> None:
        choices = await self._ask(contracts.accounts_of)
        self.rows = [AccountRow.of(choice, self._account) for choice in choices]
        self.people, self.homes = await self._ask(contexts)
        self._watch(ChooseAccountState.refresh, f"person:{self._actor.person_id}")
