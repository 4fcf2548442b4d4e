"""Which data there is, how much each column matters, and how that is protected."""

from sqlmodel import SQLModel

import portal_app.models  # noqa: F401 - fills the metadata
from docs.make.classes import CLASSES, class_of
from docs.make.markdown import code, document, table


def page() -> str:
    """Return docs/data.md."""
    return document(
        "Data and how it is protected",
        "Each column of the database belongs to one class; a test fails when a column belongs to "
        "none. The class decides how it is treated.",
        table(("Class", "What it is", "How it is protected"), CLASSES),
        "No card number and no bank account number enters the portal at all.",
        "## Columns",
        table(("Table", *(name for name, *_ in CLASSES)), _rows()),
    )


def untagged() -> list[str]:
    """Return the columns that belong to no class."""
    return [
        f"{one.name}.{column.name}"
        for one in SQLModel.metadata.tables.values()
        for column in one.columns
        if not class_of(one.name, column.name)
    ]


def _rows() -> list[tuple[str, ...]]:
    rows = []
    for one in sorted(SQLModel.metadata.tables.values(), key=lambda each: each.name):
        classes = {column.name: class_of(one.name, column.name) for column in one.columns}
        rows.append((code(one.name), *(_of(name, classes) for name, *_ in CLASSES)))
    return rows


def _of(wanted: str, classes: dict[str, str]) -> str:
    return ", ".join(column for column, name in classes.items() if name == wanted)
