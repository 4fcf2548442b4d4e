"""The files of something, as every page lists them."""

from typing import Any

import reflex as rx

from portal_app import components as ui
from portal_app.components.values import Text
from portal_app.state.files import FileRow


def listed_files(files: rx.Var[list[FileRow]], *, on_remove: Any = None) -> rx.Component:
    """List files, each with where it stands; one that is kept can be taken away.

    `on_remove` hears the id of one that is to go; without it none can be removed.
    """
    return ui.file_list(rx.foreach(files, lambda file: _row(file, on_remove)))


def file_sender(
    place: str, *, why: str, label: str, rules: Any, owner: Text, files: Any
) -> rx.Component:
    """Say what files are good for here, and take them; `files` are those that are here."""
    return ui.stack(
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


def files_card(place: str, *, title: str, may_send: Any, files: Any, **rest: Any) -> rx.Component:
    """List the files of something in a card, under a place to send more while that is possible.

    Shows nothing where there is neither.
    """
    inside = ui.stack(
        rx.cond(may_send, file_sender(place, files=files, **rest), rx.fragment()),
        rx.cond(files, listed_files(files), rx.fragment()),
    )
    return rx.cond(rx.cond(may_send, may_send, files), ui.card(inside, title=title), rx.fragment())


def _row(file: FileRow, on_remove: Any) -> rx.Component:
    removal = None if on_remove is None else on_remove(file.id)
    return ui.file_row(
        name=file.name,
        meta=file.meta,
        status=file.status,
        tone=file.tone,
        href=file.href,
        note=file.note,
        on_remove=removal,
    )
