"""A logo from somebody's computer: looked at, drawn anew, made small (S4-06).

A drawing (SVG) is a program as much as a picture. What could run, load or listen refuses it; what
is merely not needed is left out. It is shown as a picture only, under a policy that allows nothing.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from xml.etree import ElementTree as ET

from PIL import Image

from portal_app.core.errors import Invalid
from portal_app.services import uploads

SVG = "image/svg+xml"
MOST_BYTES = 1_000_000
KINDS = "PNG, JPG, WebP or SVG, up to 1 MB"
_MOST_SHAPES = 2_000
_WIDEST, _HIGHEST = 800, 240
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_BEGINNINGS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}
_SHAPE_NAMES = """
    svg g defs title desc path rect circle ellipse line polyline polygon text tspan style symbol
    use linearGradient radialGradient stop clipPath mask pattern
"""
_LEFT_OUT = frozenset({"metadata", "switch", "view", "sodipodi"})
_ATTRIBUTE_NAMES = """
    id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox points transform
    preserveAspectRatio fill fill-rule fill-opacity stroke stroke-width stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity
    clip-path clip-rule mask gradientUnits gradientTransform spreadMethod offset stop-color
    stop-opacity patternUnits patternTransform patternContentUnits clipPathUnits maskUnits
    font-family font-size font-weight font-style letter-spacing text-anchor dominant-baseline
    style version
"""
_SHAPES = frozenset(_SHAPE_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_ELSEWHERE = re.compile(r"url\(\s*(?!['\"]?#)|@import|expression|javascript:|\\|</", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d{1,6})?)(?:px)?\s*")


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
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(logo=f"This is not a picture that we know. Send {KINDS}.") from None
    if re.search(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", text, re.IGNORECASE):
        text = _without_plain_doctype(text)
    try:
        root = ET.fromstring(text)  # noqa: S314 - no entity can be declared in it any more
    except (ET.ParseError, ValueError, RecursionError):
        raise Invalid(logo=f"This is not a picture that we know. Send {KINDS}.") from None
    if root.tag != f"{_NAMESPACE}svg" or sum(1 for _ in root.iter()) > _MOST_SHAPES:
        raise Invalid(logo=f"This drawing cannot be used. Send {KINDS}, without much detail.")
    clean = _cleaned(root)
    width, height = _size(root)
    ET.register_namespace("", _NAMESPACE.strip("{}"))
    return Picture(SVG, ET.tostring(clean, encoding="utf-8"), width, height)


def _without_plain_doctype(text: str) -> str:
    """Take out the document type that older programs write; one that declares things is refused."""
    plain = re.sub(r"<!DOCTYPE\s+svg[^<>\[\]]*>", "", text, count=1, flags=re.IGNORECASE)
    if re.search(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", plain, re.IGNORECASE):
        raise _refused("declarations")
    return plain


def _cleaned(element: ET.Element) -> ET.Element:
    kept = ET.Element(element.tag, _attributes(element))
    kept.text, kept.tail = element.text, element.tail
    if element.tag == f"{_NAMESPACE}style" and _ELSEWHERE.search(element.text or ""):
        raise _refused("styles that load something")
    for child in element:
        if _stays(child):
            kept.append(_cleaned(child))
    return kept


def _stays(element: ET.Element) -> bool:
    tag = str(element.tag)
    name = tag.rpartition("}")[2]
    if not tag.startswith(_NAMESPACE) or name in _LEFT_OUT:
        return False  # what drawing programs note down for themselves
    if name not in _SHAPES:
        raise _refused(f"“{name[:20]}”")
    return True


def _attributes(element: ET.Element) -> dict[str, str]:
    kept = dict[str, str]()
    for name, value in element.attrib.items():
        bare = name.rpartition("}")[2]
        if bare.lower().startswith("on"):
            raise _refused(f"“{bare[:20]}”")
        if bare == "href":
            if not value.startswith("#"):
                raise _refused("links to elsewhere")
            kept["href" if name != _XLINK else _XLINK] = value
        elif name in _ATTRIBUTES:
            if _ELSEWHERE.search(value):
                raise _refused("something that it loads")
            kept[name] = value
    return kept


def _size(root: ET.Element) -> tuple[int, int]:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]  # noqa: PLR2004 - x, y and the sides
    found = [_LENGTH.fullmatch(side) for side in sides]
    if not all(found):
        raise Invalid(logo="This drawing does not say how large it is. Save it with a viewBox.")
    width, height = (max(1, round(float(one[1]))) for one in found if one)
    return width, height


def _refused(what: str) -> Invalid:
    return Invalid(
        logo=f"This drawing holds {what}, which could do harm. Save it as plain SVG or as PNG."
    )
