"""What the tests see in a PDF: its text, its tags, its fonts and where its letters stand."""

from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
from pypdf import PdfReader

MARGIN = 50.5  # points: 18 mm less half a point


def noon():
    return datetime(2026, 11, 21, 12, 0, 0, 987654, tzinfo=UTC)


def read(pdf):
    return PdfReader(BytesIO(pdf))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def copied_text(pdf):
    """The text a reader copies: what a box stands for, in place of the box."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def tags_of(pdf):
    """Every structure element of the document as (tag, attributes)."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/A", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def fonts_of(pdf):
    used = read(pdf).pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].split("+")[1] for font in used}


def letters_outside_the_margins(pdf):
    """Where letters stand past the left, right or lower margin: (page, left, bottom, right)."""
    outside = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        letters = page.get_textpage()
        for index in range(letters.count_chars()):
            left, bottom, right, _ = letters.get_charbox(index)
            if left < MARGIN or right > page.get_width() - MARGIN or bottom < 20:
                outside.append((number, left, bottom, right))
    return outside
