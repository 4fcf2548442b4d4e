"""State behind the form in which staff open a case for a customer, such as one who calls."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from portal_app.services import cases, uploads
from portal_app.state.access import staff
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.cases.opening import FIELDS, NO_HOUSEHOLD
from portal_app.state.cases.queue_views import PATH
from portal_app.state.cases.words import Option
from portal_app.state.files import FileRow, UploadRules


@dataclass(frozen=True)
class OnBehalfView:
    """For whom the case is, and in which households it may be; empty until loaded."""

    consumer: str = ""
    name: str = ""
    household: str = ""
    households: list[Option] = field(default_factory=list)
    topics: list[Option] = field(default_factory=list)
    asks_household: bool = False
    key: str = ""
    rules: UploadRules = field(default_factory=UploadRules)
    files: list[FileRow] = field(default_factory=list)

    @classmethod
    def of(cls, form: cases.CaseForm, key: str) -> "OnBehalfView":
        """Format what the form offers."""
        homes = [Option(one.household_id, one.household_name or NO_HOUSEHOLD)
                 for one in form.choices]  # fmt: skip
        return cls(
            consumer=form.consumer_id,
            name=form.choices[0].consumer_name,
            household=form.household_id,
            households=homes,
            topics=[Option(key.value, words) for key, words in cases.TOPICS.items()],
            asks_household=len(homes) > 1,
            key=key,
            rules=UploadRules.of(cases.WITH_FORM),
            files=[FileRow.of(one, form.zone, for_staff=True) for one in form.files],
        )


class OnBehalfState(FormMixin, PortalState):
    """A new case for the person whom the address names."""

    view: OnBehalfView = OnBehalfView()
    is_loaded: bool = False

    @rx.event
    @staff
    async def load(self):
        """Start the form."""
        self.view, self.is_loaded = OnBehalfView(), False
        self.problem, self.field_problems = "", {}
        with self._opening():
            await self._offer(self._param("person"), load_key())

    @rx.event
    @staff
    async def refresh(self):
        """Offer the households that the person is in now."""
        with self._opening():
            await self._offer(self.view.consumer, self.view.key)

    @rx.event
    @staff
    async def take_off(self, document: str):
        """Take a file off the form again."""
        with self._reporting():
            await self._ask(uploads.take_off, document=document)
            await self._offer(self.view.consumer, self.view.key)
            self._focus("form-files")

    @rx.event
    @staff
    async def send(self, form: dict[str, Any]):
        """Open the case; the customer is told."""
        with self._reporting():
            entered = {name: self._text(form, name) for name in FIELDS}
            number = await self._ask(cases.open_case, **entered)
            return self._go(f"{PATH}?open={number}")
        return None

    async def _offer(self, person: str, key: str) -> None:
        form = await self._ask(cases.case_form_about, consumer=person, key=key)
        self.view, self.is_loaded = OnBehalfView.of(form, key), True
        self._watch(OnBehalfState.refresh, *form.topics)
