"""What customers see of a form that is being filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal_app.services import forms
from portal_app.services.applications import AnswerConflict, Answered, Filling
from portal_app.services.forms import FieldKind, FormField
from portal_app.state.applications.words import PATH, Option, address, by_words, questions_left

CLOSED = "This has been handed in. Ask us, and we open it again."
# After so many the questions are sent anew: each save sends again what has changed before it.
MOST_CHANGES = 20
_YES_NO = (Option("", "Choose"), Option("yes", "Yes"), Option("no", "No"))


@dataclass(frozen=True)
class Draft:
    """What one tab knows of a field beyond what is kept: what it sent, and what went wrong.

    `round` rises with every answer of the server; `taken` when what was typed gives way.
    """

    saved: str = ""
    acked: int = 0
    round: int = 0
    taken: int = 0
    problem: str = ""
    mine: str = ""
    conflict: AnswerConflict | None = None


@dataclass(frozen=True)
class AnswerField:
    """One question with its control."""

    key: str = ""
    id: str = ""
    label: str = ""
    hint: str = ""
    kind: str = ""
    mode: str = "text"
    value: str = ""
    version: int = 0
    saved: str = ""
    acked: int = 0
    round: int = 0
    taken: int = 0
    draft: str = ""
    note: str = ""
    problem: str = ""
    conflict: str = ""
    shown: str = ""
    options: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class GroupRow:
    """One row of a repeated group."""

    group: str
    number: int
    title: str
    fields: list[AnswerField]


@dataclass(frozen=True)
class Block:
    """A question, or a group of rows."""

    key: str
    is_group: bool
    title: str = ""
    hint: str = ""
    verb: str = ""
    may_add: bool = False
    question: AnswerField = field(default_factory=AnswerField)
    rows: list[GroupRow] = field(default_factory=list)


@dataclass(frozen=True)
class FillingView:
    """One form without its questions; empty until loaded."""

    number: str = ""
    title: str = ""
    sub: str = ""
    introduction: str = ""
    back: str = ""
    next_href: str = ""
    done: int = 0
    asked: int = 0
    progress: str = ""
    may_edit: bool = False
    closed: str = ""

    @classmethod
    def of(cls, found: Filling) -> "FillingView":
        """Format one form."""
        back = address(PATH, found.number)
        whose = "About you" if found.is_own else f"About {found.person}" if found.person else ""
        return cls(
            number=found.number,
            title=found.title,
            sub=" · ".join(part for part in (whose, found.number) if part),
            introduction=found.introduction,
            back=back,
            next_href=f"{back}/{found.following}" if found.following else back,
            done=found.done,
            asked=found.asked,
            progress=questions_left(found.done, found.asked),
            may_edit=found.may_edit,
            closed="" if found.may_edit else CLOSED,
        )


def blocks_of(found: Filling, *, drafts: Mapping[str, Draft], viewer: str) -> tuple[Block, ...]:
    """Format the questions of a form with what stands in them."""
    maker = _Maker(found, drafts, f"{viewer[-8:]}:{found.number}:{found.form}:{found.party}")
    return tuple(maker.block(one) for one in found.fields)


def changes_since(sent: Sequence[Block], now: Sequence[Block]) -> dict[str, AnswerField] | None:
    """Return the questions that stand otherwise than when they were sent, by id.

    None where the form has to be sent as a whole: its rows are others, or many have changed.
    """
    before, after = _questions(sent), _questions(now)
    if before.keys() != after.keys() or [_frame(one) for one in sent] != [
        _frame(one) for one in now
    ]:
        return None
    changed = {name: one for name, one in after.items() if one != before[name]}
    return changed if len(changed) <= MOST_CHANGES else None


def has_question(blocks: Sequence[Block], key: str) -> bool:
    """Say whether a question still stands on the page."""
    return key in {one.key for one in _questions(blocks).values()}


def _questions(blocks: Sequence[Block]) -> dict[str, AnswerField]:
    listed = (
        one
        for block in blocks
        for one in (block.question, *(inner for row in block.rows for inner in row.fields))
    )
    return {one.id: one for one in listed if one.id}


def _frame(block: Block) -> Block:
    """Return what surrounds the questions of a block."""
    rows = [replace(row, fields=[]) for row in block.rows]
    return replace(block, question=AnswerField(), rows=rows)


class _Maker:
    """Makes fields of one form."""

    def __init__(self, found: Filling, drafts: Mapping[str, Draft], place: str) -> None:
        self._found, self._drafts, self._place = found, drafts, place
        self._values = {key: one.value for key, one in found.answers.items()}

    def block(self, one: FormField) -> Block:
        """Make a question, or a group with its rows."""
        if one.kind is not FieldKind.GROUP:
            return Block(one.key, is_group=False, question=self.question(one.key, one))
        numbers = forms.rows_of(one, self._values)
        rows = [
            GroupRow(
                one.key,
                n,
                f"{one.label}: {place}",
                [self.question(f"{one.key}/{n}/{inner.key}", inner) for inner in one.fields],
            )
            for place, n in enumerate(numbers, start=1)
        ]
        return Block(
            one.key,
            is_group=True,
            title=one.label,
            hint=one.hint,
            verb=one.verb or "Add another",
            may_add=self._found.may_edit and len(rows) < forms.MOST_ROWS,
            rows=rows,
        )

    def question(self, key: str, one: FormField) -> AnswerField:
        """Make one question with what stands in it and what this tab knows of it."""
        currency, zone = self._found.currency, self._found.zone
        held = self._found.answers.get(key, Answered(key))
        draft = self._drafts.get(key, Draft())
        return AnswerField(
            key=key,
            id=f"f-{key.replace('/', '-')}",
            label=one.label if one.is_required else f"{one.label} (optional)",
            hint=one.hint,
            kind=_control(one.kind),
            mode=_MODES.get(one.kind, "text"),
            value=forms.typed(one, held.value, currency),
            version=held.version,
            saved=draft.saved,
            acked=draft.acked,
            round=draft.round,
            taken=draft.taken,
            draft=f"draft:{self._place}:{key}",
            note=by_words(held.by, held.at, zone, is_own=held.is_own) if held.value else "",
            problem=draft.problem,
            conflict=_conflict(one, draft.conflict, currency, zone),
            shown=forms.shown(one, held.value, currency),
            options=_options(one),
        )


_MODES = {FieldKind.NUMBER: "decimal", FieldKind.MONEY: "decimal"}


def _control(kind: FieldKind) -> str:
    if kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        return "select"
    return {FieldKind.WORDS: "area", FieldKind.DATE: "date"}.get(kind, "line")


def _options(one: FormField) -> list[Option]:
    if one.kind is FieldKind.YES_NO:
        return list(_YES_NO)
    if one.kind is FieldKind.CHOICE:
        return [Option("", "Choose"), *(Option(*option) for option in one.options)]
    return []


def _conflict(one: FormField, found: AnswerConflict | None, currency: str, zone: str) -> str:
    """Say who has written what in the meantime."""
    if found is None:
        return ""
    theirs = forms.shown(one, found.theirs, currency)
    wrote = f"wrote “{theirs}”" if theirs else "emptied this"
    when = by_words(found.by, found.at, zone).removeprefix("Changed by ").removeprefix(found.by)
    return f"{found.by} {wrote} at {when.strip()}, while you were writing. Which one stays?"
