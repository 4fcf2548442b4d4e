"""What managers see of the forms that they build."""

from dataclasses import dataclass, field

from portal_app.core.settings import settings
from portal_app.services.forms import FieldKind, FormField, FormKind, FormRow, FormSheet, FormState
from portal_app.state.applications.words import Option
from portal_app.state.formats import moment

PATH = "/staff/settings/form-templates"
KINDS = (("questionnaire", "Questionnaire"), ("section", "Section of every application"))
ANSWERS = (
    (FieldKind.TEXT.value, "A line of text"),
    (FieldKind.WORDS.value, "Several lines of text"),
    (FieldKind.NUMBER.value, "A number"),
    (FieldKind.MONEY.value, "An amount of money"),
    (FieldKind.DATE.value, "A day"),
    (FieldKind.CHOICE.value, "One of several answers"),
    (FieldKind.YES_NO.value, "Yes or no"),
    (FieldKind.GROUP.value, "Rows of questions, as many as needed"),
)


@dataclass(frozen=True)
class FormLine:
    """A form in the list."""

    title: str
    href: str
    kind: str
    status: str
    tone: str
    changed: str

    @classmethod
    def of(cls, row: FormRow) -> "FormLine":
        """Format a form."""
        in_use = f"Version {row.number} in use" if row.in_use else "Not in use yet"
        status = f"{in_use}, a draft waits" if row.draft else in_use
        return cls(
            title=row.title,
            href=f"{PATH}?open={row.draft or row.in_use}",
            kind=dict(KINDS)[row.kind.value],
            status=status,
            tone="warn" if row.draft else "good",
            changed=f"{row.changed_by}, {moment(row.changed_at, settings().timezone)}",
        )


@dataclass(frozen=True)
class FieldLine:
    """A question of the form that is open."""

    key: str = ""
    group: str = ""
    label: str = ""
    kind: str = FieldKind.TEXT.value
    hint: str = ""
    note: str = ""
    is_required: bool = False
    options: str = ""
    is_inner: bool = False

    @classmethod
    def of(cls, one: FormField, group: str = "") -> "FieldLine":
        """Format a question."""
        words = [dict(ANSWERS)[one.kind.value]]
        words += ["must be answered"] if one.is_required else []
        words += [", ".join(label for _, label in one.options)] if one.options else []
        return cls(
            key=one.key,
            group=group,
            label=one.label,
            kind=one.kind.value,
            hint=one.hint,
            note=" · ".join(words),
            is_required=one.is_required,
            options="\n".join(label for _, label in one.options),
            is_inner=bool(group),
        )


@dataclass(frozen=True)
class FormView:
    """The form that is open; empty while none is."""

    id: str = ""
    title: str = ""
    sub: str = ""
    introduction: str = ""
    per_person: bool = False
    is_draft: bool = False
    may_retire: bool = False
    version: int = 0
    drawn: str = ""
    fields: list[FieldLine] = field(default_factory=list)
    places: list[Option] = field(default_factory=list)

    @classmethod
    def of(cls, found: FormSheet) -> "FormView":
        """Format a form with its questions, those of a group after it."""
        lines: list[FieldLine] = []
        for one in found.fields:
            lines.append(FieldLine.of(one))
            lines += [FieldLine.of(inner, one.key) for inner in one.fields]
        groups = [one for one in found.fields if one.kind is FieldKind.GROUP]
        is_draft = found.state is FormState.DRAFT
        return cls(
            id=found.id,
            title=found.title,
            sub=f"{dict(KINDS)[found.kind.value]} · version {found.number}"
            f"{', a draft' if is_draft else ''}",
            introduction=found.introduction,
            per_person=found.per_person,
            is_draft=is_draft,
            may_retire=is_draft or found.kind is FormKind.QUESTIONNAIRE,
            version=found.version,
            drawn=f"{found.id}:{found.version}",
            fields=lines,
            places=[
                Option("", "On the form itself"),
                *(Option(one.key, f"In the rows of “{one.label}”") for one in groups),
            ],
        )
