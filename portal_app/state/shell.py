"""State behind the frame: who is signed in, what they may open, what waits for them."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import quote

import reflex as rx

from portal_app.core import clock
from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed
from portal_app.services import access, branding, rentals
from portal_app.services.branding import Doorway
from portal_app.services.identity import Caller
from portal_app.state.access import consumer, public, signed_in
from portal_app.state.base import PortalState
from portal_app.state.framing import Frame, frame, work_of
from portal_app.state.licensing import note_of
from portal_app.state.looks.newer import LookMixin

# Where a page has arrived that the tab's state held when it connected anew; arrival.jsx knows it.
HELD = "-"
ACTING, LOOKING = "You are acting for", "You are looking at the cases of"
# What the guard adds to the address of the start page when it has refused something.
REFUSED = "refused"
# Where it stands what became of the link by which a browser was in an application (S2-10).
DOOR_OF_A_LINK = "/i/code?ended=expired"
CLOSED = "Customers cannot sign in at the moment. Nothing is lost. Call your store if it is urgent."


@dataclass(frozen=True)
class ShellView:
    """The frame as it is shown; empty until somebody is signed in."""

    name: str = ""
    sub: str = ""
    initials: str = ""
    is_staff: bool = False
    is_guest: bool = False
    is_manager: bool = False
    is_admin: bool = False
    has_rental: bool = True  # until the licence says otherwise: the menu then stands still
    has_figures: bool = True
    has_contracts: bool = True
    has_payments: bool = False
    has_cases: bool = False
    has_applications: bool = False
    has_several_accounts: bool = False
    is_head: bool = False
    acting_for: str = ""
    acting: str = ""
    acting_note: str = ""
    has_context: bool = False
    may_act: bool = False
    items_out: str = ""
    unread: str = ""
    cases: str = ""
    waiting: str = ""
    announcement: str = ""
    announcement_version: int = 0
    support_mailto: str = ""
    closed: str = ""
    idle_seconds: int = 0
    look: str = ""
    licence_note: str = ""

    @classmethod
    def of(cls, caller: Caller, found: Frame) -> "ShellView":
        """Say what follows from the caller and from what was gathered."""
        actor, account = caller.actor, found.chosen
        words = actor.name.split()
        return cls(
            name=actor.name,
            sub=f"Account {account.number}" if account else _role(actor),
            initials="".join(word[0] for word in (words[:1] + words[1:][-1:])).upper(),
            is_staff=actor.is_staff,
            is_guest=actor.is_guest,
            is_manager=actor.has(Access.MANAGER),
            is_admin=actor.has(Access.ADMIN),
            has_rental=found.has_rental,
            has_figures=found.has_figures,
            has_contracts=found.has_rental or bool(account and account.has_service_contracts),
            has_payments=found.has_payments,
            has_cases=found.cases.is_on,
            has_applications=found.has_applications,
            has_several_accounts=len(found.accounts) > 1,
            is_head=found.is_head,
            **_acting(found),
            may_act=found.may_act,
            items_out=_count(found.items_out),
            unread=str(found.unread or ""),
            cases=_count(found.cases.waiting),
            waiting=_count(found.waiting),
            announcement=found.doorway.announcement,
            announcement_version=found.doorway.announcement_version,
            support_mailto=_mailto(found.doorway.support.email),
            idle_seconds=caller.idle_seconds,
            licence_note=note_of(found.licence),
        )

    @classmethod
    def outside(cls, doorway: Doorway) -> "ShellView":
        """Say what somebody reads who is not signed in."""
        return cls(
            closed="" if doorway.is_open else doorway.closed_message or CLOSED,
            support_mailto=_mailto(doorway.support.email),
        )


def _acting(found: Frame) -> dict[str, Any]:
    """Say for whom everything is looked at, and what of it is not theirs (S1-20)."""
    context, account = found.context, found.chosen
    if context is None:
        return {"acting_for": account.acting_for if account else "", "acting": ACTING}
    note = ""
    if account and context.key != f"person:{account.whose}":
        whose = f"{account.acting_for}’s" if account.acting_for else "your own"
        note = f"Contracts and payments are {whose}."
    return {
        "acting_for": context.name,
        "acting": ACTING if context.may_act else LOOKING,
        "acting_note": note,
        "has_context": True,
    }


def _count(number: int) -> str:
    return f"{number}+" if number >= rentals.MOST_COUNTED else str(number or "")


def _role(actor: Actor) -> str:
    return next((role.value.capitalize() for role in actor.roles), "")


def _mailto(address: str) -> str:
    subject = quote("A problem on the portal")
    return f"mailto:{quote(address, safe='@')}?subject={subject}" if address else ""


class ShellState(LookMixin, PortalState):
    """The frame around every page."""

    _part: ClassVar[str] = "shell"
    shell: ShellView = ShellView()
    # The page whose data is there: what is on the screen until then belongs to the page before.
    arrived_at: str = ""

    @rx.event
    @public
    async def load(self):
        """Fill the frame for whoever is there; for nobody, with whether the portal is open."""
        if not self._is_framed():
            await self._refresh()
        if self._param(REFUSED):
            self._say(NotAllowed.message, "bad")

    @rx.event
    @public
    async def arrived(self):
        """Let a page be seen that has nothing to fill it."""
        await self._arrive()

    @rx.event
    @public
    async def refresh(self):
        """Follow a change of the settings, of the person's rights, or of what waits for them."""
        await self._refresh()

    @rx.event
    @signed_in
    async def dismiss_announcement(self):
        """Put the announcement away for this person."""
        await self._ask(branding.dismiss_announcement, version=self.shell.announcement_version)
        await self._refresh()

    @rx.event
    @consumer
    async def act_for_myself(self):
        """Put away for whom this person acts; a page of theirs is left."""
        await self._ask(access.choose_context, whom="")
        return self._go("/cases" if self._here().startswith("/cases") else "/")

    async def _arrive(self) -> None:
        """Let the page be seen that the browser has opened: its data goes out with this.

        The frame follows if the person has turned to another account or person in another tab.
        """
        if self._framed_for and not self._is_framed():
            await self._refresh()
        self.arrived_at = self._here()

    def _hold(self) -> None:
        """Let what the tab held be seen only where it is on the screen already.

        A new document begins with it too, and would show it for the moment until its own data.
        """
        if self.arrived_at:
            self.arrived_at = HELD

    def _is_framed(self) -> bool:
        """Say whether opening another page leaves the frame as it is."""
        return bool(self._framed_for) and self._framed_for == self._occasion()

    def _occasion(self) -> str:
        """Name what the frame was filled for: what changes it is told of, or a minute old at most.

        So following a link inside the portal asks for the page alone. The guard forgets it when a
        document is loaded or a tab connects again.
        """
        caller = self._caller
        if caller.actor.is_anonymous:
            return ""
        looked_at = f"{caller.account_id} {caller.context}"
        return f"{caller.session_id} {looked_at} {clock.now():%H:%M}"

    async def _refresh(self) -> None:
        actor = self._actor
        if actor.is_anonymous:
            with self._opening():
                await self._stand_outside()
            return
        account = self._account
        found = await self._ask(frame, account=account, context=self._caller.context)
        look = await self._newer(self.shell.look)
        self.shell = replace(ShellView.of(self._caller, found), look=look)
        self._account_zone = next((one.zone for one in found.accounts if one.id == account), "")
        self._framed_for = self._occasion()
        self._watch(
            ShellState.refresh,
            *(work_of(actor.brand) if actor.is_staff else (f"account:{account}",)),
            f"settings:{actor.brand}",
            f"user:{actor.user_id}",
            f"person:{actor.person_id}",
            *found.cases.topics,
        )
        if self._caller.context and found.context is None and actor.session_id:
            await self._ask(access.choose_context, whom="")
        elif found.chosen is None and found.accounts and actor.session_id:
            # What was looked at for somebody else is theirs alone again; the frame hears of it.
            await self._ask(access.settle_account)

    async def _stand_outside(self) -> None:
        if self.shell.name:
            # The portal was closed over this page: a document of its own forgets its data.
            self._send("assign", url=DOOR_OF_A_LINK if self._caller.ended_link else "/sign-in")
        brand = await self._ask(branding.brand_for_host, host=self._host)
        door = await self._ask(branding.portal_state, brand=brand.id)
        self.shell = replace(ShellView.outside(door), look=await self._newer(self.shell.look))
        self._watch(ShellState.refresh, f"settings:{brand.id}")
