"""Names of files, and which ink is readable on a brand's colour."""

import re

# Neither paths nor quotes nor anything that a header or a file system reads as its own.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 100
_HEX = re.compile("#[0-9a-fA-F]{6}")
_LUMINANCE_OF_GREY = 0.179  # where black and white have the same contrast (WCAG 2.2)


def file_name(title: str) -> str:
    """Return a name for a PDF that every system can keep, from the document's title."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split()).strip(". ")
    return f"{name[:_LONGEST].strip('. ') or 'Document'}.pdf"


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read more easily on a colour such as #3d4fd6."""
    if not _HEX.fullmatch(colour):
        return "#ffffff"
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#111111" if luminance > _LUMINANCE_OF_GREY else "#ffffff"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
