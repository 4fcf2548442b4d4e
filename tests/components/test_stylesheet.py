"""The stylesheet is small, complete and readable, and the only place that knows a colour."""

import gzip
import re
from pathlib import Path

import pytest

from portal_app.services.branding.rules.palette import contrast

CSS = Path("assets/portal.css").read_text()
PLAIN = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
PYTHON = sorted(Path("portal_app").glob("components/*.py")) + sorted(
    path for part in ("layout", "pages") for path in Path("portal_app", part).rglob("*.py")
)
SCRIPTS = sorted(Path("portal_app/components").glob("*.jsx"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b|\brgba?\(|\bhsla?\(|\boklch\(")
TONES = ("good", "warn", "bad", "info", "neutral")


def tokens(start):
    block = PLAIN[PLAIN.index(start) :]
    return dict(re.findall(r"(--[\w-]+):([^;}]+)", block[: block.index("}")]))


LIGHT = tokens(":root{\n  color-scheme:light")
DARK = {**LIGHT, **tokens(":root.dark{\n  color-scheme:dark")}


def six(value):
    digits = value.removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))


def test_the_stylesheet_fits_its_budget():
    # gzip of the commented source; the browser gets it minified and as brotli, which is smaller
    assert len(gzip.compress(CSS.encode())) <= 14_000


def test_braces_balance():
    assert PLAIN.count("{") == PLAIN.count("}")


def test_every_custom_property_that_is_used_is_defined():
    used = set(re.findall(r"var\((--[\w-]+)(?=\))", PLAIN))
    defined = set(re.findall(r"(--[\w-]+):", PLAIN))
    from_radix = {"--radix-hover-card-content-available-height"}
    assert used - defined - from_radix == set()


@pytest.mark.parametrize("path", PYTHON + SCRIPTS, ids=str)
def test_no_component_names_a_colour(path):
    assert COLOUR.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [p for p in PYTHON if "components" in str(p)], ids=str)
def test_no_component_writes_styles_beside_the_stylesheet(path):
    assert not re.search(r"\bstyle=", path.read_text())


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_a_status_can_be_read_and_told_apart(mode, tone):
    words, soft, dot = (six(mode[f"--pt-{tone}-{part}"]) for part in ("text", "soft", "dot"))
    assert contrast(words, soft) >= 4.5
    assert contrast(words, six(mode["--pt-surface"])) >= 4.5
    assert contrast(dot, six(mode["--pt-surface"])) >= 3


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["canvas", "surface", "raised", "sunken"])
def test_text_and_controls_stand_out_from_every_ground(mode, ground):
    behind = six(mode[f"--pt-{ground}"])
    assert contrast(six(mode["--pt-text"]), behind) >= 7
    assert contrast(six(mode["--pt-muted"]), behind) >= 4.5
    assert contrast(six(mode["--pt-control-border"]), behind) >= 3


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_the_danger_button_can_be_read(mode):
    for ground in ("--pt-bad-dot", "--pt-bad-hover"):
        assert contrast(six(mode["--pt-on-dot"]), six(mode[ground])) >= 4.5


@pytest.mark.parametrize("feature", [
    "prefers-reduced-motion:reduce", "forced-colors:active", "prefers-contrast:more",
    "@media print", ":focus-visible", "env(safe-area-inset-bottom)", "scroll-padding",
])  # fmt: skip
def test_the_stylesheet_answers_what_people_ask_of_their_device(feature):
    assert feature in CSS


def test_every_icon_that_data_may_choose_is_drawn():
    promised = re.search(
        r"Names: (.*?)\.", Path("portal_app/components/icons.py").read_text(), re.DOTALL
    )
    for name in promised.group(1).split():
        assert f"[data-icon={name}]" in CSS


@pytest.mark.parametrize("name", ["inter", "figtree"])
def test_fonts_come_from_the_portal_itself(name):
    assert f"/fonts/{name}.woff2" in CSS
    assert Path("assets/fonts", f"{name}.woff2").read_bytes().startswith(b"wOF2")
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg", "", CSS)
