"""PDFs by typst: tagged, PDF/UA-1, with their own fonts and no way out of their own folder.

The data reaches a template as one JSON string and is only ever placed as text, so typst markup in a
customer's name stays a customer's name. Each template's head lists the keys it takes; in short
(all strings ready to print, `[]` a list, `?` may be missing or ""):

every document  title, brand{name, colour, on_colour, address_lines[], phone, email},
                account{number, name, address_lines[]}, store?{name, phone}, note?, generated_at?,
                lang? ("en", "fr-CA"), page? ("a4" or "us-letter"), words? {word: replacement}
statement       as_of, period, opening, closing, closing_label, owed,
                movements[{date, kind, reference?, contract?, method?, amount, balance}],
                ageing?[{label, amount}]
contract        number, kind_label, status_label, status_tone, facts[{label, value}],
                lines[{description, quantity?, returned?, out?, rate?, out_at?, due_back_at?, site?,
                flag?}], totals?[{label, value}], what_happens_next?
invoice         number, issued_on, due_on, contract_number?, status_label?, status_tone?,
                lines[{description, quantity?, unit_price?, amount}], subtotals?[{label, value}],
                total, open
consent         number, sentence, answer, channel, at, place, by?, text_version
receipt         number, contract_number, paid_on, method?, lines[{description, amount}], total

Tones are good, warn, bad, info and neutral.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import cast

import typst

from portal_app.ports import PortRefused, PortUnavailable

TEMPLATES = Path(__file__).parent.parent / "templates" / "pdf"
LONGEST = 600_000
"""Characters of JSON: some 3,000 ledger rows, which take 3 seconds and 400 MB to lay out."""

_NAME = re.compile(r"[a-z][a-z_]*")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
# Controls have no shape, and the bidirectional ones can make an amount read backwards.
_SHAPELESS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# Half a surrogate pair is no character, nor are the last two code points of each plane.
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
    + "]"
)


class TypstPdf:
    """Fulfils `ports.PdfRenderer`; one instance serves all threads, two documents at a time."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        templates: Path = TEMPLATES,
        more_fonts: Iterable[Path] = (),
        at_once: int = 2,
        patience_seconds: float = 20.0,
    ) -> None:
        """Load the fonts once.

        `now` dates the documents. `more_fonts` are folders of TTF or OTF files for scripts that the
        bundled fonts lack (such as Chinese): their characters show as a box until one is given.
        """
        self._now = now
        self._templates = templates.resolve()
        self._fonts = _fonts_in(TEMPLATES / "fonts", *more_fonts)
        bundled = _fonts_in(TEMPLATES / "fonts").families()
        added = [family for family in self._fonts.families() if family not in bundled]
        self._more_fonts = json.dumps(added)
        self._turns = BoundedSemaphore(at_once)
        self._patience = patience_seconds

    def render(self, template: str, data: Mapping[str, object]) -> bytes:
        """Return the filled template as a PDF; the errors are those of `ports.PdfRenderer`."""
        source = self._source(template)
        words = json.dumps(_printable(data), ensure_ascii=False)
        if len(words) > LONGEST:
            raise PortRefused("This is too long for one document. Choose a shorter period.")
        if not self._turns.acquire(timeout=self._patience):
            raise PortUnavailable("Many documents are being made. Try again in a minute.")
        try:
            return self._compile(source, words)
        except typst.TypstError as error:
            raise PortRefused(
                "This document could not be made. Call your store and ask for a copy."
            ) from error
        finally:
            self._turns.release()

    def _source(self, template: str) -> Path:
        path = self._templates / f"{template}.typ"
        if not _NAME.fullmatch(template) or not path.is_file():
            raise PortRefused(f"There is no document template called {template!r}.")
        return path

    def _compile(self, source: Path, words: str) -> bytes:
        return typst.compile(
            source,
            root=self._templates,
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": words, "more_fonts": self._more_fonts},
            pdf_standards=["ua-1"],
            timestamp=int(self._now().timestamp()),
        )


def _fonts_in(*folders: Path) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )


def _printable(value: object) -> object:
    """Copy the data with only characters that a page can show; anything but text is a mistake."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _NO_CHARACTER.sub("\ufffd", _SHAPELESS.sub("", _LINE_ENDS.sub("\n", value)))
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, object]", value)
        return {key: _printable(inner) for key, inner in fields.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(inner) for inner in cast("list[object]", value)]
    raise TypeError(f"A document takes text that is ready to print, not {type(value).__name__}.")
