"""State behind the page on which somebody chooses which account, and whom, to look at."""

from collections.abc import Collection
from dataclasses import dataclass

import reflex as rx

from portal_app.core.actor import Actor
from portal_app.services import access, cases, contracts, households
from portal_app.services.contracts import AccountChoice
from portal_app.services.households import Reached, Why
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
    """Somebody for whom one may act, or a household that one is in; `key` is for acting."""

    name: str
    what: str
    key: str = ""
    href: str = ""
    is_chosen: bool = False

    @classmethod
    def of(cls, one: Reached, held: Collection[str], chosen: str) -> "ContextRow":
        """Say how far it goes."""
        if one.why is Why.GRANT:
            what = reach(one.areas or {}, whose="their", may="You may")
        else:
            what = f"{one.as_ or 'Member'} in {one.through}, which you head."
        key = f"person:{one.person_id}"
        return cls(one.name, what, key if key in held else "", is_chosen=key == chosen)

    @classmethod
    def home(cls, home: households.Home, held: Collection[str], chosen: str) -> "ContextRow":
        """Say what one is in a household."""
        is_head = home.role is households.MemberRole.HEAD
        primary = " · your primary household" if home.is_primary else ""
        what = f"{role(home.role, home.relationship)}{primary}"
        key, href = f"household:{home.household_id}", "/household" if is_head else ""
        return cls(home.name, what, key if key in held else "", href, is_chosen=key == chosen)


def contexts(actor: Actor, *, chosen: str) -> tuple[list[ContextRow], list[ContextRow]]:
    """Return the people for whom the actor may act, and the households that they are in."""
    has_cases = cases.cases_corner(actor).is_on
    held = {one.key for one in households.contexts(actor)} if has_cases else set[str]()
    people = [one for one in households.openness(actor).acts_for if not one.is_to_come]
    homes = [one for one in households.my_households(actor) or () if one.is_current]
    return (
        [ContextRow.of(one, held, chosen) for one in people],
        [ContextRow.home(one, held, chosen) for one in homes],
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

    @rx.event
    @consumer
    async def act_for(self, key: str):
        """Act for somebody, or for a household, from now on, beginning with their cases."""
        with self._opening():
            await self._ask(access.choose_context, whom=key)
            return self._go("/cases")
        return None

    async def _read(self) -> None:
        choices = await self._ask(contracts.accounts_of)
        self.rows = [AccountRow.of(choice, self._account) for choice in choices]
        self.people, self.homes = await self._ask(contexts, chosen=self._caller.context)
        self._watch(
            ChooseAccountState.refresh,
            f"person:{self._actor.person_id}",
            f"user:{self._actor.user_id}",
        )
