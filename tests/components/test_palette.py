"""No brand colour makes the portal unreadable, and no brand setting carries a style of its own."""

import re
from pathlib import Path

import pytest

from portal_app.services.branding.rules.palette import PAGE, brand_css, contrast, palette

HOSTILE = (
    "#ffdd00", "#00e5ff", "#000000", "#ffffff", "#e4002b", "#ff6a00", "#7a00cc", "#808080",
    "#00ff00", "#fffffe", "#0b7a55", "#3d4fd6",
)  # fmt: skip
BRAND = {"colour": "#3d4fd6", "radius": 1.0, "body_font": "Inter", "heading_font": "Inter"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("colour", HOSTILE)
def test_any_brand_colour_stays_readable(colour, dark):
    made = palette(colour, dark=dark)
    step = {number: made[f"--accent-{number}"] for number in range(1, 13)}
    ink, page = made["--on-accent"], PAGE[dark]
    assert contrast(step[9], ink) >= 4.5
    assert contrast(step[10], ink) >= 4.5
    assert contrast(step[9], page) >= 3
    for ground in (step[1], step[2], step[3], step[4], page):
        assert contrast(step[11], ground) >= 4.5
    for ground in (step[1], step[2], step[3], step[4], step[5]):
        assert contrast(step[12], ground) >= 4.5


def test_a_readable_brand_colour_is_kept_as_it_is():
    assert palette("#3d4fd6", dark=False)["--accent-9"] == "#3d4fd6"


@pytest.mark.parametrize(("first", "second", "ratio"), [
    ("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1),
])  # fmt: skip
def test_contrast_is_measured_as_wcag_defines_it(first, second, ratio):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


def test_the_style_sheet_says_light_and_dark_and_paper_stays_light():
    css = brand_css(**BRAND)
    light, dark = css.split("@media screen")
    assert light.startswith(":root{")
    assert ":root.dark{" in dark
    for part in (light, dark):
        assert len(re.findall(r"--accent-\d+:#[0-9a-f]{6};", part)) == 12
        assert re.search(r"--on-accent:#[0-9a-f]{6};", part)
    assert '--font-body:"Inter",' in light


@pytest.mark.parametrize("change", [
    {"colour": "red"}, {"colour": "#fff"}, {"colour": "#3d4fd6;}body{display:none"}, {"colour": ""},
    {"body_font": 'Inter";}'}, {"heading_font": "a}b"}, {"body_font": ""}, {"body_font": "url(x)"},
    {"radius": float("nan")}, {"radius": float("inf")},
])  # fmt: skip
def test_a_setting_that_is_not_a_colour_a_font_or_a_number_is_refused(change):
    with pytest.raises(ValueError, match=r"colour|font|number"):
        brand_css(**{**BRAND, **change})


@pytest.mark.parametrize(("given", "kept"), [(-3, "0"), (0.5, "0.5"), (99, "2")])
def test_corners_stay_between_square_and_round(given, kept):
    assert f"--radius-factor:{kept};" in brand_css(**{**BRAND, "radius": given})


def test_the_default_look_is_made_by_the_same_arithmetic():
    stylesheet = Path("assets/portal.css").read_text()
    for dark in (False, True):
        for name, value in palette("#33618f", dark=dark).items():
            assert f"{name}:{value};" in stylesheet
