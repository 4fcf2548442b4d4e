"""A logo from somebody's computer: looked at, drawn anew, made small (S4-06).

A drawing (SVG) is a program as much as a picture. What could run, load or listen refuses it; what
is merely not needed is left out. It is shown as a picture only, under a policy that allows nothing.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from portal_app.core.errors import Invalid
from portal_app.services import uploads
from portal_app.services.branding.rules.drawings import Harmful, cleaned

SVG = "image/svg+xml"
MOST_BYTES = 1_000_000
KINDS = "PNG, JPG, WebP or SVG, up to 1 MB"
_WIDEST, _HIGHEST = 800, 240
_BEGINNINGS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo that is ready to be served, with its size in pixels."""

    media_type: str
    content: bytes
    width: int
    height: int


def read_logo(content: BinaryIO) -> Picture:
    """Return a logo drawn anew; raises Invalid(logo=…) that says what to send instead."""
    data = content.read(MOST_BYTES + 1)
    if not data:
        raise Invalid(logo=f"Choose a picture: {KINDS}.")
    if len(data) > MOST_BYTES:
        raise Invalid(logo="This is larger than 1 MB. Save it smaller and send that.")
    media_type = next((kind for begin, kind in _BEGINNINGS.items() if data.startswith(begin)), SVG)
    return _drawing(data) if media_type == SVG else _photo(data, media_type)


def _photo(data: bytes, media_type: str) -> Picture:
    try:
        uploads.inspect(BytesIO(data), media_type)
    except uploads.Unfit as fault:
        raise Invalid(logo=str(fault)) from fault
    clean, made = BytesIO(), BytesIO()
    uploads.redrawn(BytesIO(data), media_type, clean)
    with Image.open(clean) as picture:
        picture.thumbnail((_WIDEST, _HIGHEST))
        picture.save(made, format=picture.format or "PNG")
        return Picture(media_type, made.getvalue(), picture.width, picture.height)


def _drawing(data: bytes) -> Picture:
    try:
        made = cleaned(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Invalid(logo=f"This is not a picture that we know. Send {KINDS}.") from None
    except Harmful as fault:
        raise Invalid(
            logo=f"This drawing holds {fault}, which could do harm. Save it as plain SVG or as PNG."
        ) from fault
    if made is None:
        raise Invalid(logo=f"This is not a picture that we can use. Send {KINDS}.")
    return Picture(SVG, made.text.encode(), made.width, made.height)
