"""State behind the page of a customer's own details (S0-11, S3-17)."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import changes, contracts, households
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.changes.words import HistoryRow, asked_for, overtaken
from portal_app.state.formats import short_day, town
from portal_app.state.households.words import period, role

_JOINED = {"name": " "}


@dataclass(frozen=True)
class DetailRow:
    """One kind of detail: what is held, what waits, and what a later feed has overtaken."""

    kind: str
    title: str
    lines: list[str]
    href: str
    may_edit: bool
    is_pending: bool = False
    pending: str = ""
    number: str = ""
    key: str = ""
    may_withdraw: bool = False
    overtaken: str = ""

    @classmethod
    def of(cls, detail: changes.Detail, *, may_edit: bool) -> "DetailRow":
        """Format one kind of detail."""
        waiting = detail.pending
        asked = short_day(waiting.created_at.date()) if waiting else ""
        return cls(
            kind=detail.kind,
            title=detail.title,
            lines=lines_of(detail),
            href=f"/profile/{detail.kind}",
            may_edit=may_edit,
            is_pending=waiting is not None,
            pending=f"You asked for {asked_for(waiting)} on {asked}." if waiting else "",
            number=waiting.number if waiting else "",
            key=load_key(),
            may_withdraw=bool(waiting and waiting.state is changes.ChangeState.PENDING_REVIEW),
            overtaken=overtaken(detail.overtaken) if detail.overtaken else "",
        )


def lines_of(detail: changes.Detail) -> list[str]:
    """Return what is held as lines: a name on one, an address as it stands on a letter."""
    shown = {value.name: value.shown for value in detail.values if value.shown}
    if detail.kind == "address":
        place = town(*(shown.get(name, "") for name in ("city", "region", "postal_code")))
        lines = [shown.get(name, "") for name in ("address_line1", "address_line2")]
        return [line for line in (*lines, place, shown.get("country", "")) if line]
    joined = _JOINED.get(detail.kind, ", ").join(shown.values())
    return [joined] if joined else []


@dataclass(frozen=True)
class HomeRow:
    """One household that somebody is in (S1-03)."""

    name: str
    what: str
    when: str
    is_primary: bool

    @classmethod
    def of(cls, one: households.Home) -> "HomeRow":
        """Format one household."""
        what = role(one.role, one.relationship)
        return cls(one.name, what, period(one.starts_on, one.ends_on), one.is_primary)


@dataclass(frozen=True)
class ProfileView:
    """What is held about the account, as it is shown; an empty value reads "Not provided"."""

    account: str = ""
    account_name: str = ""
    main_phone: str = ""
    email: str = ""
    postal_code: str = ""
    store: str = ""
    store_phone: str = ""
    store_email: str = ""
    may_edit: bool = False
    details: list[DetailRow] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)
    has_households: bool = False
    primary: str = ""
    homes: list[HomeRow] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        held: contracts.Profile,
        own: changes.Details,
        homes: tuple[households.Home, ...] | None,
    ) -> "ProfileView":
        """Format what is held for display; `homes` is None where households are switched off."""
        return cls(
            account=held.account.number,
            account_name=held.account.name,
            main_phone=held.main_phone,
            email=held.email,
            postal_code=held.postal_code,
            store=held.store.name,
            store_phone=held.store.phone,
            store_email=held.store.email,
            may_edit=own.may_edit,
            details=[DetailRow.of(one, may_edit=own.may_edit) for one in own.details],
            history=[HistoryRow.of(one) for one in own.history if one.is_over],
            has_households=homes is not None,
            primary=next((one.name for one in homes or () if one.is_primary), ""),
            homes=[HomeRow.of(one) for one in homes or ()],
        )


class ProfileState(FormMixin, PortalState):
    """What is held about the account and the person, and what they have asked to have changed."""

    view: ProfileView = ProfileView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show what is held."""
        self.view, self.is_loaded, self.problem = ProfileView(), False, ""
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @consumer
    async def withdraw(self, number: str, key: str):
        """Take a request back."""
        with self._reporting():
            await self._ask(changes.withdraw, number=number, key=key)
            self._say("Withdrawn. Everything stays as it is.")
            await self._read()

    async def _read(self) -> None:
        with self._opening():
            held = await self._ask(contracts.profile, account=self._account)
            own = await self._ask(changes.my_details)
            homes = await self._ask(households.my_households)
            self.view, self.is_loaded = ProfileView.of(held, own, homes), True
            self._watch(
                ProfileState.refresh,
                f"account:{self._account}",
                f"person:{self._actor.person_id}",
                f"settings:{self._actor.brand}",
            )
