"""A form's fields, as a template keeps them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from portal_app.models.base import Json

MOST_FIELDS = 60
MOST_ROWS = 12
_NOT_A_KEY = re.compile(r"[^a-z0-9]+")
_ROW = re.compile(r"([a-z0-9_]{1,40})/([1-9]\d?)(?:/([a-z0-9_]{1,40}))?", re.ASCII)


class FieldKind(StrEnum):
    """What may stand in a field; a group holds rows of other fields."""

    TEXT = "text"
    WORDS = "words"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class FormField:
    """One question. A choice has `options` of key and words; a group has `fields` and a `verb`."""

    key: str
    label: str
    kind: FieldKind
    hint: str = ""
    is_required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    fields: tuple["FormField", ...] = ()
    verb: str = ""

    def as_json(self) -> Json:
        """Return the field as a template keeps it."""
        kept: Json = {"key": self.key, "label": self.label, "kind": self.kind.value}
        if self.hint:
            kept["hint"] = self.hint
        if self.is_required:
            kept["required"] = True
        if self.options:
            kept["options"] = [list(option) for option in self.options]
        if self.fields:
            kept["fields"] = [one.as_json() for one in self.fields]
        if self.verb:
            kept["verb"] = self.verb
        return kept


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer belongs: a field, or a field in one row of a group."""

    field: FormField
    group: FormField | None = None
    row: int = 0


def fields_of(definition: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Read the fields that a template keeps."""
    return tuple(_field(one) for one in cast("Sequence[Json]", definition.get("fields", ())))


def definition_of(fields: Sequence[FormField]) -> Json:
    """Return what a template keeps of these fields."""
    return {"fields": [one.as_json() for one in fields]}


def _field(kept: Mapping[str, Any]) -> FormField:
    return FormField(
        key=str(kept["key"]),
        label=str(kept["label"]),
        kind=FieldKind(kept["kind"]),
        hint=str(kept.get("hint", "")),
        is_required=bool(kept.get("required", False)),
        options=tuple((str(one[0]), str(one[1])) for one in kept.get("options", ())),
        fields=tuple(_field(one) for one in kept.get("fields", ())),
        verb=str(kept.get("verb", "")),
    )


def place_of(fields: Sequence[FormField], key: object) -> Place | None:
    """Find what a key such as `income` or `jobs/2/employer` names; None for nothing.

    `jobs/2` names the row itself: its answer says whether the row is there.
    """
    if not isinstance(key, str):
        return None
    known = {one.key: one for one in fields}
    if (plain := known.get(key)) is not None:
        return Place(plain) if plain.kind is not FieldKind.GROUP else None
    if (match := _ROW.fullmatch(key)) is None or int(match[2]) > MOST_ROWS:
        return None
    group = known.get(match[1])
    if group is None or group.kind is not FieldKind.GROUP:
        return None
    if match[3] is None:
        return Place(group, group, int(match[2]))
    inner = next((one for one in group.fields if one.key == match[3]), None)
    return Place(inner, group, int(match[2])) if inner else None


def rows_of(group: FormField, answers: Mapping[str, str]) -> list[int]:
    """Return which rows of a group are there, in the order in which they were added."""
    return [n for n in range(1, MOST_ROWS + 1) if answers.get(f"{group.key}/{n}") == "yes"]


def questions(
    fields: Sequence[FormField], answers: Mapping[str, str]
) -> Iterator[tuple[str, FormField]]:
    """Yield every question that stands on the page now, with the key of its answer."""
    for one in fields:
        if one.kind is not FieldKind.GROUP:
            yield one.key, one
            continue
        for n in rows_of(one, answers):
            for inner in one.fields:
                yield f"{one.key}/{n}/{inner.key}", inner


def progress(fields: Sequence[FormField], answers: Mapping[str, str]) -> tuple[int, int]:
    """Return how many of the questions that must be answered are, and how many there are.

    A group that must be answered counts as one question while it has no row.
    """
    asked = [(key, one) for key, one in questions(fields, answers) if one.is_required]
    done = sum(bool(answers.get(key)) for key, _ in asked)
    groups = [one for one in fields if one.kind is FieldKind.GROUP and one.is_required]
    empty = sum(not rows_of(one, answers) for one in groups)
    return done, len(asked) + empty


def missing(fields: Sequence[FormField], answers: Mapping[str, str]) -> list[str]:
    """Return the labels of what must be answered and is not."""
    open_questions = [
        one.label
        for key, one in questions(fields, answers)
        if one.is_required and not answers.get(key)
    ]
    groups = [one for one in fields if one.kind is FieldKind.GROUP and one.is_required]
    return open_questions + [one.label for one in groups if not rows_of(one, answers)]


def key_for(label: str, taken: Sequence[str]) -> str:
    """Return a key for a new field that no other field has."""
    base = _NOT_A_KEY.sub("_", label.lower()).strip("_")[:32] or "field"
    found, n = base, 2
    while found in taken:
        found, n = f"{base}_{n}", n + 1
    return found
