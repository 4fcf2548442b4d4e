"""For whom one acts, which follows what is opened: a link may lead anywhere (S1-20)."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from portal_app.services import access, households
from portal_app.state.base import PortalState
from portal_app.state.shell import ShellState


class ContextMixin(PortalState, mixin=True):
    """Takes up, when a page opens, for whom that is looked at which it shows."""

    async def _act_for(self, person: str, household: str) -> None:
        """Act for a person, or for a household, as far as the caller may; else for themselves."""
        now = self._caller.context
        wanted = await self._ask(
            households.context_about, person=person, household=household, now=now
        )
        if wanted != now and self._actor.session_id:
            account = await self._ask(access.choose_context, whom=wanted)
            await self._turn_to(account, wanted)

    async def _take_up(self, person: str) -> None:
        """Act for the person whom a link is about, if the caller may; else nothing changes."""
        if person and await self._ask(households.context_of, key=households.key_of(person)):
            await self._act_for(person, "")

    async def _act_in(self, homes: Mapping[str, Collection[str]]) -> None:
        """Act for the household of these which the address is `about`, or one of its members."""
        about = self._param("about")
        home = next((home for home, members in homes.items() if about in {home, *members}), "")
        if home:
            await self._act_for("", home)

    async def _look_at(self, account: str) -> None:
        """Look at the account that something is on from now on, and act for whose it is."""
        if account not in {"", self._account} and self._actor.session_id:
            context = await self._ask(access.choose_account, account=account)
            await self._turn_to(account, context)

    async def _turn_to(self, account: str, context: str) -> None:
        self._caller = replace(self._caller, account_id=account, context=context)
        shell = await self.get_state(ShellState)
        await shell._refresh()  # noqa: SLF001 - the frame goes out with the page, not after it
