"""The files of something, as every page lists them."""

import reflex as rx

from portal_app import components as ui
from portal_app.state.files import FileRow


def listed_files(files: rx.Var[list[FileRow]]) -> rx.Component:
    """List files, each with where it stands; one that is kept can be taken away."""
    return ui.file_list(rx.foreach(files, _row))


def _row(file: FileRow) -> rx.Component:
    return ui.file_row(
        name=file.name,
        meta=file.meta,
        status=file.status,
        tone=file.tone,
        href=file.href,
        note=file.note,
    )
