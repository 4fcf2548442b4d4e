"""What a reader of forms gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import FormKind, FormState
from portal_app.services.forms.rules.definitions import FormField


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in the list: the version in use, the draft, or both."""

    key: str
    title: str
    kind: FormKind
    in_use: str = ""
    number: int = 0
    draft: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One version of a form, open for looking or changing."""

    id: str
    key: str
    title: str
    introduction: str
    kind: FormKind
    state: FormState
    number: int
    per_person: bool
    fields: tuple[FormField, ...]
    version: int
