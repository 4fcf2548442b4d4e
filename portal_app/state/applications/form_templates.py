"""State behind building forms: sections and questionnaires (S2-19)."""

from typing import Any

import reflex as rx

from portal_app.services import forms
from portal_app.state.access import manager
from portal_app.state.applications.form_views import PATH, FieldLine, FormLine, FormView
from portal_app.state.base import FormMixin, PortalState, load_key


class FormTemplatesState(FormMixin, PortalState):
    """The brand's forms, and one of them being built."""

    rows: list[FormLine] = []
    view: FormView = FormView()
    question: FieldLine = FieldLine()
    question_key: str = ""
    is_loaded: bool = False

    @rx.event
    @manager
    async def load(self):
        """Show the forms, and open the one that the address names."""
        self.rows, self.view, self.is_loaded = [], FormView(), False
        self.problem, self.field_problems = "", {}
        self._forget_question()
        with self._opening():
            await self._ask(forms.prepare_forms)
        await self._refresh(self._param("open"))

    @rx.event
    @manager
    async def refresh(self):
        """Show what colleagues have changed."""
        await self._refresh(self.view.id)

    @rx.event
    @manager
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the form; the address forgets it."""
        if not is_open:
            self.view = FormView()
            return self._go(PATH)
        return None

    @rx.event
    @manager
    async def start(self, form: dict[str, Any]):
        """Begin a new form."""
        with self._reporting():
            given = {name: self._text(form, name) for name in ("title", "kind", "key")}
            made = await self._ask(forms.start_form, **given)
            await self._refresh(made)
            return self._go(f"{PATH}?open={made}")

    @rx.event
    @manager
    async def edit(self):
        """Begin a new version of the form that is open."""
        with self._reporting():
            made = await self._ask(forms.edit_form, template=self.view.id, key=load_key())
            await self._refresh(made)

    @rx.event
    @manager
    async def save(self, form: dict[str, Any]):
        """Change the name, the introduction and who answers."""
        with self._reporting():
            await self._do(
                forms.change_form,
                "Saved.",
                title=self._text(form, "title"),
                introduction=self._text(form, "introduction"),
                per_person=self._text(form, "per_person") != "",
            )

    @rx.event
    @manager
    async def pick(self, key: str, group: str):
        """Take a question into the form below, to change it."""
        found = (one for one in self.view.fields if (one.key, one.group) == (key, group))
        if (line := next(found, None)) is not None:
            self.question, self.question_key = line, load_key()
            self._focus("label")

    @rx.event
    @manager
    async def put(self, form: dict[str, Any]):
        """Add a question, or change the one that was picked."""
        with self._reporting():
            names = ("label", "kind", "hint", "options")
            asked: dict[str, Any] = {name: self._text(form, name) for name in names}
            asked["required"] = bool(self._text(form, "required"))
            held = self.question
            where = {"field": held.key, "group": held.group or self._text(form, "group")}
            await self._do(forms.put_field, "Saved.", question=asked, **where)
            self._forget_question()

    @rx.event
    @manager
    async def move(self, key: str, group: str):
        """Move a question up."""
        with self._reporting():
            await self._do(forms.move_field, "Moved.", field=key, group=group)

    @rx.event
    @manager
    async def remove(self, key: str, group: str):
        """Take a question out."""
        with self._reporting():
            await self._do(forms.remove_field, "Taken out.", field=key, group=group)

    @rx.event
    @manager
    async def publish(self):
        """Put the draft into use."""
        with self._reporting():
            await self._do(forms.publish_form, "In use from now on.")

    @rx.event
    @manager
    async def retire(self):
        """Take the form out of use, or give the draft up."""
        with self._reporting():
            given = {"template": self.view.id, "version": self.view.version, "key": load_key()}
            await self._ask(forms.retire_form, **given)
            self._say("Out of use. Where it is shared it stays.")
            await self._refresh("")

    def _forget_question(self) -> None:
        self.question = FieldLine()
        self.question_key = load_key()

    async def _do(self, command: Any, told: str, **given: Any) -> None:
        standing = {"template": self.view.id, "version": self.view.version, "key": load_key()}
        await self._ask(command, **standing, **given)
        self._say(told)
        await self._refresh(self.view.id)

    async def _refresh(self, template: str) -> None:
        with self._opening():
            self.rows = [FormLine.of(one) for one in await self._ask(forms.form_rows)]
            self.view = FormView()
            if template:
                self.view = FormView.of(await self._ask(forms.form_sheet, template=template))
            self.is_loaded = True
            self._watch(FormTemplatesState.refresh, f"forms:{self._actor.brand}")
