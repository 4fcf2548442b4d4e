"""State behind somebody's marketing preferences on the staff's page of a person (S4-16)."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import reflex as rx

from portal_app.services import consents, notifications
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.consents.words import AnswerRow, WayRow

_ON, _OFF = "on", "off"


@dataclass(frozen=True)
class MarketingView:
    """A person's channels and answers; empty until loaded."""

    person: str = ""
    key: str = ""
    ways: list[WayRow] = field(default_factory=list)
    history: list[AnswerRow] = field(default_factory=list)

    @classmethod
    def of(cls, found: consents.Preferences, key: str) -> "MarketingView":
        """Format everything that staff need to see."""
        return cls(
            person=found.person_id,
            key=key,
            ways=[WayRow.of(one, found.zone, for_staff=True) for one in found.ways],
            history=[AnswerRow.of(one, found.zone, for_staff=True) for one in found.history],
        )


class MarketingState(FormMixin, PortalState):
    """What one of the brand's customers has agreed to, and writing to them."""

    _part: ClassVar[str] = "marketing"
    view: MarketingView = MarketingView()

    @rx.event
    @staff
    async def load(self):
        """Show those of the person whose id stands in the address."""
        self.view, self.problem, self.field_problems = MarketingView(), "", {}
        await self._read()

    @rx.event
    @staff
    async def refresh(self):
        """Show what has changed meanwhile; what is being typed stays."""
        await self._read(self.view.key)

    @rx.event
    @staff
    async def write_down(self, form: dict[str, Any]):
        """Write down what a customer told us."""
        with self._reporting():
            await self._ask(
                consents.choose,
                person=self._text(form, "person"),
                channel=self._text(form, "channel"),
                given=self._text(form, "choice") == _ON,
                note=self._text(form, "note"),
                key=self._text(form, "key"),
            )
            await self._read()
            self._say("Written down. The customer sees it too.")

    @rx.event
    @staff
    async def send(self, form: dict[str, Any]):
        """Send news or an offer; refused unless the customer agreed to the channel."""
        names = ("person", "subject", "words", "key")
        with self._reporting():
            given = {name: self._text(form, name) for name in names}
            by = self._text(form, "by")
            await self._ask(notifications.send_marketing, channel=by, **given)
            await self._read()
            self._say("Sent. It stands in the outbox.")

    async def _read(self, key: str = "") -> None:
        with self._opening():
            person = self.view.person or self._param("person")
            found = await self._ask(consents.preferences, person=person)
            self.view = MarketingView.of(found, key or load_key())
            self._watch(MarketingState.refresh, f"consent:{found.person_id}")
