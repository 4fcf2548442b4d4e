"""State behind the form for a new case, with its dependent selectors (S1-10 to S1-13)."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import cases, households, uploads
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.cases.words import PATH, Option
from portal_app.state.files import FileRow, UploadRules

NO_HOUSEHOLD = "No household"
FIELDS = ("household", "consumer", "topic", "subject", "description", "key")


@dataclass(frozen=True)
class NewCaseView:
    """What the form offers; a selector with nothing to choose is left out."""

    households: list[Option] = field(default_factory=list)
    consumers: list[Option] = field(default_factory=list)
    topics: list[Option] = field(default_factory=list)
    household: str = ""
    consumer: str = ""
    asks_household: bool = False
    asks_consumer: bool = False
    # The form is drawn anew for another household: its people are others.
    people: str = ""
    key: str = ""
    rules: UploadRules = field(default_factory=UploadRules)
    files: list[FileRow] = field(default_factory=list)

    @classmethod
    def of(cls, form: cases.CaseForm, household: str, consumer: str, key: str) -> "NewCaseView":
        """Offer what fits together; another household takes a person who belongs to it."""
        if not household:
            theirs = (one.household_id for one in form.choices if one.consumer_id == consumer)
            household = next(theirs, "")
        fitting = [one for one in form.choices if one.household_id == household]
        if not fitting:
            household = form.household_id
            fitting = [one for one in form.choices if one.household_id == household]
        people = {one.consumer_id: one.consumer_name for one in fitting}
        consumer = next((one for one in (consumer, form.consumer_id) if one in people), "")
        consumer = consumer or next(iter(people))
        homes = {one.household_id: one.household_name for one in form.choices}
        return cls(
            households=[Option(key, name or NO_HOUSEHOLD) for key, name in homes.items()],
            consumers=[Option(key, _who(form, key, name)) for key, name in people.items()],
            topics=[Option(key.value, words) for key, words in cases.TOPICS.items()],
            household=household,
            consumer=consumer,
            asks_household=len(homes) > 1,
            asks_consumer=len(people) > 1,
            people=f"{household} {consumer} {' '.join(people)}",
            key=key,
            rules=UploadRules.of(cases.WITH_FORM),
            files=[FileRow.of(one, form.zone) for one in form.files],
        )


def _who(form: cases.CaseForm, person: str, name: str) -> str:
    return f"{name} (you)" if person == form.consumer_id else name


class NewCaseState(FormMixin, PortalState):
    """The form: which household, for whom, about what."""

    view: NewCaseView = NewCaseView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Start with for whom the customer acts, or else with themselves."""
        self.view, self.is_loaded = NewCaseView(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            person, household = households.parts_of(self._caller.context)
            await self._offer(household, person, load_key())

    @rx.event
    @consumer
    async def refresh(self):
        """Offer what fits now: a membership or a grant may have ended meanwhile."""
        with self._opening():
            await self._offer(self.view.household, self.view.consumer, self.view.key)

    @rx.event
    @consumer
    async def pick_household(self, household: str):
        """Offer the people of another household."""
        with self._opening():
            await self._offer(household, self.view.consumer, self.view.key)

    @rx.event
    @consumer
    async def pick_consumer(self, consumer: str):
        """Remember whom it is about."""
        with self._opening():
            await self._offer(self.view.household, consumer, self.view.key)

    @rx.event
    @consumer
    async def take_off(self, document: str):
        """Take a file off the form again; its removal is what the page then shows."""
        with self._reporting():
            await self._ask(uploads.take_off, document=document)
            await self._offer(self.view.household, self.view.consumer, self.view.key)
            self._focus("form-files")

    @rx.event
    @consumer
    async def send(self, form: dict[str, Any]):
        """Open the case; the form carries all of it, so a repeated click says the same."""
        with self._reporting():
            entered = {name: self._text(form, name) for name in FIELDS}
            number = await self._ask(cases.open_case, **entered)
            return self._go(f"{PATH}/{number}?sent=yes")
        return None

    async def _offer(self, household: str, consumer: str, key: str) -> None:
        form = await self._ask(cases.case_form, key=key)
        self.view = NewCaseView.of(form, household, consumer, key)
        self.is_loaded = True
        self._watch(NewCaseState.refresh, *form.topics)
