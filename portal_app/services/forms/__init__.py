"""Forms: what staff ask, in versions, and how answers are read."""

from portal_app.models import FormKind, FormState
from portal_app.services.forms.commands.building import (
    change_form,
    edit_form,
    prepare_forms,
    publish_form,
    retire_form,
    start_form,
)
from portal_app.services.forms.commands.questions import move_field, put_field, remove_field
from portal_app.services.forms.commands.standing import in_use, keep_standard
from portal_app.services.forms.queries.lists import form_rows, form_sheet
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
from portal_app.services.forms.views import FormRow, FormSheet

__all__ = [
    "MOST_ROWS",
    "FieldKind",
    "FormField",
    "FormKind",
    "FormRow",
    "FormSheet",
    "FormState",
    "Place",
    "Unreadable",
    "change_form",
    "edit_form",
    "fields_of",
    "form_rows",
    "form_sheet",
    "in_use",
    "keep_standard",
    "missing",
    "move_field",
    "place_of",
    "prepare_forms",
    "progress",
    "publish_form",
    "put_field",
    "questions",
    "read",
    "remove_field",
    "retire_form",
    "rows_of",
    "shown",
    "start_form",
    "typed",
]
