"""Themes: ready ones, and a custom one with a ground and an ink for each component (S4-03, S4-04).

A theme is kept as plain values and becomes a style sheet of custom properties. What cannot be read
is refused, and the nearest that can be read is offered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import cast

from portal_app.core.entries import Entries
from portal_app.services.branding.rules.fonts import FONTS
from portal_app.services.branding.rules.palette import contrast, nearest_readable, palette

OWN, CUSTOM = "own", "custom"
LEAST = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready theme: its name, the colour that it is made from, and how round corners are."""

    name: str
    colour: str
    radius: str


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "harbour": Preset("Harbour", "#1f5f8b", "1"),
        "orchard": Preset("Orchard", "#2f7d4f", "1.3"),
        "ember": Preset("Ember", "#b4451f", "0.6"),
        "plum": Preset("Plum", "#6b3fa0", "1.5"),
        "slate": Preset("Slate", "#4a5568", "0.4"),
        "ink": Preset("Ink", "#14181f", "0"),
    }
)


@dataclass(frozen=True, slots=True)
class Component:
    """Something on a page that has a ground and an ink of its own."""

    name: str
    selectors: tuple[str, ...]
    holds_others: bool = True


COMPONENTS: Mapping[str, Component] = MappingProxyType(
    {
        "page": Component("Page", ("",)),
        "header": Component("Top bar and menu", (".side", ".tabs")),
        "heading": Component("Section heading", (".h1", ".h2"), holds_others=False),
        "panel": Component("Panel", (".card",)),
        "primary": Component("Main button", (".btn.primary",), holds_others=False),
        "secondary": Component(
            "Other buttons", (".btn:not(.primary,.danger,.quiet)",), holds_others=False
        ),
        "table_head": Component("Table header", (".tbl th[scope=col]",), holds_others=False),
        "table_row": Component("Table row", (".tbl tbody tr",)),
        "link": Component("Link", (".a",), holds_others=False),
        "alert": Component("Alert", (".alert",)),
        "dialog": Component("Dialog", (".dialog", ".sheet", ".menu", ".peek", ".toast")),
        "footer": Component("Footer", (".foot",)),
    }
)


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of the style sheet that no theme but a custom one changes, as #rrggbb."""

    canvas: str
    surface: str
    head: str
    soft: str
    text: str
    muted: str


_LIGHT = Tone("#f9f9fb", "#ffffff", "#f8f8f9", "#e8e9ed", "#1b1f24", "#5c606a")
_DARK = Tone("#0e0f12", "#17181c", "#1b1c20", "#2a2c32", "#eceef1", "#a8adb7")


@dataclass(frozen=True, slots=True)
class Pair:
    """The ground and the ink of a component, as #rrggbb."""

    ground: str
    ink: str

    @property
    def ratio(self) -> float:
        """How far the ink stands out from the ground, from 1 to 21."""
        return contrast(self.ground, self.ink)

    @property
    def is_readable(self) -> bool:
        """Whether that is enough for words of any size (WCAG 1.4.3)."""
        return self.ratio >= LEAST


@dataclass(frozen=True, slots=True)
class Theme:
    """What a brand has chosen; an empty font is the one that the brand was founded with."""

    preset: str = OWN
    components: Mapping[str, Pair] = field(default_factory=dict[str, Pair])
    heading_font: str = ""
    body_font: str = ""

    @property
    def is_custom(self) -> bool:
        """Whether every component has colours of its own."""
        return self.preset == CUSTOM


def theme_of(kept: Mapping[str, object]) -> Theme:
    """Return a theme as it was kept; what is not there is as it came."""
    pairs = cast("Mapping[str, list[str]]", kept.get("components") or {})
    return Theme(
        str(kept.get("preset") or OWN),
        {name: Pair(*pair) for name, pair in pairs.items()},
        str(kept.get("heading_font") or ""),
        str(kept.get("body_font") or ""),
    )


def pairs_of(theme: Theme, *, colour: str) -> dict[str, Pair]:
    """Return the ground and the ink of every component, whatever the theme; by daylight."""
    if theme.is_custom:
        return {name: theme.components[name] for name in COMPONENTS}
    return _plain_pairs(colour, dark=False)


def dark_pairs(colour: str) -> dict[str, Pair]:
    """Return the ground and the ink of every component on a dark screen.

    Whatever the theme: a dark screen is made from one colour, the main button's in a custom one.
    """
    return _plain_pairs(colour, dark=True)


def _plain_pairs(colour: str, *, dark: bool) -> dict[str, Pair]:
    steps, tone = palette(colour, dark=dark), _DARK if dark else _LIGHT
    made = {name: Pair(tone.surface, tone.text) for name in COMPONENTS}
    return made | {
        "page": Pair(tone.canvas, tone.text),
        "heading": Pair(tone.canvas, tone.text),
        "primary": Pair(steps["--accent-9"], steps["--on-accent"]),
        "table_head": Pair(tone.head, tone.muted),
        "link": Pair(tone.surface, steps["--accent-11"]),
        "alert": Pair(tone.soft, tone.text),
        "footer": Pair(tone.canvas, tone.muted),
    }


def read_theme(entered: Entries, value: object) -> dict[str, object]:
    """Return a theme ready to be kept; the fields of a refusal are preset, fonts, `panel_ink` ….

    The colours of components are kept while a ready theme is chosen, and judged when they count.
    """
    given: Mapping[str, object] = value if isinstance(value, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    preset = given.get("preset", OWN)
    if not isinstance(preset, str) or preset not in {OWN, CUSTOM, *PRESETS}:
        entered.refuse("preset", "Choose a theme from the list.")
        preset = OWN
    return {
        "preset": preset,
        "components": _read_pairs(entered, given, judged=preset == CUSTOM),
        "heading_font": _font(entered, "heading_font", given),
        "body_font": _font(entered, "body_font", given),
    }


def trial_theme(given: Mapping[str, object], *, colour: str) -> Theme:
    """Return a theme from whatever stands in a form; what is no colour is as the brand's own."""
    kept = read_theme(Entries(), {**given, "preset": OWN})
    preset = given.get("preset")
    theme = theme_of({**kept, "preset": preset if preset in {CUSTOM, *PRESETS} else OWN})
    if not theme.is_custom:
        return theme
    plain = pairs_of(Theme(), colour=colour)
    return replace(theme, components={**plain, **theme.components})


def fault_of(pair: Pair) -> str:
    """Return why a pair cannot be read, with the nearest ink that can; "" if it can."""
    if pair.is_readable:
        return ""
    return (
        f"The contrast is {shown_ratio(pair)}, and words need {LEAST}. "
        f"The nearest text that can be read is {nearest_readable(pair.ink, pair.ground)}."
    )


def shown_ratio(pair: Pair) -> str:
    """Return the contrast in figures, never rounded up to what it does not reach."""
    return f"{int(pair.ratio * 10) / 10:g}"


def _read_pairs(
    entered: Entries, given: Mapping[str, object], *, judged: bool
) -> dict[str, list[str]]:
    kept = dict[str, list[str]]()
    for name in COMPONENTS:
        ground, ink = given.get(f"{name}_ground"), given.get(f"{name}_ink")
        if _is_colour(ground) and _is_colour(ink):
            pair = Pair(str(ground).lower(), str(ink).lower())
            kept[name] = [pair.ground, pair.ink]
            if judged and (fault := fault_of(pair)):
                entered.refuse(f"{name}_ink", f"{COMPONENTS[name].name}: {fault}")
        elif judged:
            wrong = "ink" if _is_colour(ground) else "ground"
            entered.refuse(f"{name}_{wrong}", "Write the colour as # and six digits: #1f5f8b.")
    if judged and "primary" in kept:
        for name, pair in dark_pairs(kept["primary"][0]).items():
            if fault := fault_of(pair):
                entered.refuse("primary_ground", f"{COMPONENTS[name].name}, dark: {fault}")
    return kept


def _font(entered: Entries, field: str, given: Mapping[str, object]) -> str:
    font = given.get(field, "")
    if isinstance(font, str) and (font == "" or font in FONTS):
        return font
    entered.refuse(field, "Choose a font from the list.")
    return ""


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and _COLOUR.fullmatch(value.lower()) is not None
