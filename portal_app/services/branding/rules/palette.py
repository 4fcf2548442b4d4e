"""From one brand colour to a readable palette, in light and dark.

Colours are moved in OKLCH (Björn Ottosson's perceptual space: lightness 0–1, chroma, hue in
degrees), so a step keeps its hue while its lightness is walked until the WCAG 2.2 contrast holds.
No brand colour can therefore make the portal unreadable.
"""

import math
import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.6  # WCAG 1.4.3 asks for 4.5 between text and its ground
SHAPE_CONTRAST = 3.1  # WCAG 1.4.11 asks for 3 between a control and the page
WHITE = "#ffffff"
PAGE = {False: "#ffffff", True: "#17181c"}  # the lightest and the darkest ground; by dark or not

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_FONT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{0,60}")
_FALLBACK = "system-ui,sans-serif"
_RADIUS_RANGE = (0.0, 2.0)

# Lightness of steps 1–8 and share of the brand's chroma in each: grounds, hovers, borders.
_LIGHT_STEPS = (
    (0.993, 0.03), (0.981, 0.07), (0.956, 0.16), (0.928, 0.27),
    (0.898, 0.36), (0.862, 0.44), (0.814, 0.53), (0.742, 0.67),
)  # fmt: skip
_DARK_STEPS = (
    (0.178, 0.15), (0.213, 0.20), (0.262, 0.38), (0.302, 0.48),
    (0.343, 0.54), (0.390, 0.58), (0.445, 0.63), (0.520, 0.74),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Oklch:
    """A colour by lightness (0–1), chroma (0–0.4) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float


def brand_css(*, colour: str, radius: float, body_font: str, heading_font: str) -> str:
    """Write the style sheet of a brand: custom properties for light and for dark.

    `colour` is #rrggbb, `radius` a factor on every corner (0–2, 1 is the portal's own), the fonts
    are names of families. Raises ValueError for anything else, so that no setting can carry CSS.
    """
    if not math.isfinite(radius):
        message = "The radius factor must be a number from 0 to 2."
        raise ValueError(message)
    least, most = _RADIUS_RANGE
    shape = {
        "--radius-factor": f"{min(max(radius, least), most):g}",
        "--font-body": _font_stack(body_font),
        "--font-heading": _font_stack(heading_font),
    }
    light = _block(":root", {**palette(colour, dark=False), **shape})
    dark = _block(":root.dark", palette(colour, dark=True))
    return f"{light}\n@media screen{{{dark}}}\n"  # paper is always light


def palette(colour: str, *, dark: bool) -> dict[str, str]:
    """Make the custom properties --accent-1 … --accent-12 and --on-accent from one colour.

    Guaranteed: --on-accent on 9 and on 10 at least 4.5; 11, which is for words and for the focus
    ring, on 1 to 4 and on the page at least 4.5; 12 on 1 to 5 at least 4.5; 9 on the page at
    least 3.
    """
    brand = _from_hex(colour)
    table = _DARK_STEPS if dark else _LIGHT_STEPS
    steps = [_to_hex(Oklch(light, brand.chroma * share, brand.hue)) for light, share in table]
    solid, pressed, on_solid = _solid_steps(brand, dark=dark)
    words = _words_step(brand, ground=steps[3], dark=dark)
    strong = _strong_step(brand, ground=steps[4], dark=dark)
    scale = [*steps, solid, pressed, words, strong]
    numbered = {f"--accent-{number}": value for number, value in enumerate(scale, start=1)}
    return {**numbered, "--on-accent": on_solid}


def contrast(first: str, second: str) -> float:
    """Measure the WCAG contrast ratio (1–21) of two colours given as #rrggbb."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def nearest_readable(ink: str, ground: str, *, ratio: float = TEXT_CONTRAST) -> str:
    """Return the ink with the same hue that is nearest to this one and readable on the ground."""
    start = _from_hex(ink)
    found = [_walk(start, ground, ratio, step) for step in (0.004, -0.004)]
    good = [one for one in found if contrast(_to_hex(one), ground) >= ratio]
    if not good:
        return WHITE if contrast(WHITE, ground) > contrast("#000000", ground) else "#000000"
    return _to_hex(min(good, key=lambda one: abs(one.lightness - start.lightness)))


def readable(ink: str, *grounds: str, ratio: float, instead: str = "") -> str:
    """Return an ink near to this one that is readable on every one of these grounds.

    Where no lightness of it is, the answer is `instead`, or else black or white.
    """
    start = _from_hex(ink)
    steps = sorted(range(-250, 251), key=abs)
    for step in steps:
        lightness = start.lightness + step * 0.004
        if not 0 <= lightness <= 1:
            continue
        hexed = ink if step == 0 else _to_hex(_moved(start, lightness))
        if all(contrast(hexed, ground) >= ratio for ground in grounds):
            return hexed
    return instead or max(
        (WHITE, "#000000"), key=lambda one: min(contrast(one, ground) for ground in grounds)
    )


def mixed(colour: str, other: str, share: float) -> str:
    """Return so much of a colour (0 to 1) laid over another one."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _solid_steps(brand: Oklch, *, dark: bool) -> tuple[str, str, str]:
    """Find the button's colour, its hover colour and the ink on both.

    The brand's own colour stays wherever it stands out from the page and can carry text.
    """
    start = _moved(brand, max(brand.lightness, 0.5) if dark else min(brand.lightness, 0.98))
    visible = _walk(start, PAGE[dark], SHAPE_CONTRAST, 0.006 if dark else -0.006)
    ink = _to_hex(Oklch(0.2, min(brand.chroma, 0.05), brand.hue))
    hexed = _to_hex(visible)
    on_solid = WHITE if contrast(hexed, WHITE) >= contrast(hexed, ink) else ink
    away = -0.006 if on_solid == WHITE else 0.006  # further from the ink is more readable
    solid = _walk(visible, on_solid, TEXT_CONTRAST, away)
    pressed = _moved(solid, solid.lightness + (-0.035 if on_solid == WHITE else 0.035))
    return _to_hex(solid), _to_hex(pressed), on_solid


def _words_step(brand: Oklch, *, ground: str, dark: bool) -> str:
    lightness = 0.80 if dark else min(brand.lightness, 0.56)
    start = Oklch(lightness, brand.chroma * (0.66 if dark else 1.0), brand.hue)
    return _to_hex(_walk(start, ground, TEXT_CONTRAST, 0.006 if dark else -0.006))


def _strong_step(brand: Oklch, *, ground: str, dark: bool) -> str:
    lightness, share = (0.935, 0.26) if dark else (0.32, 0.42)
    start = Oklch(lightness, brand.chroma * share, brand.hue)
    return _to_hex(_walk(start, ground, TEXT_CONTRAST, 0.006 if dark else -0.006))


def _walk(colour: Oklch, ground: str, ratio: float, step: float) -> Oklch:
    """Move the lightness until the contrast with the ground holds or the scale ends."""
    while contrast(_to_hex(colour), ground) < ratio and 0.02 < colour.lightness < 0.995:
        colour = _moved(colour, colour.lightness + step)
    return colour


def _moved(colour: Oklch, lightness: float) -> Oklch:
    return Oklch(lightness, colour.chroma, colour.hue)


def _font_stack(name: str) -> str:
    if not _FONT.fullmatch(name):
        message = "A font is named by its family, such as Inter: letters, digits and spaces."
        raise ValueError(message)
    # The stylesheet has a face of this name with the font's own measures: nothing moves on arrival.
    return f'"{name}","{name} fallback",{_FALLBACK}'


def _block(selector: str, values: dict[str, str]) -> str:
    return selector + "{" + "".join(f"{name}:{value};" for name, value in values.items()) + "}"


def _channels(colour: str) -> tuple[float, float, float]:
    """Read #rrggbb as linear light, 0–1 each."""
    if not _HEX.fullmatch(colour):
        message = "A colour is written as # and six digits, such as #3d4fd6."
        raise ValueError(message)
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _from_hex(colour: str) -> Oklch:
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    hue = math.degrees(math.atan2(blue_yellow, green_red)) % 360
    return Oklch(lightness, math.hypot(green_red, blue_yellow), hue)


def _to_hex(colour: Oklch) -> str:
    """Write as #rrggbb, taking chroma away until the colour exists in sRGB."""
    chroma = colour.chroma
    while True:
        light = _to_linear(Oklch(colour.lightness, chroma, colour.hue))
        if chroma < 0.002 or all(-0.001 <= value <= 1.001 for value in light):
            encoded = (_encoded(min(max(value, 0.0), 1.0)) for value in light)
            return "#" + "".join(f"{round(value * 255):02x}" for value in encoded)
        chroma *= 0.96


def _to_linear(colour: Oklch) -> tuple[float, float, float]:
    turn = math.radians(colour.hue)
    green_red, blue_yellow = colour.chroma * math.cos(turn), colour.chroma * math.sin(turn)
    long = (colour.lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (colour.lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (colour.lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
