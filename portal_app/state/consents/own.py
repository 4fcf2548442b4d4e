"""State behind the privacy page: by which channels one may be sent news and offers (S4-16)."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import consents
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState
from portal_app.state.consents.words import AnswerRow, WayRow


@dataclass(frozen=True)
class PrivacyView:
    """The channels and the answers given; empty until loaded."""

    ways: list[WayRow] = field(default_factory=list)
    history: list[AnswerRow] = field(default_factory=list)

    @classmethod
    def of(cls, found: consents.Preferences) -> "PrivacyView":
        """Format both."""
        return cls(
            ways=[WayRow.of(one, found.zone) for one in found.ways],
            history=[AnswerRow.of(one, found.zone) for one in found.history],
        )


class PrivacyState(FormMixin, PortalState):
    """One's own choices; they are in force at once."""

    view: PrivacyView = PrivacyView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Show what one has chosen."""
        self.view, self.is_loaded, self.problem = PrivacyView(), False, ""
        await self._read()

    @rx.event
    @consumer
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @consumer
    async def agree(self, channel: str, key: str):
        """Agree to one channel."""
        await self._choose(channel, key, given=True)

    @rx.event
    @consumer
    async def withdraw(self, channel: str, key: str):
        """Take an agreement back."""
        await self._choose(channel, key, given=False)

    async def _choose(self, channel: str, key: str, *, given: bool) -> None:
        with self._reporting():
            await self._ask(consents.choose, channel=channel, given=given, key=key)
            await self._read()
            self._say("Saved. Your receipt is in the list.")

    async def _read(self) -> None:
        with self._opening():
            found = await self._ask(consents.preferences)
            self.view, self.is_loaded = PrivacyView.of(found), True
            self._watch(PrivacyState.refresh, f"consent:{found.person_id}")
