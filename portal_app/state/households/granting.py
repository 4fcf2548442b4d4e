"""State behind the page on which somebody lets another person see or act for them (S1-09)."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app import wiring
from portal_app.core import clock
from portal_app.services import households
from portal_app.services.households import Area, Reach
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key

PATH = "/access/new"
# What a representative is usually for: cases, and no money.
_USUAL = {Area.CONTRACTS: Reach.VIEW, Area.CASES: Reach.ACT, Area.DOCUMENTS: Reach.VIEW}


@dataclass(frozen=True)
class GrantView:
    """The form as it starts."""

    areas: dict[str, str] = field(default_factory=dict)
    today: str = ""
    needs_step_up: bool = False
    step_up_href: str = ""
    key: str = ""

    @classmethod
    def start(cls, *, is_stepped_up: bool, zone: str) -> "GrantView":
        """Start with what is usual."""
        return cls(
            areas={area.value: _USUAL.get(area, Reach.NONE).value for area in Area},
            today=clock.today(zone).isoformat(),
            needs_step_up=not is_stepped_up,
            step_up_href=f"/security?next={PATH}",
            key=load_key(),
        )


class GrantState(FormMixin, PortalState):
    """Letting somebody see or act."""

    view: GrantView = GrantView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Start the form, or ask first for proof of who this is."""
        self.problem, self.field_problems = "", {}
        self.view = GrantView.start(
            is_stepped_up=self._actor.is_stepped_up, zone=self._zone_of_reader
        )
        self.is_loaded = True

    @rx.event
    @consumer
    async def give(self, form: dict[str, Any]):
        """Let the person act, and go back to who can see one's data."""
        asked = {n: self._text(form, n) for n in ("email", "family_name", "starts_on", "ends_on")}
        areas = {area.value: self._text(form, f"area_{area.value}") for area in Area}
        with self._reporting():
            await self._ask(
                households.give_grant,
                **asked,
                areas={area: reach or "none" for area, reach in areas.items()},
                limiter=wiring.rate_limiter(),
                key=self._text(form, "key"),
            )
            self.is_loaded = False
            self._say("Done. We have written to both of you.")
            return self._go("/access")
        return None
