"""State behind choosing who in a household sees its cases (S1-14)."""

from dataclasses import dataclass

import reflex as rx

from portal_app.services import cases
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key


@dataclass(frozen=True)
class ReaderRow:
    """A member of a household, and whether they see its cases."""

    household: str
    person: str
    name: str
    place: str
    is_chosen: bool
    key: str

    @classmethod
    def of(cls, one: cases.Reader) -> "ReaderRow":
        """Format a member, with a fresh key for changing that."""
        place = one.household_name
        return cls(one.household_id, one.person_id, one.name, place, one.is_chosen, load_key())


class CaseReadersState(FormMixin, PortalState):
    """The members of the households that the reader heads."""

    rows: list[ReaderRow] = []
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Fill the page."""
        self.rows, self.is_loaded, self.problem = [], False, ""
        await self._refresh()

    @rx.event
    @consumer
    async def refresh(self):
        """Follow who joins and leaves."""
        await self._refresh()

    @rx.event
    @consumer
    async def choose(self, household: str, person: str, is_chosen: bool, key: str):  # noqa: FBT001
        """Let a member see the cases, or no longer."""
        with self._reporting():
            await self._ask(
                cases.choose_reader,
                household=household,
                person=person,
                is_chosen=is_chosen,
                key=key,
            )
            self._say("Saved. It counts at once.")
            await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            self.rows = [ReaderRow.of(one) for one in await self._ask(cases.case_readers)]
            self.is_loaded = True
            homes = sorted({f"household:{row.household}" for row in self.rows})
            brand, person = self._actor.brand, self._actor.person_id
            watched = (f"settings:{brand}", f"person:{person}", *homes)
            self._watch(CaseReadersState.refresh, *watched)
