"""What every part of the portal's looks shares: draft, apply, publish, roll back (S4-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from portal_app.services import branding
from portal_app.services.wording import short_moment
from portal_app.state.access import admin
from portal_app.state.base import FormMixin, PortalState, load_key

APPLIED = "Applied. Open pages follow at once."


@dataclass(frozen=True)
class RevisionRow:
    """One version in the history; an older one can be put in force again."""

    number: str
    title: str
    status: str
    tone: str
    who: str
    when: str
    is_older: bool


@dataclass(frozen=True)
class PartView:
    """Where a part stands: what was seen of it, whether a draft waits, its history."""

    seen: str = "0"
    has_draft: bool = False
    is_changed: bool = False
    key: str = ""
    act_key: str = ""


class PartMixin(FormMixin, PortalState, mixin=True):
    """One part of the portal's looks; a state says which, and takes over its content."""

    part: PartView = PartView()
    history: list[RevisionRow] = []
    is_sure: bool = False
    is_loaded: bool = False
    _which: ClassVar[str] = ""

    @rx.event
    @admin
    async def load(self):
        """Fill the form."""
        self.part, self.history, self.is_loaded, self.is_sure = PartView(), [], False, False
        self.problem, self.field_problems = "", {}
        self._empty()
        await self._refresh()

    @rx.event
    @admin
    async def publish_draft(self, key: str):
        """Show customers the draft from now on."""
        with self._reporting():
            await self._ask(
                branding.publish_draft,
                part=self._which,
                seen=int(self.part.seen),
                key=key,
            )
            self._say(APPLIED)
            await self._refresh()
        self.is_sure = self._actor.is_stepped_up

    @rx.event
    @admin
    async def roll_back(self, number: str, key: str):
        """Put an older version in force again."""
        with self._reporting():
            await self._ask(
                branding.roll_back,
                part=self._which,
                number=int(number) if str(number).isdecimal() else -1,
                seen=int(self.part.seen),
                key=key,
            )
            self._say("Rolled back. Open pages follow at once.")
            await self._refresh()
        self.is_sure = self._actor.is_stepped_up

    async def _refresh(self) -> None:
        with self._opening():
            found = await self._ask(branding.design, part=self._which)
            newest = max((one.number for one in found.history), default=0)
            is_changed = any(one.published_at for one in found.history)
            keys = load_key(), load_key()
            self.part = PartView(str(newest), found.has_draft, is_changed, *keys)
            self.history = [_row(one, self._zone_of_reader) for one in found.history]
            await self._take(found.content)
            self.is_sure, self.is_loaded = self._actor.is_stepped_up, True

    def _empty(self) -> None:
        """Forget what was shown to somebody else."""
        raise NotImplementedError

    async def _take(self, content: Mapping[str, Any]) -> None:
        """Take over what the part holds now."""
        raise NotImplementedError


class AppliedMixin(PartMixin, PortalState, mixin=True):
    """A part whose form goes through the state; the state says what the form holds."""

    @rx.event
    @admin
    async def apply(self, form: dict[str, Any]):
        """Show customers from now on what the form holds, or keep it as a draft (S4-07)."""
        is_draft = self._text(form, "is_draft") == "yes"
        with self._reporting():
            await self._ask(
                branding.save_revision,
                part=self._which,
                content=self._content(form),
                seen=int(self.part.seen),
                publish=not is_draft,
                key=self._text(form, "key"),
            )
            self._say("Draft saved. Nobody sees it yet." if is_draft else APPLIED)
            await self._refresh()
        self.is_sure = self._actor.is_stepped_up

    def _content(self, form: Any) -> object:
        """Return what a form holds, as the service asks for it."""
        raise NotImplementedError


def _row(one: branding.Revision, zone: str) -> RevisionRow:
    status, tone = {
        "draft": ("Draft", "warn"),
        "published": ("In force", "good"),
        "replaced": ("Older", "neutral"),
    }[one.state.value]
    when = short_moment(one.published_at or one.written_at, zone)
    title, is_older = f"Version {one.number}", one.state.value == "replaced"
    return RevisionRow(str(one.number), title, status, tone, one.written_by, when, is_older)
