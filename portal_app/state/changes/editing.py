"""State behind the page on which one kind of one's details is changed."""

from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from portal_app import wiring
from portal_app.core.errors import NotAllowed, NotFound, SwitchedOff
from portal_app.services import changes
from portal_app.state.access import consumer
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import phone

PATH = "/profile"
_REVIEWED = "Our staff will look at this first. Until they have decided, everything stays as it is."
FIELDS = (
    "given_name",
    "family_name",
    "address_line1",
    "address_line2",
    "city",
    "region",
    "postal_code",
    "country",
    "email",
    "mobile",
    "locale",
)
_ONE_FIELD = {"email": "email", "phone": "mobile"}


@dataclass(frozen=True)
class Choice:
    """One entry of a list to choose from."""

    value: str
    label: str


@dataclass(frozen=True)
class EditView:
    """One kind of detail being changed; empty until loaded."""

    kind: str = ""
    title: str = ""
    held: dict[str, str] = field(default_factory=dict)
    countries: list[Choice] = field(default_factory=list)
    languages: list[Choice] = field(default_factory=list)
    waits: str = ""
    is_pending: bool = False
    needs_step_up: bool = False
    needs_code: bool = False
    sent_to: str = ""
    step_up_href: str = ""
    key: str = ""

    @classmethod
    def of(
        cls,
        detail: changes.Detail,
        *,
        is_stepped_up: bool,
        sent_to: str,
        choices: dict[str, tuple[tuple[str, str], ...]],
    ) -> "EditView":
        """Start the form with what waits, else with what is held."""
        values = {value.name: value.wanted for value in detail.values}
        is_reviewed = detail.policy is changes.ChangePolicy.REVIEW
        return cls(
            kind=detail.kind,
            title=detail.title,
            held=dict.fromkeys(FIELDS, "") | values,
            countries=choices_of(choices["country"], values.get("country", "")),
            languages=choices_of(choices["locale"], values.get("locale", "")),
            waits=_REVIEWED if is_reviewed else "",
            is_pending=detail.pending is not None,
            needs_step_up=bool(detail.channel) and not is_stepped_up,
            needs_code=bool(detail.channel),
            sent_to=phone(sent_to) if detail.channel == "text" else sent_to,
            step_up_href=f"/security?next={PATH}/{detail.kind}",
            key=load_key(),
        )


def choices_of(known: tuple[tuple[str, str], ...], held: str) -> list[Choice]:
    """Return what can be chosen; nothing is chosen for somebody who has said nothing yet."""
    is_known = held in {code for code, _ in known}
    first = [] if is_known else [Choice("", "Choose one")]
    return [*first, *(Choice(code, name) for code, name in known)]


class EditDetailState(FormMixin, PortalState):
    """One kind of detail: a form, and for an address or a number the code that proves it."""

    view: EditView = EditView()
    is_loaded: bool = False

    @rx.event
    @consumer
    async def load(self):
        """Start the form of the kind that stands in the address."""
        self.view, self.is_loaded = EditView(), False
        self.problem, self.field_problems = "", {}
        await self._read()
        topics = f"person:{self._actor.person_id}", f"settings:{self._actor.brand}"
        self._watch(EditDetailState.refresh, *topics)

    @rx.event
    @consumer
    async def refresh(self):
        """Say so when this was switched off or decided meanwhile; what is being typed stays."""
        with self._opening():
            _, detail = await self._held()
            self.view = replace(self.view, is_pending=detail.pending is not None)

    @rx.event
    @consumer
    async def save(self, form: dict[str, Any]):
        """Ask for the change; it is in force at once, or waits for staff."""
        kind = self._param("detail")
        with self._reporting():
            values = {name: self._text(form, name) for name in FIELDS}
            key = self._text(form, "key")
            await self._ask(changes.ask, kind=kind, values=values, key=key)
            return self._done(self.view.waits)
        return None

    @rx.event
    @consumer
    async def send_code(self, form: dict[str, Any]):
        """Send a code to the new address or number."""
        kind = self._param("detail")
        name = _ONE_FIELD.get(kind, "email")
        with self._reporting():
            await self._ask(
                changes.send_proof,
                kind=kind,
                values={name: self._text(form, name)},
                limiter=wiring.rate_limiter(),
                key=self._text(form, "key"),
            )
            await self._read()
            self._focus("code")

    @rx.event
    @consumer
    async def confirm(self, form: dict[str, Any]):
        """Take the code that was sent."""
        kind = self._param("detail")
        with self._reporting():
            await self._ask(
                changes.confirm_proof,
                kind=kind,
                code=self._text(form, "code"),
                limiter=wiring.rate_limiter(),
                key=self._text(form, "key"),
            )
            return self._done(self.view.waits)
        return None

    def _done(self, waits: str) -> Any:
        # Whoever comes back starts anew: until then the used key would stand in the form.
        self.view, self.is_loaded = EditView(), False
        told = "Sent. Our staff will look at it and write to you." if waits else "Saved."
        self._say(told)
        return self._go(PATH)

    async def _read(self) -> None:
        with self._opening():
            own, detail = await self._held()
            sent_to = await self._ask(changes.code_sent_to, kind=detail.kind)
            choices = await self._ask(changes.choices)
            self.view = EditView.of(
                detail, is_stepped_up=own.is_stepped_up, sent_to=sent_to, choices=choices
            )
            self.is_loaded = True

    async def _held(self) -> tuple[changes.Details, changes.Detail]:
        own = await self._ask(changes.my_details)
        detail = own.of(self._param("detail"))
        if detail is None:
            raise NotFound
        if not own.may_edit:
            raise NotAllowed(SwitchedOff.message)
        return own, detail
