"""Themes: every ready one can be read, a custom one must be, and what lies on it is made so."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from portal_app.core.entries import Entries
from portal_app.core.errors import Invalid
from portal_app.services import branding
from portal_app.services.branding.rules import palette, sheets, surfaces, themes

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
GOOD = {
    f"{name}_{side}": colour
    for name in branding.COMPONENTS
    for side, colour in (("ground", "#fffdf5"), ("ink", "#2a1a10"))
}


def read(**given):
    entered = Entries()
    kept = themes.read_theme(entered, {"preset": "custom", **GOOD, **given})
    entered.done()
    return kept


@pytest.mark.requirement("S4-03")
@pytest.mark.parametrize("preset", [*branding.PRESETS, branding.OWN])
def test_every_pair_of_every_ready_theme_meets_aa(preset):
    assert len(branding.PRESETS) >= 4
    colour = branding.PRESETS[preset].colour if preset != branding.OWN else "#3d4fd6"
    pairs = branding.pairs_of(themes.Theme(preset), colour=colour)
    assert set(pairs) == set(branding.COMPONENTS)
    for name, pair in pairs.items():
        assert palette.contrast(pair.ground, pair.ink) >= 4.5, name
    for dark in (False, True):
        steps = palette.palette(colour, dark=dark)
        assert palette.contrast(steps["--accent-9"], steps["--on-accent"]) >= 4.5
        assert palette.contrast(steps["--accent-11"], palette.PAGE[dark]) >= 4.5


@pytest.mark.requirement("S4-04")
def test_components_of_the_custom_theme_are_those_of_the_specification():
    assert set(branding.COMPONENTS) == {
        "page", "header", "heading", "panel", "primary", "secondary", "table_head", "table_row",
        "link", "alert", "dialog", "footer",
    }  # fmt: skip


@examples(deadline=None)
@given(COLOURS)
@example("#000000")
@example("#ffffff")
def test_dark_screen_made_from_any_main_button_can_be_read(colour):
    for name, pair in themes.dark_pairs(colour).items():
        assert pair.is_readable, (name, colour)
    ink = palette.nearest_readable("#ffffff", colour)
    assert read(primary_ground=colour, primary_ink=ink)


def test_figures_are_counted_with_the_colours_of_the_style_sheet():
    css = Path("assets/portal.css").read_text()
    light, dark = themes.pairs_of(themes.Theme(), colour="#3d4fd6"), themes.dark_pairs("#3d4fd6")
    for pairs, block in ((light, css), (dark, css[css.index("@media screen{:root.dark{") :])):
        for token, colour in (
            ("--pt-canvas", pairs["page"].ground), ("--pt-surface", pairs["panel"].ground),
            ("--pt-text", pairs["page"].ink), ("--pt-muted", pairs["footer"].ink),
            ("--pt-neutral-soft", pairs["alert"].ground),
        ):  # fmt: skip
            kept = re.search(rf"{token}:(#[0-9a-f]+)", block)[1]
            assert {kept, kept + kept[1:]} & {colour}, token


@pytest.mark.requirement("S4-04")
def test_pair_that_cannot_be_read_is_refused_and_the_nearest_offered():
    with pytest.raises(Invalid) as refused:
        read(panel_ground="#777777", panel_ink="#888888")
    words = refused.value.fields["panel_ink"]
    assert "contrast is 1.2" in words
    offered = words.rpartition(" ")[2].rstrip(".")
    assert read(panel_ground="#777777", panel_ink=offered)


@examples(deadline=None)
@given(COLOURS, COLOURS)
def test_offered_ink_can_always_be_read(ink, ground):
    offered = palette.nearest_readable(ink, ground)
    assert palette.contrast(offered, ground) >= 4.5


@examples(deadline=None, max_examples=60)
@given(COLOURS, COLOURS, COLOURS)
@example("#008675", "#000000", "#000000")  # as near to the middle as a colour can be
def test_whatever_stands_on_a_chosen_ground_can_be_read(ground, ink, accent):
    if palette.contrast(ground, ink) < 4.5:
        ink = palette.nearest_readable(ink, ground)
    made = surfaces.surface(ground, ink, accent)
    texts = [name for name in made if name.endswith("-text") or name == "--pt-muted"]
    for name in texts:
        assert palette.contrast(made[name], ground) >= 4.5, (name, ground, ink, accent)
    for status in ("good", "warn", "bad", "info", "neutral"):
        pair = made[f"--pt-{status}-text"], made[f"--pt-{status}-soft"]
        assert palette.contrast(*pair) >= 4.5, (status, ground)
    assert palette.contrast(made["--pt-control-border"], ground) >= 3
    # The initials of whoever is signed in.
    assert palette.contrast(made["--accent-12"], made["--accent-4"]) >= 4.5


@pytest.mark.requirement("S4-04")
@pytest.mark.parametrize(
    "colour",
    ["red", "#fff", "", None, 3, "#12345g", "#123456;}body{display:none", "url(x)", ["#123456"]],
)
def test_colour_is_a_colour_and_nothing_else(colour):
    with pytest.raises(Invalid):
        read(panel_ground=colour)


@pytest.mark.requirement("S4-04")
def test_colours_of_components_are_kept_while_a_ready_theme_is_chosen():
    kept = read(preset="plum", panel_ink="#fffdf4")  # cannot be read, and does not count now
    assert kept["components"]["panel"] == ["#fffdf5", "#fffdf4"]
    assert not themes.theme_of(kept).is_custom


@pytest.mark.requirement("S4-05")
@pytest.mark.parametrize("font", ["Comic Sans", "x;}body{", 3, None, '"'])
def test_fonts_come_from_the_list(font):
    with pytest.raises(Invalid):
        read(heading_font=font)
    assert read(heading_font="Transitional", body_font="")["heading_font"] == "Transitional"


@pytest.mark.requirement("S4-05")
def test_no_font_is_fetched_from_elsewhere():
    for font in branding.FONTS.values():
        assert not {"url", "http", ";", "{", "}"} & {font.stack}
        assert "//" not in font.stack


def sheet(**given):
    founded = {"colour": "#3d4fd6", "radius": "1", "body_font": "Inter", "heading_font": "Inter"}
    return sheets.sheet(themes.theme_of(read(**given)), **founded)


@pytest.mark.requirement("S4-04")
def test_custom_theme_becomes_custom_properties_by_daylight_only():
    made = sheet(header_ground="#0b3954", header_ink="#ffffff")
    assert ":root:not(.dark) .side,:root:not(.dark) .tabs{" in made
    assert "--pt-surface:#0b3954" in made
    assert made.count("{") == made.count("}")
    dark = [line for line in made.splitlines() if ":root.dark" in line]
    assert all("#0b3954" not in line for line in dark)


def test_ready_theme_costs_a_custom_theme_nothing_and_the_other_way_round():
    assert len(sheet(preset="plum")) < 1_500
    assert "#6b3fa0" in sheet(preset="plum")
    assert ".card" not in sheet(preset="plum")


def test_figures_are_never_rounded_up_to_what_they_do_not_reach():
    pairs = [themes.Pair(f"#{a:02x}{a:02x}{a:02x}", "#ffffff") for a in range(100, 130)]
    for pair in pairs:
        assert (float(themes.shown_ratio(pair)) >= 4.5) == pair.is_readable
    assert all(a.ratio >= b.ratio for a, b in itertools.pairwise(pairs))
