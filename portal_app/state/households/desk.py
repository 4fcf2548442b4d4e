"""State behind a customer's households and grants on the staff's page of a person."""

from dataclasses import dataclass, field
from typing import ClassVar

import reflex as rx

from portal_app.core.settings import settings
from portal_app.services import households
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import short_moment
from portal_app.state.households.words import period, reach, role


@dataclass(frozen=True)
class HomeLine:
    """One household that somebody is or was in."""

    name: str
    what: str
    when: str
    label: str
    tone: str

    @classmethod
    def of(cls, one: households.Home) -> "HomeLine":
        """Format one household; what was stays to be seen."""
        label, tone = ("Primary", "info") if one.is_primary else ("Current", "good")
        if not one.is_current:
            label, tone = "Not current", "neutral"
        what = role(one.role, one.relationship)
        return cls(one.name, what, period(one.starts_on, one.ends_on), label, tone)


@dataclass(frozen=True)
class GrantLine:
    """One grant from or to somebody."""

    id: str
    title: str
    what: str
    when: str
    note: str
    label: str
    tone: str
    may_end: bool
    key: str

    @classmethod
    def of(cls, one: households.GrantRow) -> "GrantLine":
        """Format one grant, with what became of it."""
        ended = short_moment(one.revoked_at, settings().timezone) if one.revoked_at else ""
        label, tone = ("In force", "good") if one.is_in_force else ("Not yet", "info")
        if one.is_over:
            label, tone = ("Taken away" if ended else "Ended", "neutral")
        by = f"Taken away on {ended} by {one.revoked_by or 'us'}." if ended else ""
        return cls(
            id=one.grant_id,
            title=f"{one.receiver} for {one.giver}",
            what=reach(one.areas, whose="their"),
            when=period(one.starts_on, one.ends_on),
            note=" ".join(part for part in (by, one.evidence) if part),
            label=label,
            tone=tone,
            may_end=not one.is_over,
            key=load_key(),
        )


@dataclass(frozen=True)
class AffairsView:
    """A person's households and grants; empty until loaded."""

    person: str = ""
    has_households: bool = False
    homes: list[HomeLine] = field(default_factory=list)
    grants: list[GrantLine] = field(default_factory=list)

    @classmethod
    def of(cls, found: households.Affairs) -> "AffairsView":
        """Format all of it, those whom the person lets act first."""
        return cls(
            person=found.person_id,
            has_households=found.is_on,
            homes=[HomeLine.of(one) for one in found.homes] if found.is_on else [],
            grants=[GrantLine.of(one) for one in (*found.given, *found.held)],
        )


class AffairsState(FormMixin, PortalState):
    """The households of one of the brand's customers, and who may act for whom."""

    _part: ClassVar[str] = "affairs"
    view: AffairsView = AffairsView()

    @rx.event
    @staff
    async def load(self):
        """Show those of the person whose id stands in the address."""
        self.view, self.problem = AffairsView(), ""
        await self._read()

    @rx.event
    @staff
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @staff
    async def revoke(self, grant: str, key: str):
        """Take a grant away, as whoever gave it asks us to; both are told."""
        with self._reporting():
            await self._ask(households.revoke_grant, grant=grant, key=key)
            await self._read()
            self._say("Taken away. Both have been told.")

    async def _read(self) -> None:
        with self._opening():
            person = self.view.person or self._param("person")
            found = await self._ask(households.affairs, person=person)
            self.view = AffairsView.of(found)
            self._watch(
                AffairsState.refresh, f"person:{found.person_id}", f"settings:{self._actor.brand}"
            )
