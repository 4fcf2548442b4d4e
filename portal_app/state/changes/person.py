"""State behind the staff's page of one person: what is held, and correcting it (S0-11)."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import reflex as rx

from portal_app.services import changes
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.changes.editing import FIELDS, Choice, choices_of
from portal_app.state.changes.profile import lines_of
from portal_app.state.changes.words import HistoryRow, asked_for, overtaken


@dataclass(frozen=True)
class HeldRow:
    """One kind of detail as staff see it."""

    kind: str
    title: str
    lines: list[str]
    pending: str
    pending_href: str
    overtaken: str


@dataclass(frozen=True)
class PersonView:
    """One person; empty until loaded. `held` is what the forms start with."""

    id: str = ""
    name: str = ""
    account: str = ""
    account_href: str = ""
    case_href: str = ""
    may_correct: bool = False
    key: str = ""
    held: dict[str, str] = field(default_factory=dict)
    countries: list[Choice] = field(default_factory=list)
    languages: list[Choice] = field(default_factory=list)
    details: list[HeldRow] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)

    @classmethod
    def of(
        cls, found: changes.Details, choices: dict[str, tuple[tuple[str, str], ...]]
    ) -> "PersonView":
        """Format everything that staff need to see."""
        values = {value.name: value.value for one in found.details for value in one.values}
        return cls(
            id=found.person_id,
            name=found.name,
            account=f"Account {found.account_number}" if found.account_number else "",
            account_href=f"/staff/customers/{quote(found.account_number, safe='')}"
            if found.account_number
            else "",
            case_href=f"/staff/cases/new?person={found.person_id}",
            may_correct=found.may_edit,
            key=load_key(),
            held=dict.fromkeys(FIELDS, "") | values,
            countries=choices_of(choices["country"], values.get("country", "")),
            languages=choices_of(choices["locale"], values.get("locale", "")),
            details=[_row(one) for one in found.details],
            history=[HistoryRow.of(one, for_staff=True) for one in found.history],
        )


def _row(detail: changes.Detail) -> HeldRow:
    waiting = detail.pending
    return HeldRow(
        kind=detail.kind,
        title=detail.title,
        lines=lines_of(detail),
        pending=asked_for(waiting) if waiting else "",
        pending_href=f"/staff/requests?open={waiting.number}" if waiting else "",
        overtaken=overtaken(detail.overtaken) if detail.overtaken else "",
    )


class PersonState(FormMixin, PortalState):
    """One person of the brand's customers."""

    view: PersonView = PersonView()
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show the person whose id stands in the address."""
        self.view, self.is_loaded = PersonView(), False
        self.problem, self.field_problems = "", {}
        await self._read()

    @rx.event
    @staff
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._read()

    @rx.event
    @staff
    async def correct(self, form: dict[str, Any]):
        """Correct one kind of detail at once."""
        with self._reporting():
            await self._ask(
                changes.correct,
                person=self.view.id or self._param("person"),
                kind=self._text(form, "kind"),
                values={name: self._text(form, name) for name in FIELDS},
                key=self._text(form, "key"),
            )
            await self._read()
            self._say("Corrected. The customer has been told.")

    async def _read(self) -> None:
        with self._opening():
            person = self.view.id or self._param("person")
            found = await self._ask(changes.person_details, person=person)
            choices = await self._ask(changes.choices)
            self.view, self.is_loaded = PersonView.of(found, choices), True
            self._watch(PersonState.refresh, f"person:{found.person_id}")
