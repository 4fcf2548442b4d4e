"""State behind the help page and its editor (S0-03)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import reflex as rx

from portal_app.core import entries
from portal_app.services import branding, help_pages
from portal_app.state.access import manager, public
from portal_app.state.base import FormMixin, PortalState, load_key
from portal_app.state.formats import plural


@dataclass(frozen=True)
class AnswerRow:
    """A question with its answer."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True)
class ContactView:
    """Whom to turn to; empty parts are not shown."""

    email: str = ""
    mailto: str = ""
    phone: str = ""
    tel: str = ""
    hours: str = ""

    @classmethod
    def of(cls, support: branding.Support) -> "ContactView":
        """Format the support contact."""
        digits = "".join(c for c in support.phone if c.isdigit() or c == "+")
        return cls(
            email=support.email,
            mailto=f"mailto:{quote(support.email, safe='@')}" if support.email else "",
            phone=support.phone,
            tel=f"tel:{digits}" if digits else "",
            hours=support.hours,
        )


class HelpState(PortalState):
    """Questions and answers for whoever reads them, signed in or not."""

    answers: list[AnswerRow] = []
    search: str = ""
    summary: str = ""
    contact: ContactView = ContactView()
    is_loaded: bool = False

    @rx.event
    @public
    async def load(self):
        """Fill the page for this reader."""
        self.answers, self.search, self.is_loaded = [], "", False
        await self._refresh()

    @rx.event
    @public
    async def refresh(self):
        """Show what has been published meanwhile."""
        await self._refresh()

    @rx.event
    @public
    async def look_for(self, words: str):
        """Show only the questions that hold these words."""
        self.search = entries.words(words)
        await self._refresh()

    async def _refresh(self) -> None:
        with self._opening():
            brand = self._actor.brand
            brand = brand or (await self._ask(branding.brand_for_host, host=self._host)).id
            found = await self._ask(help_pages.answers, brand=brand, search=self.search)
            self.answers = [AnswerRow(one.id, one.question, one.answer) for one in found]
            self.summary = f"{plural(len(found), 'question')} shown"
            self.contact = ContactView.of(await self._ask(branding.support_of, brand=brand))
            self.is_loaded = True
            self._watch(HelpState.refresh, f"help:{brand}", f"settings:{brand}")


@dataclass(frozen=True)
class ArticleRow:
    """A question as its editors see it."""

    id: str
    question: str
    audience: str
    status: str
    tone: str
    key: str


@dataclass(frozen=True)
class ArticleForm:
    """The question that is being written or changed; `id` is empty for a new one."""

    id: str = ""
    question: str = ""
    answer: str = ""
    audience: str = "consumer"
    is_published: bool = True
    version: str = "0"
    key: str = ""
    is_open: bool = False


_AUDIENCES = {"consumer": "Customers", "staff": "Staff only"}


class HelpEditorState(FormMixin, PortalState):
    """All questions of the brand, with one open for changing."""

    rows: list[ArticleRow] = []
    form: ArticleForm = ArticleForm()
    is_loaded: bool = False

    @rx.event
    @manager
    async def load(self):
        """Fill the list."""
        self.rows, self.form, self.is_loaded = [], ArticleForm(), False
        self.problem, self.field_problems = "", {}
        await self._refresh()

    @rx.event
    @manager
    async def refresh(self):
        """Show what colleagues have changed; what is being typed stays."""
        await self._refresh()

    @rx.event
    @manager
    async def write(self):
        """Open an empty question."""
        self.problem, self.field_problems = "", {}
        self.form = ArticleForm(key=load_key(), is_open=True)

    @rx.event
    @manager
    async def edit(self, article: str):
        """Open a question for changing."""
        self.problem, self.field_problems = "", {}
        with self._opening():
            found = await self._ask(help_pages.articles)
            self.form = next((_form(one) for one in found if one.id == article), ArticleForm())

    @rx.event
    @manager
    async def close(self, is_open: bool):  # noqa: FBT001 - the dialog says what it becomes
        """Close the editor without saving."""
        if not is_open:
            self.form, self.problem, self.field_problems = ArticleForm(), "", {}

    @rx.event
    @manager
    async def save(self, form: dict[str, Any]):
        """Save the question that is open."""
        with self._reporting():
            await self._ask(help_pages.save_article, **self._entered(form))
            self.form = ArticleForm()
            self._say("Saved. Readers see it at once if it is published.")
            await self._refresh()

    @rx.event
    @manager
    async def move(self, article: str, up: bool, key: str):  # noqa: FBT001 - a handler's are plain
        """Let a question change places with the one above or below."""
        with self._reporting():
            await self._ask(help_pages.move_article, article=article, up=up, key=key)
            await self._refresh()

    @rx.event
    @manager
    async def delete(self, article: str):
        """Take a question away for good."""
        with self._reporting():
            await self._ask(help_pages.delete_article, article=article)
            self.form = ArticleForm()
            self._say("Deleted.")
            await self._refresh()

    def _entered(self, form: Any) -> dict[str, Any]:
        return {
            "article": self._text(form, "article"),
            "question": self._text(form, "question"),
            "answer": self._text(form, "answer"),
            "audience": self._text(form, "audience"),
            "is_published": self._text(form, "is_published") == "yes",
            "version": self._version(form),
            "key": self._text(form, "key"),
        }

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(help_pages.articles)
            self.rows, self.is_loaded = [_row(one) for one in found], True
            self._watch(HelpEditorState.refresh, f"help:{self._actor.brand}")


def _row(one: help_pages.Article) -> ArticleRow:
    status, tone = ("Published", "good") if one.is_published else ("Not published", "neutral")
    audience = _AUDIENCES[one.audience.value]
    return ArticleRow(one.id, one.question, audience, status, tone, load_key())


def _form(one: help_pages.Article) -> ArticleForm:
    return ArticleForm(
        id=one.id,
        question=one.question,
        answer=one.answer,
        audience=one.audience.value,
        is_published=one.is_published,
        version=str(one.version),
        key=load_key(),
        is_open=True,
    )
