"""Forms: what staff ask, in versions, and how answers are read."""

from portal_app.services.forms.commands.standing import in_use, keep_standard
from portal_app.services.forms.rules.definitions import (
    MOST_ROWS,
    FieldKind,
    FormField,
    Place,
    fields_of,
    missing,
    place_of,
    progress,
    questions,
    rows_of,
)
from portal_app.services.forms.rules.values import Unreadable, read, shown, typed

__all__ = [
    "MOST_ROWS",
    "FieldKind",
    "FormField",
    "Place",
    "Unreadable",
    "fields_of",
    "in_use",
    "keep_standard",
    "missing",
    "place_of",
    "progress",
    "questions",
    "read",
    "rows_of",
    "shown",
    "typed",
]
