"""State behind what the parties of an application filled in, for staff (S2-07, S2-08)."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import applications
from portal_app.services.applications import AnswerBook, AnswerLine, AnswerSheet
from portal_app.state.access import staff
from portal_app.state.applications.task_views import look, progress
from portal_app.state.applications.words import by_words
from portal_app.state.base import PortalState
from portal_app.state.formats import NOT_PROVIDED


@dataclass(frozen=True)
class AnswerRow:
    """One question with its answer, and who wrote it."""

    label: str
    value: str
    changed: str
    is_missing: bool

    @classmethod
    def of(cls, line: AnswerLine, zone: str) -> "AnswerRow":
        """Format one answer; one that was taken away again still says by whom."""
        return cls(
            label=f"{line.group} {line.row}: {line.label}" if line.row else line.label,
            value=line.value or NOT_PROVIDED,
            changed=by_words(line.by, line.at, zone),
            is_missing=not line.value,
        )


@dataclass(frozen=True)
class SheetRow:
    """One form of somebody's with its answers."""

    title: str
    status: str
    tone: str
    progress: str
    answers: list[AnswerRow]

    @classmethod
    def of(cls, sheet: AnswerSheet, zone: str) -> "SheetRow":
        """Format one form."""
        status, tone = look(sheet.task)
        answers = [AnswerRow.of(one, zone) for one in sheet.lines]
        return cls(sheet.task.title, status, tone, progress(sheet.task), answers)


@dataclass(frozen=True)
class Filler:
    """A party, or the application as a whole, with the forms about them."""

    id: str
    title: str
    sheets: list[SheetRow]


@dataclass(frozen=True)
class AnswersView:
    """Everything that was filled in; empty until loaded."""

    number: str = ""
    parties: list[Filler] = field(default_factory=list)

    @classmethod
    def of(cls, found: AnswerBook) -> "AnswersView":
        """Put the forms of each party together."""
        parties: dict[str, Filler] = {}
        for sheet in found.sheets:
            party, person = sheet.task.party, sheet.task.person
            begun = Filler(f"answers-{party or 'all'}", person or "About the application", [])
            parties.setdefault(party, begun).sheets.append(SheetRow.of(sheet, found.zone))
        return cls(found.number, list(parties.values()))


class ApplicationAnswersState(PortalState):
    """What the parties filled in, as it stands now."""

    view: AnswersView = AnswersView()
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Show that of the application whose number stands in the address."""
        self.view, self.is_loaded = AnswersView(), False
        await self._read(self._param("number"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what was written meanwhile."""
        await self._read(self.view.number)

    async def _read(self, number: str) -> None:
        with self._opening():
            found = await self._ask(applications.answers, number=number)
            self.view, self.is_loaded = AnswersView.of(found), True
            topic = f"application:{found.id}"
            self._watch(ApplicationAnswersState.refresh, topic, part="answers")
