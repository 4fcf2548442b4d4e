"""State behind filling in an application: several people at once, field by field (S2-07, S2-08)."""

from dataclasses import replace
from typing import Any

import reflex as rx

from portal_app.core.errors import Conflict, Invalid
from portal_app.core.secrets import fingerprint
from portal_app.services import applications
from portal_app.services.applications import AnswerConflict, AnswerSaved, Filling
from portal_app.state.access import party
from portal_app.state.applications.filling_views import (
    AnswerField,
    Block,
    Draft,
    FillingView,
    blocks_of,
    changes_since,
    has_question,
)
from portal_app.state.applications.task_views import OwnRow, TasksView
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.listing import ListMixin, Page

_LONGEST = 4000
_MOST_VERSIONS = 10**6


class ApplicationsMineState(ListMixin, PortalState):
    """The applications that somebody is let into."""

    rows: list[OwnRow] = []
    _noun = ("application",)
    _rest = ""

    @rx.event
    @party
    async def load(self):
        """List them; a guest has one, and goes straight there."""
        self._empty()
        await self._refresh()
        return self._go(self.rows[0].href) if self._actor.is_guest and self.rows else None

    @rx.event
    @party
    async def refresh(self):
        """Show what has changed meanwhile."""
        await self._refresh()

    @rx.event
    @party
    async def more(self):
        """Show older applications as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            self._watch(ApplicationsMineState.refresh, f"person:{self._actor.person_id}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(applications.my_applications, after=after)
        return Page([OwnRow.of(one) for one in page.rows], page.after)


class ApplicationState(FormMixin, PortalState):
    """One application: its forms, and handing it in."""

    view: TasksView = TasksView()
    is_loaded: bool = False

    @rx.event
    @party
    async def load(self):
        """Show the application whose number stands in the address."""
        self.view, self.is_loaded = TasksView(), False
        self.problem, self.field_problems = "", {}
        await self._refresh(self._param("number"))

    @rx.event
    @party
    async def refresh(self):
        """Show what the others have done meanwhile."""
        await self._refresh(self.view.number)

    @rx.event
    @party
    async def submit(self, key: str):
        """Hand it in."""
        with self._reporting():
            await self._ask(applications.submit, number=self.view.number, key=key)
            self._say("Handed in. We look at it, and tell you if anything is missing.")
        await self._refresh(self.view.number)

    async def _refresh(self, number: str) -> None:
        with self._opening():
            found = await self._ask(applications.tasks, number=number)
            self.view = TasksView.of(found, key=load_key(), opened=self.view.opened)
            self.is_loaded = True
            self._watch(ApplicationState.refresh, *_topics(found.id))


class FillingState(FormMixin, PortalState):
    """One form of an application as it is filled in: every field saves itself.

    The questions are sent once; `changes` are those that stand otherwise since, by their id. A form
    may have hundreds, and each answer of each person comes to everybody who has it open.
    """

    view: FillingView = FillingView()
    blocks: list[Block] = []
    changes: dict[str, AnswerField] = {}
    is_loaded: bool = False
    _sent: tuple[Block, ...] = ()
    _form: str = ""
    _party: str = ""
    _key: str = ""
    _drafts: dict[str, Draft] = {}

    @rx.event
    @party
    async def load(self):
        """Show the form that the address names."""
        self.view, self.is_loaded = FillingView(), False
        self.blocks, self.changes, self._sent = [], {}, ()
        self.problem, self.field_problems = "", {}
        self._drafts, self._key = {}, load_key()
        self._form, whose = self._param("form"), self._param("party")
        self._party = "" if whose == "all" else whose
        await self._refresh(self._param("number"))

    @rx.event
    @party
    async def refresh(self):
        """Show what the others write; what is being typed here stays."""
        await self._refresh(self.view.number)

    @rx.event
    @party
    async def save(self, field: str, text: str, version: int):
        """Keep what stands in one field."""
        await self._save(str(field)[:100], str(text)[:_LONGEST], _whole(version))

    @rx.event
    @party
    async def keep_mine(self, field: str):
        """Put one's own words in place of what somebody else wrote meanwhile."""
        draft = self._drafts.get(str(field)[:100])
        if draft and draft.conflict:
            await self._save(str(field)[:100], draft.mine, draft.conflict.version)

    @rx.event
    @party
    async def take_theirs(self, field: str):
        """Let stand what somebody else wrote meanwhile."""
        name = str(field)[:100]
        if draft := self._drafts.get(name):
            self._drafts[name] = Draft(round=draft.round + 1, taken=draft.taken + 1)
        await self._refresh(self.view.number)

    @rx.event
    @party
    async def add_row(self, group: str):
        """Add a row to a group."""
        await self._change(applications.add_row, group=str(group)[:40])

    @rx.event
    @party
    async def remove_row(self, group: str, row: int):
        """Take a row off a group."""
        await self._change(applications.remove_row, group=str(group)[:40], row=_whole(row))

    async def _save(self, field: str, text: str, version: int) -> None:
        draft = self._drafts.get(field, Draft())
        known = replace(draft, round=draft.round + 1, problem="", conflict=None, mine=text)
        given = {"field": field, "value": text, "version": version}
        # The same save that is repeated after an outage carries the same key.
        mark = fingerprint(f"{self._key}|{field}|{version}|{text}")[:40]
        with self._reporting():
            try:
                outcome = await self._ask(
                    applications.save_answer, **self._place(), **given, key=mark
                )
                self._drafts[field] = _after(known, outcome, text)
            except (Invalid, Conflict) as refusal:
                self._drafts[field] = replace(known, problem=refusal.message)
        await self._refresh(self.view.number)
        if not has_question(self._sent, field):
            # Its row is gone, and with it the place where this would be said.
            self.problem = self.problem or self._drafts.get(field, known).problem

    async def _change(self, command: Any, **given: Any) -> None:
        with self._reporting():
            await self._ask(command, **self._place(), **given, key=load_key())
        await self._refresh(self.view.number)

    def _place(self) -> dict[str, str]:
        return {"number": self.view.number, "form": self._form, "party": self._party}

    async def _refresh(self, number: str) -> None:
        with self._opening():
            found = await self._ask(
                applications.filling, number=number, form=self._form, party=self._party
            )
            viewer = self._actor.person_id
            self._show(found, blocks_of(found, drafts=self._drafts, viewer=viewer))
            self.is_loaded = True
            self._watch(FillingState.refresh, *_topics(found.id))

    def _show(self, found: Filling, blocks: tuple[Block, ...]) -> None:
        """Touch only what is another: what is touched is sent."""
        if (view := FillingView.of(found)) != self.view:
            self.view = view
        changes = changes_since(self._sent, blocks)
        if changes is None:
            self.blocks, self.changes, self._sent = list(blocks), {}, blocks
        elif changes != self.changes:
            self.changes = changes


def _after(draft: Draft, outcome: AnswerSaved | AnswerConflict, text: str) -> Draft:
    if isinstance(outcome, AnswerConflict):
        return replace(draft, conflict=outcome)
    return replace(draft, saved=text, acked=outcome.version)


def _topics(application: str) -> tuple[str, str]:
    return applications.topic_of(application), applications.answers_topic(application)


def _whole(value: object) -> int:
    """Return a number that the browser sent, 0 for what is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and 0 <= value < _MOST_VERSIONS else 0  # type: ignore[operator,arg-type]
