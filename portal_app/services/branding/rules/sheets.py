"""From a theme to its style sheet: custom properties, and a ground for what has one of its own."""

from collections.abc import Mapping

from portal_app.services.branding.rules.fonts import FONTS
from portal_app.services.branding.rules.palette import brand_css, palette
from portal_app.services.branding.rules.surfaces import surface
from portal_app.services.branding.rules.themes import (
    COMPONENTS,
    PRESETS,
    Component,
    Pair,
    Theme,
    pairs_of,
)

# Whoever prefers a dark screen gets a dark one made from the main button's colour.
_BY_DAYLIGHT = ":root:not(.dark)"


def sheet(theme: Theme, *, colour: str, radius: str, body_font: str, heading_font: str) -> str:
    """Write the style sheet of a brand; colour, radius and fonts are those it was founded with."""
    preset = PRESETS.get(theme.preset)
    made = brand_css(
        colour=_accent(theme, colour),
        radius=float(preset.radius if preset else radius),
        body_font=body_font,
        heading_font=heading_font,
    )
    fonts = {"--font-body": theme.body_font, "--font-heading": theme.heading_font}
    chosen = {name: FONTS[font].stack for name, font in fonts.items() if font in FONTS}
    if chosen:
        made += _rule(":root", chosen)
    if theme.is_custom:
        made += f"@media screen{{{_components(pairs_of(theme, colour=colour), _BY_DAYLIGHT)}}}\n"
    return made


def preview_sheet(theme: Theme, *, scope: str, colour: str, radius: str) -> str:
    """Write what a sample of the portal inside `scope` looks like by daylight, in any theme."""
    preset = PRESETS.get(theme.preset)
    accent = _accent(theme, colour)
    shape = {"--radius-factor": preset.radius if preset else radius}
    for name, font in (("--font-body", theme.body_font), ("--font-heading", theme.heading_font)):
        if font in FONTS:
            shape[name] = FONTS[font].stack
    steps = palette(accent, dark=False)
    return _rule(scope, {**steps, **shape}) + _components(pairs_of(theme, colour=accent), scope)


def accent_of(theme: Theme, colour: str) -> str:
    """Return the one colour that letters, documents and dark screens are made from."""
    return _accent(theme, colour)


def _accent(theme: Theme, colour: str) -> str:
    if theme.is_custom:
        return theme.components["primary"].ground
    preset = PRESETS.get(theme.preset)
    return preset.colour if preset else colour


def _components(pairs: Mapping[str, Pair], scope: str) -> str:
    accent = pairs["primary"].ground
    return "".join(
        _component(COMPONENTS[name], pair, scope, accent) for name, pair in pairs.items()
    )


def _component(component: Component, pair: Pair, scope: str, accent: str) -> str:
    where = ",".join(f"{scope} {selector}".strip() for selector in component.selectors)
    values = {"background-color": pair.ground, "color": pair.ink}
    if component.holds_others:
        values = {**surface(pair.ground, pair.ink, accent), **values}
    elif ".btn.primary" in component.selectors:
        pressed = palette(pair.ground, dark=False)["--accent-10"]
        values = {
            "--pt-accent": pair.ground, "--pt-on-accent": pair.ink, "--pt-accent-hover": pressed,
        }  # fmt: skip
    elif component.selectors[0].startswith(".btn"):
        mix = f"color-mix(in srgb,{pair.ink} 6%,transparent)"
        values = {"--pt-surface": pair.ground, "--pt-text": pair.ink, "--pt-hover": mix}
    return _rule(where, values)


def _rule(where: str, values: Mapping[str, str]) -> str:
    return where + "{" + "".join(f"{name}:{value};" for name, value in values.items()) + "}\n"
