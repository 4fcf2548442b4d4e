"""A question as staff enter it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from portal_app.core.entries import Entries
from portal_app.services.forms.rules.definitions import FieldKind, FormField, key_for

LONGEST_LABEL, LONGEST_HINT, LONGEST_OPTIONS, MOST_OPTIONS = 120, 200, 2000, 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to ask."""

    label: str
    kind: FieldKind
    hint: str
    options: tuple[str, ...]
    is_required: bool

    @classmethod
    def read(cls, question: object, *, in_group: bool) -> "Wish":
        """Read what was entered; raises Invalid with what is wrong in each field."""
        given: Mapping[str, object] = {}
        if isinstance(question, dict):
            given = cast("Mapping[str, object]", question)
        label, kind, hint, options = (
            given.get(name, "") for name in ("label", "kind", "hint", "options")
        )
        entries = Entries()
        name = entries.line("label", label, limit=LONGEST_LABEL, missing="Write the question.")
        sort = entries.choice("kind", kind, FieldKind, problem="Choose what the answer is.")
        words = entries.line("hint", hint, limit=LONGEST_HINT)
        listed = entries.text("options", options, limit=LONGEST_OPTIONS)
        lines = tuple(dict.fromkeys(one.strip() for one in listed.split("\n") if one.strip()))
        if sort is FieldKind.GROUP and in_group:
            entries.refuse("kind", "A group cannot stand in another group.")
        if sort is FieldKind.CHOICE and not 1 < len(lines) <= MOST_OPTIONS:
            entries.refuse("options", f"Write two to {MOST_OPTIONS} answers, one on each line.")
        entries.done()
        kept = lines if sort is FieldKind.CHOICE else ()
        return cls(name, sort or FieldKind.TEXT, words, kept, given.get("required") is True)

    def field(self, key: str, held: FormField | None) -> FormField:
        """Return the field; answers that are there keep their keys, so that they stay readable."""
        known = {words: name for name, words in held.options} if held else {}
        taken: list[str] = list(known.values())
        options: list[tuple[str, str]] = []
        for words in self.options:
            name = known.get(words) or key_for(words, taken)
            taken.append(name)
            options.append((name, words))
        is_group = self.kind is FieldKind.GROUP
        return FormField(
            key=key,
            label=self.label,
            kind=self.kind,
            hint=self.hint,
            is_required=self.is_required,
            options=tuple(options),
            fields=held.fields if held and is_group else (),
            verb="Add another" if is_group else "",
        )
