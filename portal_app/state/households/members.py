"""State behind the page of household members: what heads see and ask for (S1-04 to S1-07)."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import changes, households
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural, short_day
from portal_app.state.households.words import period, role
from portal_app.state.identity.contexts import ContextMixin

NEWCOMER = ("given_name", "family_name", "relationship", "email", "starts_on")
_WAITS = "We look at it first and write to you. Until then everything stays as it is."
_AT_ONCE = "It counts as soon as you send it."


@dataclass(frozen=True)
class WaitingRow:
    """Something that the head has asked for and that is not decided."""

    number: str
    title: str
    words: str
    key: str
    may_withdraw: bool

    @classmethod
    def of(cls, one: households.Waiting) -> "WaitingRow":
        """Format one request."""
        asked = short_day(one.asked_at.date())
        lines = "; ".join(f"{label}: {value}" for label, value in one.lines)
        return cls(
            number=one.number,
            title=one.title,
            words=f"{lines}. You asked for this on {asked}. We write to you when it is decided.",
            key=load_key(),
            may_withdraw=one.may_withdraw,
        )


@dataclass(frozen=True)
class MemberEntry:
    """One member."""

    id: str = ""
    name: str = ""
    what: str = ""
    relationship: str = ""
    when: str = ""
    is_self: bool = False
    may_change: bool = False
    waiting: list[WaitingRow] = field(default_factory=list)

    @classmethod
    def of(cls, one: households.MemberRow, *, may_ask: bool) -> "MemberEntry":
        """Format one member; the head's own membership cannot be ended by themselves."""
        is_head = one.role is households.MemberRole.HEAD
        return cls(
            id=one.membership_id,
            name=one.name,
            what=role(one.role, one.relationship),
            relationship=one.relationship,
            when=period(one.starts_on, one.ends_on),
            is_self=one.is_self,
            may_change=may_ask and not is_head,
            waiting=[WaitingRow.of(each) for each in one.waiting],
        )


@dataclass(frozen=True)
class HomeEntry:
    """One household with its members."""

    id: str
    name: str
    address: str
    count: str
    members: list[MemberEntry]
    waiting: list[WaitingRow]

    @classmethod
    def of(cls, one: households.HeadedHome, *, may_ask: bool) -> "HomeEntry":
        """Format one household."""
        return cls(
            id=one.household_id,
            name=one.name,
            address=one.address,
            count=plural(len(one.members), "member"),
            members=[MemberEntry.of(each, may_ask=may_ask) for each in one.members],
            waiting=[WaitingRow.of(each) for each in one.waiting],
        )


@dataclass(frozen=True)
class HouseholdView:
    """The households that somebody heads; empty until loaded."""

    homes: list[HomeEntry] = field(default_factory=list)
    may_ask: bool = False
    add_note: str = ""
    end_note: str = ""
    rename_note: str = ""

    @classmethod
    def of(cls, found: households.HeadedHomes) -> "HouseholdView":
        """Format all of it, and say of each wish whether it waits."""
        notes = {kind: _WAITS if waits else _AT_ONCE for kind, waits in found.waits.items()}
        return cls(
            homes=[HomeEntry.of(one, may_ask=found.may_ask) for one in found.homes],
            may_ask=found.may_ask,
            add_note=notes["member_added"],
            end_note=notes["member_ended"],
            rename_note=notes["member_relationship"],
        )


@dataclass(frozen=True)
class HouseholdSheet:
    """What is open at the side: somebody to be added to a household, or one of its members."""

    household: str = ""
    name: str = ""
    today: str = ""
    member: MemberEntry = field(default_factory=MemberEntry)
    key: str = ""


class HouseholdState(FormMixin, ContextMixin, PortalState):
    """The members of the households that somebody heads, and what they ask for."""

    view: HouseholdView = HouseholdView()
    sheet: HouseholdSheet = HouseholdSheet()
    is_loaded: bool = False
    _today: dict[str, str] = {}

    @rx.event
    @consumer
    async def load(self):
        """Show the households."""
        self.view, self.sheet, self.is_loaded = HouseholdView(), HouseholdSheet(), False
        self.problem, self.field_problems = "", {}
        await self._read()
        await self._act_in({home.id: [one.id for one in home.members] for home in self.view.homes})

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile; what is being typed stays."""
        await self._read()

    @rx.event
    @consumer
    async def open_new(self, household: str):
        """Open the form for somebody to be added to a household."""
        self._forget()
        home = next((one for one in self.view.homes if one.id == household), None)
        if home:
            today = self._today.get(home.id, "")
            self.sheet = HouseholdSheet(home.id, home.name, today, key=load_key())

    @rx.event
    @consumer
    async def open_member(self, membership: str):
        """Open what can be asked for about a member."""
        self._forget()
        for home in self.view.homes:
            for one in home.members:
                if one.id == membership and one.may_change:
                    today = self._today.get(home.id, "")
                    self.sheet = HouseholdSheet("", home.name, today, one, load_key())

    @rx.event
    @consumer
    async def close(self):
        """Close the side again."""
        self._forget()

    @rx.event
    @consumer
    async def add(self, form: dict[str, Any]):
        """Ask for somebody to be added."""
        with self._reporting():
            await self._ask(
                households.ask_to_add,
                household=self._text(form, "household"),
                values={name: self._text(form, name) for name in NEWCOMER},
                key=self._text(form, "key"),
            )
            await self._done(self.view.add_note)

    @rx.event
    @consumer
    async def end(self, form: dict[str, Any]):
        """Ask for a membership to end."""
        with self._reporting():
            await self._ask(
                households.ask_to_end,
                membership=self._text(form, "membership"),
                ends_on=self._text(form, "ends_on"),
                key=self._text(form, "key"),
            )
            await self._done(self.view.end_note)

    @rx.event
    @consumer
    async def rename(self, form: dict[str, Any]):
        """Ask for a relationship to be written anew."""
        with self._reporting():
            await self._ask(
                households.ask_to_change,
                membership=self._text(form, "membership"),
                relationship=self._text(form, "relationship"),
                key=self._text(form, "key"),
            )
            await self._done(self.view.rename_note)

    @rx.event
    @consumer
    async def withdraw(self, number: str, key: str):
        """Take a request back."""
        with self._reporting():
            await self._ask(changes.withdraw, number=number, key=key)
            self._say("Withdrawn. Everything stays as it is.")
            await self._read()

    async def _done(self, note: str) -> None:
        self._forget()
        self._say("Done." if note == _AT_ONCE else "Sent. We look at it and write to you.")
        await self._read()

    def _forget(self) -> None:
        self.sheet, self.problem, self.field_problems = HouseholdSheet(), "", {}

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(households.headed_homes)
            self.view, self.is_loaded = HouseholdView.of(found), True
            self._today = {one.household_id: one.today.isoformat() for one in found.homes}
            self._watch(
                HouseholdState.refresh,
                *(f"household:{one.household_id}" for one in found.homes),
                f"person:{self._actor.person_id}",
                f"settings:{self._actor.brand}",
            )
        if self.notice.title:
            self.view, self.sheet = HouseholdView(), HouseholdSheet()
