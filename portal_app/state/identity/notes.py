"""What the answer to a posted form left for the page that is shown next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from portal_app.core import clock
from portal_app.services.identity import Caller

# A note is for the page that the browser is on its way to, not for one opened later.
_GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class FormNote:
    """A refusal with what was typed, or good news; empty for a page that was just opened."""

    problem: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    message: str = ""
    has_note: bool = False

    @property
    def is_refusal(self) -> bool:
        """Whether something has to be corrected."""
        return bool(self.problem or self.fields)


def note_for(caller: Caller, form: str) -> FormNote:
    """Return what this form left, if it was this one and just now."""
    note = caller.notes.get("note")
    if not isinstance(note, dict) or note.get("form") != form or not _is_fresh(note):
        return FormNote()
    return FormNote(
        problem=str(note.get("problem", "")),
        fields=_texts(note.get("fields")),
        typed=_texts(note.get("typed")),
        message=str(note.get("message", "")),
        has_note=True,
    )


def _is_fresh(note: dict[str, Any]) -> bool:
    try:
        left_at = datetime.fromisoformat(str(note.get("at", "")))
    except ValueError:
        return False
    return timedelta() <= clock.now() - left_at < _GOOD_FOR


def _texts(values: Any) -> dict[str, str]:
    if not isinstance(values, dict):
        return {}
    return {str(name): str(value) for name, value in values.items()}


class NoteMixin(rx.State, mixin=True):
    """Shows on a page what the answer to its posted form left."""

    note: FormNote = FormNote()

    def _take_note(self: Any, form: str) -> None:
        """Show what this form left; what has to be corrected takes the focus."""
        self.note = note_for(self._caller, form)
        if self.note.is_refusal:
            self._focus("errors")
