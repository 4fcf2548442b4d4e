"""What the HTML part of an own letter is made of: plain paragraphs, links and one button.

Nothing here is markup. The frame (`templates/email/own.mjml`) escapes every word of it.
"""

import re
from collections.abc import Collection
from typing import Any

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_LONGEST_LABEL = 60


def parts(text: str, links: Collection[str]) -> list[dict[str, Any]]:
    """Return a filled text as paragraphs; `links` are the addresses that the portal put into it.

    A paragraph that is a few words, a colon and a link becomes a button.
    """
    found = [part.strip() for part in _PARAGRAPHS.split(text)]
    # The longest first: the portal's address is how its other links begin.
    known = sorted((link for link in links if link), key=len, reverse=True)
    return [_part(part, known) for part in found if part]


def _part(text: str, links: list[str]) -> dict[str, Any]:
    label, colon, rest = text.partition(": ")
    if colon and rest in links and len(label) <= _LONGEST_LABEL and "\n" not in label:
        return {"label": label, "link": rest, "runs": []}
    lines = [_line(line, links) for line in text.split("\n")]
    for line in lines[:-1]:
        line[-1] = {**line[-1], "ends": True}
    return {"label": "", "link": "", "runs": [run for line in lines for run in line]}


def _line(line: str, links: list[str]) -> list[dict[str, Any]]:
    if not links:
        return [_run(line)]
    pieces = re.split("(" + "|".join(re.escape(link) for link in links) + ")", line)
    runs = [_run(piece, href=piece if piece in links else "") for piece in pieces if piece]
    return runs or [_run("")]


def _run(text: str, href: str = "") -> dict[str, Any]:
    return {"text": text, "href": href, "ends": False}
