"""State behind the page on which a customer chooses how they are told."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import notifications
from portal_app.services.notifications import Group, Way
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import phone

PATH = "/notifications/choices"


@dataclass(frozen=True)
class ChoicesView:
    """The form as it starts: what is ticked, by group and way; empty until loaded."""

    ticked: dict[str, bool] = field(default_factory=dict)
    groups: dict[str, bool] = field(default_factory=dict)
    email: str = ""
    mobile: str = ""
    key: str = ""

    @classmethod
    def of(cls, found: notifications.ChosenWays) -> "ChoicesView":
        """Tick what counts now."""
        return cls(
            ticked={
                f"{group.value}_{way.value}": way in found.ways.get(group, ())
                for group in Group
                for way in Way
            },
            groups={group.value: group in found.ways for group in Group},
            email=found.email,
            mobile=phone(found.mobile),
            key=load_key(),
        )


class ChoicesState(FormMixin, PortalState):
    """How this person is told."""

    view: ChoicesView = ChoicesView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Fill the form."""
        self.view, self.is_loaded = ChoicesView(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._refresh()

    @rx.event
    @consumer
    async def save(self, form: dict[str, Any]):
        """Keep what is ticked."""
        with self._reporting():
            ways = {
                group.value: [way.value for way in Way if self._text(form, f"{group}_{way}")]
                for group in Group
                if self._text(form, f"{group}_asked")
            }
            await self._ask(notifications.choose_ways, ways=ways, key=self._text(form, "key"))
            await self._refresh()
            self._say("Saved. It counts from the next message on.")

    async def _refresh(self) -> None:
        self.view = ChoicesView.of(await self._ask(notifications.chosen_ways))
        self.is_loaded = True
