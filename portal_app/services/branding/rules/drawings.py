"""Drawings (SVG) taken apart into words and put together anew, so that only shapes are left.

There is no parser of XML here, and so nothing that it could be made to fetch or to unfold: what is
read loosely is written strictly, tag by tag, from a list of what may stand in a picture.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

_NAMESPACE = "http://www.w3.org/2000/svg"
_MOST_TAGS = 2_000
_DEEPEST = 60
_MOST_UNFOLDED = 5_000
_SHAPES = """
    svg g defs title desc path rect circle ellipse line polyline polygon text tspan style symbol
    use linearGradient radialGradient stop clipPath mask pattern
"""
_ATTRIBUTES = """
    id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox points transform
    preserveAspectRatio fill fill-rule fill-opacity stroke stroke-width stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity
    clip-path clip-rule mask gradientUnits gradientTransform spreadMethod offset stop-color
    stop-opacity patternUnits patternTransform patternContentUnits clipPathUnits maskUnits
    font-family font-size font-weight font-style letter-spacing text-anchor dominant-baseline
    style version
"""
# Names are read in small letters; drawings want them as they are.
_TAGS = {name.lower(): name for name in _SHAPES.split()}
_KEPT = {name.lower(): name for name in _ATTRIBUTES.split()}
_HARMFUL = frozenset(
    {"script", "foreignobject", "a", "image", "iframe", "animate", "set", "handler", "embed",
     "animatemotion", "animatetransform", "object", "feimage", "html", "body", "link", "meta"}
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"url\(\s*(?!['\"]?#)|@import|expression|javascript:|\\|<|image-set|\bsrc\(", re.IGNORECASE
)
_LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d{1,6})?)(?:px)?\s*")


class Harmful(Exception):
    """The drawing holds something that could run, load or listen; the message names it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with nothing but shapes in it, and its size."""

    text: str
    width: int
    height: int


def cleaned(text: str) -> Drawing | None:
    """Return a drawing put together anew; None for what is none or does not say how large it is.

    Raises Harmful for what could run, load or listen.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if _unfolded(reader.uses, "", _MOST_UNFOLDED) >= _MOST_UNFOLDED:
        raise Harmful("more detail than we can show")
    size = _size(reader.root)
    if size is None or reader.open_tags or not reader.is_svg:
        return None
    return Drawing("".join(reader.written), *size)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.open_tags: list[str] = []
        self.root: dict[str, str] = {}
        self.is_svg = False
        # What is drawn again inside each thing that has a name; "" stands for the whole drawing.
        self.uses: dict[str, list[str]] = {"": []}
        self._names = list[str]()
        self._skipped = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or ":" in tag or tag not in _TAGS:
            self._pass_by(tag)
            return
        kept = self._open(tag, attrs, end=">")
        self.open_tags.append(tag)
        self._names.append(kept.get("id", ""))
        if len(self.open_tags) > _DEEPEST:
            raise Harmful("too many things inside one another")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or ":" in tag or tag not in _TAGS:
            self._judge(tag)
            return
        self._open(tag, attrs, end="/>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self.open_tags and self.open_tags[-1] == tag:
            self.open_tags.pop()
            self._names.pop()
            self.written.append(f"</{_TAGS[tag]}>")
        else:
            raise Harmful("tags that do not belong together")

    def handle_data(self, data: str) -> None:
        if self._skipped or not self.open_tags:
            return
        if self.open_tags[-1] == "style":
            data = data.replace("<![CDATA[", "").replace("]]>", "")
            if _ELSEWHERE.search(data):
                raise Harmful("styles that load something")
        self.written.append(escape(data, quote=False))

    def handle_decl(self, decl: str) -> None:
        if "[" in decl or "entity" in decl.lower():
            raise Harmful("declarations")

    def unknown_decl(self, data: str) -> None:
        raise Harmful(f"“{data[:20]}”")

    def handle_pi(self, data: str) -> None:
        if data.lower().startswith("xml-stylesheet"):
            raise Harmful("styles from elsewhere")

    def _open(self, tag: str, attrs: list[tuple[str, str | None]], *, end: str) -> dict[str, str]:
        self._count += 1
        if self._count > _MOST_TAGS:
            raise Harmful("more detail than we can show")
        kept = _attributes(attrs)
        is_first = not self.written
        if is_first:
            self.is_svg = tag == "svg" and dict(attrs).get("xmlns") == _NAMESPACE
            self.root, kept = kept, {"xmlns": _NAMESPACE, **kept}
        elif not self.open_tags:
            raise Harmful("a second drawing")
        words = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.written.append(f"<{_TAGS[tag]}{words}{end}")
        if tag == "use":
            for name in {"", kept.get("id", ""), *self._names}:
                self.uses.setdefault(name, []).append(kept.get("href", "")[1:])
        return kept

    def _pass_by(self, tag: str) -> None:
        """Leave out what drawing programs note down for themselves, with all that is in it."""
        self._judge(tag)
        self._skipped += 1

    def _judge(self, tag: str) -> None:
        if tag.rpartition(":")[2] in _HARMFUL:
            raise Harmful(f"“{tag[:20]}”")


def _unfolded(uses: dict[str, list[str]], name: str, most: int, depth: int = 0) -> int:
    """Count what is drawn for a name once everything that it draws again is, up to `most`."""
    if depth > _DEEPEST:
        return most
    drawn = 1
    for other in uses.get(name, ()):
        drawn += _unfolded(uses, other, most - drawn, depth + 1) if other else 1
        if drawn >= most:
            break
    return drawn


def _attributes(attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    kept = dict[str, str]()
    for name, given in attrs:
        value = given or ""
        bare = name.rpartition(":")[2]
        if bare.startswith("on"):
            raise Harmful(f"“{bare[:20]}”")
        if bare == "href" and not value.startswith("#"):
            raise Harmful("links to elsewhere")
        if bare == "href":
            kept["href"] = value
        elif name in _KEPT:
            if _ELSEWHERE.search(value):
                raise Harmful("something that it loads")
            kept[_KEPT[name]] = value
    return kept


def _size(root: dict[str, str]) -> tuple[int, int] | None:
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]  # noqa: PLR2004 - x, y and the sides
    found = [_LENGTH.fullmatch(side) for side in sides]
    if not all(found):
        return None
    width, height = (max(1, round(float(one[1]))) for one in found if one)
    return width, height
