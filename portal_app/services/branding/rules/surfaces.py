"""What lies on a ground of a colour that somebody chose: made readable, whatever the colour.

A component of the portal draws itself from custom properties. Where it stands on a ground of its
own these are worked out anew from the ground and the ink: quieter words, lines, links and marks.
"""

from portal_app.services.branding.rules.palette import (
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    contrast,
    mixed,
    readable,
)

# The status colours of the style sheet, for light grounds and for dark ones: words, ground, mark.
_STATUS = {
    "good": (("#17633f", "#e3f5ea", "#218358"), ("#7ee2ab", "#12301f", "#3dd68c")),
    "warn": (("#7a4100", "#fff1d2", "#c77700"), ("#ffca7a", "#33230a", "#ffb224")),
    "bad": (("#a81a22", "#ffe9e9", "#ce2c31"), ("#ffa3a0", "#3b1517", "#ff6369")),
    "info": (("#0b4f94", "#e4f1fe", "#0d74ce"), ("#9ed0ff", "#0f2a44", "#52a9ff")),
    "neutral": (("#2b3038", "#e8e9ed", "#80838d"), ("#e3e5e9", "#2a2c32", "#8d919b")),
}
_SHARES = {"border": 14, "border-soft": 8, "border-strong": 26, "hover": 5, "press": 9}


def surface(ground: str, ink: str, accent: str) -> dict[str, str]:
    """Return the custom properties of everything on a ground; all colours are #rrggbb.

    Guaranteed if the ink is readable on the ground: quiet words, links and the words of each
    status at least 4.5 on it, the outline of controls at least 3.
    """
    is_dark = contrast(ground, "#ffffff") > contrast(ground, "#000000")
    sunken = _laid(ink, ground, ink, shares=(0.07, 0.04, 0.02))
    soft = _laid(accent, ground, ink, shares=(0.12, 0.08, 0.04, 0.02))
    words = readable(accent, ground, sunken, soft, ratio=TEXT_CONTRAST, instead=ink)
    tokens = {
        "color-scheme": "dark" if is_dark else "light",
        "--pt-canvas": ground,
        "--pt-surface": ground,
        "--pt-raised": ground,
        "--pt-sunken": sunken,
        "--pt-text": ink,
        "--pt-muted": readable(
            mixed(ink, ground, 0.68), ground, sunken, ratio=TEXT_CONTRAST, instead=ink
        ),
        "--pt-control-border": readable(mixed(ink, ground, 0.5), ground, ratio=SHAPE_CONTRAST),
        "--pt-accent-text": words,
        "--pt-focus": words,
        "--pt-accent-soft": soft,
        "--accent-2": soft,
        "--accent-4": soft,
        "--accent-5": soft,
        "--accent-8": words,
        "--accent-12": readable(ink, soft, ratio=TEXT_CONTRAST),
    }
    tokens |= {
        f"--pt-{name}": f"color-mix(in srgb,{ink} {share}%,transparent)"
        for name, share in _SHARES.items()
    }
    return tokens | _statuses(ground, is_dark=is_dark)


def _statuses(ground: str, *, is_dark: bool) -> dict[str, str]:
    made = {"--pt-on-dot": "#101114" if is_dark else "#ffffff"}
    for name, schemes in _STATUS.items():
        words, soft, dot = schemes[is_dark]
        made[f"--pt-{name}-text"] = readable(words, ground, soft, ratio=TEXT_CONTRAST)
        made[f"--pt-{name}-soft"], made[f"--pt-{name}-dot"] = soft, dot
    return made


def _laid(colour: str, ground: str, ink: str, *, shares: tuple[float, ...]) -> str:
    """Return the ground with as much of a colour over it as lets the ink be read, or with none."""
    steps = (mixed(colour, ground, share) for share in shares)
    return next((one for one in steps if contrast(one, ink) >= TEXT_CONTRAST), ground)
