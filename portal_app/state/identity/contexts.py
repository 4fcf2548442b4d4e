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
            self._caller = replace(self._caller, account_id=account, context=wanted)
            shell = await self.get_state(ShellState)
            await shell._refresh()  # noqa: SLF001 - the frame goes out with the page, not after it

    async def _act_in(self, homes: Mapping[str, Collection[str]]) -> None:
        """Act for the household of these which the address is `about`, or one of its members."""
        about = self._param("about")
        home = next((home for home, members in homes.items() if about in {home, *members}), "")
        if home:
            await self._act_for("", home)
