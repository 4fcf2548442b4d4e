"""State behind the theme: choose, see the contrast at once, apply (S4-03 to S4-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app.services import branding
from portal_app.state.access import admin
from portal_app.state.base import PortalState
from portal_app.state.looks.parts import AppliedMixin


@dataclass(frozen=True)
class ComponentRow:
    """A component with its two colours, how far they stand apart, and what would do better."""

    key: str
    name: str
    ground: str
    ink: str
    figure: str
    tone: str
    offer: str
    dark_figure: str
    dark_tone: str


@dataclass(frozen=True)
class ThemeForm:
    """The choices as the form starts with them."""

    preset: str = ""
    heading_font: str = ""
    body_font: str = ""


class ThemeState(AppliedMixin, PortalState):
    """The theme that is being put together, with a sample of it."""

    form: ThemeForm = ThemeForm()
    rows: list[ComponentRow] = []
    wrong: list[ComponentRow] = []
    starts: list[ComponentRow] = []
    sheet: str = ""
    summary: str = ""
    is_custom: bool = False
    _which = "theme"
    _typed: dict[str, str] = {}

    @rx.event
    @admin
    async def typed(self, form: dict[str, Any]):
        """Let the sample and the figures follow what is chosen."""
        self._typed = {name: self._text(form, name) for name in _names()}
        await self._look()

    @rx.event
    @admin
    async def take_offer(self, component: str):
        """Take the nearest ink that can be read for a component."""
        row = next((one for one in self.rows if one.key == component and one.offer), None)
        if row is not None:
            self._typed |= {f"{one.key}_ground": one.ground for one in self.rows}
            self._typed |= {f"{one.key}_ink": one.ink for one in self.rows}
            self._typed[f"{component}_ink"] = row.offer
            await self._look()
            self.starts = self.rows

    def _empty(self) -> None:
        self.form, self.rows, self.wrong, self.starts = ThemeForm(), [], [], []
        self.sheet, self.summary, self.is_custom = "", "", False

    async def _take(self, content: Mapping[str, Any]) -> None:
        choices = {name: str(content.get(name, "")) for name in ("heading_font", "body_font")}
        self.form = ThemeForm(str(content.get("preset") or branding.OWN), **choices)
        self._typed = {"preset": self.form.preset, **choices}
        for name, (ground, ink) in (content.get("components") or {}).items():
            self._typed |= {f"{name}_ground": ground, f"{name}_ink": ink}
        await self._look()
        self.starts = await self._custom_rows()

    def _content(self, form: Any) -> object:
        return {name: self._text(form, name) for name in _names()}

    async def _look(self) -> None:
        trial = await self._ask(branding.trial_sheet, content=self._typed)
        self.sheet = trial.sheet
        self.rows = _rows(trial)
        self.is_custom = self._typed.get("preset") == branding.CUSTOM
        self.wrong = [row for row in self.rows if row.offer]
        self.summary = (
            f"{len(self.wrong)} of {len(self.rows)} cannot be read yet."
            if self.wrong
            else f"Everything can be read. The least contrast is {_least(trial.pairs)} by "
            f"daylight and {_least(trial.dark)} in the dark."
        )

    async def _custom_rows(self) -> list[ComponentRow]:
        """Return what the list of colours starts with: those kept, else those of the theme."""
        given = {**self._typed, "preset": branding.CUSTOM}
        for row in self.rows:
            given.setdefault(f"{row.key}_ground", row.ground)
            given.setdefault(f"{row.key}_ink", row.ink)
        trial = await self._ask(branding.trial_sheet, content=given)
        return _rows(trial)


def _names() -> list[str]:
    colours = [f"{name}_{side}" for name in branding.COMPONENTS for side in ("ground", "ink")]
    return ["preset", "heading_font", "body_font", *colours]


def _least(pairs: Mapping[str, branding.Pair]) -> str:
    return branding.shown_ratio(min(pairs.values(), key=lambda pair: pair.ratio))


def _rows(trial: branding.Trial) -> list[ComponentRow]:
    return [_row(name, pair, trial.dark[name]) for name, pair in trial.pairs.items()]


def _row(name: str, pair: branding.Pair, dark: branding.Pair) -> ComponentRow:
    offer = "" if pair.is_readable else branding.nearest_readable(pair.ink, pair.ground)
    return ComponentRow(
        name,
        branding.COMPONENTS[name].name,
        pair.ground,
        pair.ink,
        f"{branding.shown_ratio(pair)} to 1",
        "good" if pair.is_readable else "bad",
        offer,
        f"{branding.shown_ratio(dark)} in the dark",
        "good" if dark.is_readable else "bad",
    )
