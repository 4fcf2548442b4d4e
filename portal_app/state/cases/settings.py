"""State behind the settings of cases: who sees them, what closes by itself, and the templates."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.core.actor import Access
from portal_app.services import cases
from portal_app.state.access import admin, manager
from portal_app.state.base import FormMixin, PortalState, load_key

_LONGEST_SHOWN = 120


@dataclass(frozen=True)
class PolicyForm:
    """How the brand treats cases, as the form starts with it; empty for who may not change it."""

    visibility: str = ""
    auto_close_days: str = ""
    version: str = ""
    key: str = ""


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list."""

    id: str
    title: str
    words: str


@dataclass(frozen=True)
class TemplateForm:
    """The template that is being written or changed; `id` is empty for a new one."""

    id: str = ""
    title: str = ""
    words: str = ""
    version: str = "0"
    key: str = ""
    is_open: bool = False


class CaseSettingsState(FormMixin, PortalState):
    """Templates for managers; what a brand lets households see, for administrators."""

    policy: PolicyForm = PolicyForm()
    rows: list[TemplateRow] = []
    form: TemplateForm = TemplateForm()
    is_loaded: bool = False

    @rx.event
    @manager
    async def load(self):
        """Fill the page."""
        self.policy, self.rows, self.form = PolicyForm(), [], TemplateForm()
        self.problem, self.field_problems, self.is_loaded = "", {}, False
        await self._refresh()

    @rx.event
    @manager
    async def refresh(self):
        """Show what colleagues have changed; what is being typed stays."""
        await self._refresh()

    @rx.event
    @admin
    async def save_policy(self, form: dict[str, Any]):
        """Set who sees the cases of a household, and what closes by itself."""
        with self._reporting():
            await self._ask(
                cases.set_policy,
                visibility=self._text(form, "visibility"),
                auto_close_days=self._text(form, "auto_close_days"),
                version=self._version(form),
                key=self._text(form, "key"),
            )
            await self._refresh()
            self._say("Saved. Open pages follow at once.")

    @rx.event
    @manager
    async def write(self):
        """Open an empty template."""
        self.problem, self.field_problems = "", {}
        self.form = TemplateForm(key=load_key(), is_open=True)

    @rx.event
    @manager
    async def edit(self, template: str):
        """Open a template for changing."""
        self.problem, self.field_problems = "", {}
        with self._opening():
            known = await self._ask(cases.templates)
            self.form = next((_form(one) for one in known if one.id == template), TemplateForm())

    @rx.event
    @manager
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the editor without saving."""
        if not is_open:
            self.form, self.problem, self.field_problems = TemplateForm(), "", {}

    @rx.event
    @manager
    async def save(self, form: dict[str, Any]):
        """Save the template that is open."""
        with self._reporting():
            await self._ask(
                cases.save_template,
                template=self._text(form, "template"),
                title=self._text(form, "title"),
                words=self._text(form, "words"),
                version=self._version(form),
                key=self._text(form, "key"),
            )
            self.form = TemplateForm()
            self._say("Saved. Colleagues can use it at once.")
            await self._refresh()

    @rx.event
    @manager
    async def delete(self, template: str, key: str):
        """Take a template away."""
        with self._reporting():
            await self._ask(cases.delete_template, template=template, key=key)
            self.form = TemplateForm()
            self._say("Deleted.")
            await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            self.rows = [_row(one) for one in await self._ask(cases.templates)]
            if self._actor.has(Access.ADMIN):
                kept = await self._ask(cases.case_policy)
                self.policy = PolicyForm(
                    kept.visibility.value, str(kept.auto_close_days), str(kept.version), load_key()
                )
            self.is_loaded = True
            self._watch(CaseSettingsState.refresh, f"case-templates:{self._actor.brand}")


def _row(one: cases.Template) -> TemplateRow:
    words = " ".join(one.body.split())
    is_long = len(words) > _LONGEST_SHOWN
    return TemplateRow(one.id, one.title, f"{words[:_LONGEST_SHOWN]}…" if is_long else words)


def _form(one: cases.Template) -> TemplateForm:
    return TemplateForm(one.id, one.title, one.body, str(one.version), load_key(), is_open=True)
