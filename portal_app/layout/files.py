"""The files of something, as every page lists them."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Text
from portal_app.state.files import FileRow


def listed_files(files: rx.Var[list[FileRow]]) -> rx.Component:
    """List files, each with where it stands; one that is kept can be taken away."""
    return ui.file_list(rx.foreach(files, _row))


def sent_files(
    place: str, *, why: str, label: str, may_send: Any, rules: Any, owner: Text, files: Any
) -> rx.Component:
    """List the files of something, under a place to send more from while that is possible.

    Shows nothing where there is neither.
    """
    place = rx.fragment(
        ui.paragraph(why, quiet=True),
        ui.uploader(
            place,
            label=label,
            hint=rules.hint,
            purpose=rules.purpose,
            owner=owner,
            rules=rules,
            kept=files,
        ),
    )
    return ui.stack(
        rx.cond(may_send, place, rx.fragment()),
        rx.cond(files, listed_files(files), rx.fragment()),
    )


def files_card(place: str, *, title: str, may_send: Any, files: Any, **rest: Any) -> rx.Component:
    """Show the same in a card of its own."""
    inside = sent_files(place, may_send=may_send, files=files, **rest)
    return rx.cond(may_send | (files.length() > 0), ui.card(inside, title=title), rx.fragment())


def _row(file: FileRow) -> rx.Component:
    return ui.file_row(
        name=file.name,
        meta=file.meta,
        status=file.status,
        tone=file.tone,
        href=file.href,
        note=file.note,
    )
