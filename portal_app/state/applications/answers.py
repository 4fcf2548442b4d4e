"""State behind what the parties of an application filled in, for staff (S2-07, S2-08)."""

from collections.abc import Collection
from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import applications
from portal_app.services.applications import AnswerBook, AnswerLine, AnswerSheet
from portal_app.state.access import staff
from portal_app.state.applications.task_views import look
from portal_app.state.applications.words import by_words, questions_left
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
    """One form of somebody's; its answers once it was looked into."""

    id: str
    title: str
    status: str
    tone: str
    progress: str
    is_open: bool
    answers: list[AnswerRow]

    @classmethod
    def of(cls, sheet: AnswerSheet, zone: str, opened: Collection[str]) -> "SheetRow":
        """Format one form."""
        task, (status, tone) = sheet.task, look(sheet.task)
        name = f"{task.form}/{task.party}"
        answers = [AnswerRow.of(one, zone) for one in sheet.lines if name in opened]
        return cls(
            name,
            task.title,
            status,
            tone,
            questions_left(task.done, task.asked),
            name in opened,
            answers,
        )


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
    def of(cls, found: AnswerBook, opened: Collection[str]) -> "AnswersView":
        """Put the forms of each party together."""
        parties: dict[str, Filler] = {}
        for sheet in found.sheets:
            party, person = sheet.task.party, sheet.task.person
            begun = Filler(f"answers-{party or 'all'}", person or "About the application", [])
            row = SheetRow.of(sheet, found.zone, opened)
            parties.setdefault(party, begun).sheets.append(row)
        return cls(found.number, list(parties.values()))


class ApplicationAnswersState(PortalState):
    """What the parties filled in, as it stands now.

    A tab is sent the answers of the forms that were looked into in it, and nothing that it has.
    """

    view: AnswersView = AnswersView()
    is_loaded: bool = False
    _opened: list[str] = []

    @rx.event
    @staff
    async def load(self):
        """Show that of the application whose number stands in the address."""
        self.view, self.is_loaded, self._opened = AnswersView(), False, []
        await self._read(self._param("number"))

    @rx.event
    @staff
    async def refresh(self):
        """Show what was written meanwhile."""
        await self._read(self.view.number)

    @rx.event
    @staff
    async def look_into(self, form: str):
        """Show the answers of one form from now on."""
        forms = [sheet.id for party in self.view.parties for sheet in party.sheets]
        if form in forms and form not in self._opened:
            self._opened = [*self._opened, form]
            await self._read(self.view.number)

    async def _read(self, number: str) -> None:
        with self._opening():
            found = await self._ask(applications.answers, number=number)
            view = AnswersView.of(found, self._opened)
            if view != self.view:
                self.view = view
            self.is_loaded = True
            topics = applications.topic_of(found.id), applications.answers_topic(found.id)
            self._watch(ApplicationAnswersState.refresh, *topics, part="answers")
