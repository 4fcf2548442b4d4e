"""The few shapes that a generated page is made of."""

import re
from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by `python -m docs.make`: change the code that it describes, not this. -->"


def document(title: str, *parts: str) -> str:
    """Return a whole page."""
    return "\n\n".join((f"# {title}", WRITTEN, *(part.strip("\n") for part in parts))) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; what could end a cell early is escaped."""
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(row) for row in rows)]
    return "\n".join(lines)


def items(lines: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {line}" for line in lines)


def code(text: object) -> str:
    """Return a text as it is typed, or nothing for nothing."""
    return f"`{text}`" if str(text) else ""


def first_sentence(docstring: str | None) -> str:
    """Return the first paragraph of a docstring on one line, without the ids of requirements."""
    words = " ".join((docstring or "").strip().partition("\n\n")[0].split())
    return re.sub(r" \(S\d-\d\d[^)]*\)", "", words)


def span(seconds: int) -> str:
    """Return a length of time in words."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}" + ("" if count == 1 else "s")
    raise ValueError(seconds)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
