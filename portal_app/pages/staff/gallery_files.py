"""The gallery's files: where they are sent from, and each state that one can be in."""

import reflex as rx

from portal_app import components as ui

RULES = {
    "kinds": {".jpg": "image/jpeg", ".png": "image/png"},
    "names": "JPEG or PNG",
    "megabytes": 25,
    "most": 10,
}
FILES = [
    ("lift.jpg", "2.1 MB", "Received", "good", "/files/documents/gallery", ""),
    (
        "meter.png",
        "640 kB",
        "Being checked",
        "info",
        "",
        "It can be opened once it has been checked for harmful content.",
    ),
    (
        "damage.jpg",
        "3.4 MB",
        "Refused",
        "bad",
        "",
        "This file cannot be opened. Save it again and send that.",
    ),
]


def files() -> rx.Component:
    """Show both; nothing that is sent from here is taken."""
    return ui.stack(
        ui.uploader(
            "gallery-files",
            label="Choose photos",
            hint="JPEG or PNG, up to 25 MB each, 10 at most.",
            purpose="gallery",
            owner="gallery",
            rules=RULES,
            kept=[],
        ),
        ui.file_list(*[_row(*file) for file in FILES]),
    )


def _row(name: str, size: str, status: str, tone: str, href: str, note: str) -> rx.Component:
    meta = f"{size} · sent by Rosa Lindqvist"
    return ui.file_row(name=name, meta=meta, status=status, tone=tone, href=href, note=note)
