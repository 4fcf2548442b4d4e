"""State behind the three steps in which items are called off rent (S3-25)."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

import reflex as rx

from portal_app.core.errors import Invalid
from portal_app.services import rentals
from portal_app.state.access import rental_customer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import moment, phone, zone_words
from portal_app.state.rentals.words import local_input

STEP_OF = {
    "quantity": 1,
    "requested_for": 1,
    "method": 2,
    "place": 2,
    "contact_name": 2,
    "contact_phone": 2,
    "notes": 2,
}
_STEPS = {"2": 2, "3": 3}


def _step(field: str) -> int:
    return STEP_OF.get(field, 1)


@dataclass(frozen=True)
class OffRentView:
    """The line, and what its form needs to say; empty until loaded."""

    line_id: str = ""
    path: str = ""
    item: str = ""
    sub: str = ""
    available: str = ""
    is_all_asked: bool = False
    open_request: str = ""
    earliest: str = ""
    latest: str = ""
    zone: str = ""
    store: str = ""
    store_phone: str = ""
    drop_off: str = ""
    key: str = ""

    @classmethod
    def of(cls, form: rentals.RequestForm, key: str) -> "OffRentView":
        """Format the form's surroundings."""
        item = form.item
        asked = item.quantity_out - item.available
        being = f", {asked:,} of them being called off already" if asked else ""
        return cls(
            line_id=item.line_id,
            path=f"/items-out/{item.line_id}/off-rent",
            item=item.description,
            sub=f"Contract {item.contract_number} · {item.quantity_out:,} on rent{being}",
            available=f"{item.available:,}",
            is_all_asked=item.available < 1,
            open_request=item.requests[0].number if item.requests else "",
            earliest=local_input(form.now, item.zone),
            latest=local_input(form.now + timedelta(days=365), item.zone),
            zone=zone_words(item.zone),
            store=form.store.name or "your store",
            store_phone=form.store.phone,
            drop_off=", ".join(filter(None, (form.store.name, form.store.address))),
            key=key,
        )


@dataclass(frozen=True)
class Draft:
    """What has been typed so far, as it was typed."""

    quantity: str = ""
    when: str = rentals.NOW
    date_time: str = ""
    method: str = ""
    place: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    notes: str = ""

    @classmethod
    def of(cls, form: rentals.RequestForm) -> "Draft":
        """Return the answers that the form starts with."""
        return cls(
            quantity=str(form.item.available) if form.item.available == 1 else "",
            place=form.place,
            contact_name=form.contact_name,
            contact_phone=phone(form.contact_phone),
        )

    def entered(self) -> dict[str, Any]:
        """Return the answers under the names that the service knows."""
        given = asdict(self)
        when, later = given.pop("when"), given.pop("date_time")
        return given | {"requested_for": rentals.NOW if when == rentals.NOW else later}


@dataclass(frozen=True)
class Answers:
    """The checked answers, read back before they are sent."""

    quantity: str = ""
    when: str = ""
    method: str = ""
    place: str = ""
    contact: str = ""
    notes: str = ""
    requested_for: str = ""

    @classmethod
    def of(cls, asked: rentals.Asked, draft: Draft, zone: str) -> "Answers":
        """Format what will be sent."""
        now = draft.when == rentals.NOW
        return cls(
            quantity=f"{asked.quantity:,}",
            when="As soon as the store confirms" if now else moment(asked.requested_for, zone),
            method="Pick up" if asked.method.value == "pickup" else "We bring it back",
            place=asked.place,
            contact=f"{asked.contact_name}, {phone(asked.contact_phone)}",
            notes=asked.notes,
            requested_for=rentals.NOW if now else draft.date_time,
        )


class OffRentState(FormMixin, PortalState):
    """Quantity and time, then how and whom to call, then a check of it all."""

    page: OffRentView = OffRentView()
    draft: Draft = Draft()
    answers: Answers = Answers()
    step: int = 1
    is_loaded: bool = False
    _zone: str = "UTC"

    @rx.event
    @rental_customer
    async def load(self):
        """Open the step that the address names, with what has been answered so far."""
        self.is_loaded = False
        with self._opening():
            await self._open_line(self._param("line_id"))
            await self._open_step(_STEPS.get(self._param("step"), 1))
        self._watch(OffRentState.refresh, f"settings:{self._actor.brand}")

    @rx.event
    @rental_customer
    async def refresh(self):
        """Say so when this was switched off meanwhile; what was answered stays."""
        with self._opening():
            await self._ask(rentals.request_form, line=self.page.line_id)

    @rx.event
    @rental_customer
    async def answer(self, form: dict[str, Any]):
        """Keep what was typed in a step, and go on once it can be accepted."""
        step = 2 if self._text(form, "step") == "2" else 1
        self._keep(form)
        with self._reporting():
            is_complete = await self._review(step) is not None
            return self._go(f"{self.page.path}?step={3 if is_complete else step + 1}")

    @rx.event
    @rental_customer
    async def send(self, form: dict[str, Any]):
        """Send the request; the form carries all of it, so a repeated click says the same."""
        entered = {name: self._text(form, name) for name in (*STEP_OF, "line", "key")}
        with self._reporting():
            number = await self._ask(rentals.call_off_rent, **entered)
            self.page, self.draft, self.is_loaded = OffRentView(), Draft(), False
            return self._go(f"/requests/{number}?sent=yes")
        return self._to_fault()

    async def _open_line(self, line: str) -> None:
        form = await self._ask(rentals.request_form, line=line)
        if line != self.page.line_id:
            self.draft, self.problem, self.field_problems = Draft.of(form), "", {}
        key = self.page.key if line == self.page.line_id else load_key()
        self.page, self._zone = OffRentView.of(form, key), form.item.zone

    async def _open_step(self, wanted: int) -> None:
        self.problem, self.answers = "", Answers()
        self.step = 1 if self.page.is_all_asked else await self._reachable(wanted)
        wrong = dict(self.field_problems)
        self.field_problems = {n: words for n, words in wrong.items() if _step(n) == self.step}
        self._focus("errors" if self.field_problems else "page-title")
        self.is_loaded = True

    async def _reachable(self, wanted: int) -> int:
        """Return the wanted step, or the first whose answers still have to be given."""
        for step in range(1, wanted):
            try:
                asked = await self._review(step)
            except Invalid:
                return step
            if asked:
                self.answers = Answers.of(asked, self.draft, self._zone)
        return wanted

    async def _review(self, step: int) -> rentals.Asked | None:
        """Check the answers up to a step; those of later steps may still be missing."""
        entered = self.draft.entered()
        try:
            return await self._ask(rentals.review, line=self.page.line_id, entered=entered)
        except Invalid as refusal:
            wrong = {n: words for n, words in refusal.fields.items() if _step(n) <= step}
            if wrong:
                raise Invalid(**wrong) from None
            return None

    def _keep(self, form: dict[str, Any]) -> None:
        known = set(asdict(self.draft)) & set(form if isinstance(form, dict) else ())
        self.draft = replace(self.draft, **{name: self._text(form, name) for name in known})

    def _to_fault(self):  # noqa: ANN202 - an event of the framework
        faulty = [_step(name) for name in self.field_problems]
        return self._go(f"{self.page.path}?step={min(faulty)}") if faulty else None
