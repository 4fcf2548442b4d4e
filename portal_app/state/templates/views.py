"""One template as its page shows it: ready strings."""

from dataclasses import dataclass, replace

from portal_app.services import templates
from portal_app.services.wording import short_moment
from portal_app.state.base import load_key
from portal_app.state.templates.list import address_of, status_of

NEW = "new"


@dataclass(frozen=True)
class TagChip:
    """A tag that a press puts into the text."""

    written: str
    words: str


@dataclass(frozen=True)
class VersionRow:
    """One version of the words; an older one can be taken up again."""

    number: str
    title: str
    subject: str
    status: str
    tone: str
    who: str
    when: str
    is_older: bool
    key: str


@dataclass(frozen=True)
class TemplateForm:
    """The words as the form starts with them; `key` names what they are a form of."""

    kind: str = ""
    template: str = ""
    version: str = "0"
    subject: str = ""
    text: str = ""
    sms: str = ""
    key: str = ""
    act_key: str = ""
    try_key: str = ""

    @classmethod
    def of(cls, found: templates.Opened) -> "TemplateForm":
        """Take over the draft, or else what is sent now, with a fresh key for saving it."""
        words = found.wording
        return cls(
            found.kind.key,
            found.sheet.id,
            str(found.version),
            words.subject,
            words.text,
            words.sms,
            load_key(),
            load_key(),
            load_key(),
        )

    def anew(self) -> "TemplateForm":
        """Return the same words as the beginning of one more template."""
        return replace(self, template="", version="0")

    def tried(self) -> "TemplateForm":
        """Return the same, ready to be tried out once more."""
        return replace(self, try_key=load_key())


@dataclass(frozen=True)
class TemplateView:
    """What stands around the form."""

    name: str = ""
    when: str = ""
    status: str = ""
    tone: str = "neutral"
    has_letter: bool = True
    has_text: bool = False
    is_named: bool = False
    another: str = ""
    has_draft: bool = False
    has_own: bool = False
    note: str = ""
    back: str = ""

    @classmethod
    def of(cls, found: templates.Opened, *, is_new: bool) -> "TemplateView":
        """Say what is sent now and what can be done."""
        kind, sheet = found.kind, found.sheet
        status, tone = ("Not saved yet", "neutral") if is_new else status_of(sheet)
        named = "" if sheet.is_standard or is_new else f": {sheet.name}"
        return cls(
            name=f"{kind.name}{named}",
            when=kind.when,
            status=status,
            tone=tone,
            has_letter=kind.has_letter,
            has_text=kind.has_text,
            is_named=is_new,
            another=address_of(kind.key, NEW) if kind.has_choice and not is_new else "",
            has_draft=sheet.has_draft and not is_new,
            has_own=bool(sheet.published) and not is_new,
            note=_note(kind),
            back=address_of(kind.key, "" if sheet.is_standard else sheet.id),
        )


def chips(kind: templates.Kind) -> list[TagChip]:
    """Return the tags of a kind; what has to be there is said with it."""
    return [
        TagChip(tag.written, f"{tag.words} (must be there)" if tag.is_required else tag.words)
        for tag in kind.tags
    ]


def version_rows(found: templates.Opened, zone: str) -> list[VersionRow]:
    """Return the versions, newest first."""
    return [_version(one, zone) for one in found.versions]


def _version(one: templates.Version, zone: str) -> VersionRow:
    state = templates.VersionState
    status, tone = {
        state.DRAFT: ("Draft", "warn"),
        state.PUBLISHED: ("Sent now", "good"),
        state.REPLACED: ("Older", "neutral"),
    }[one.state]
    return VersionRow(
        str(one.number),
        f"Version {one.number}",
        one.wording.subject or one.wording.sms,
        status,
        tone,
        one.written_by,
        short_moment(one.published_at or one.written_at, zone),
        is_older=one.state is state.REPLACED,
        key=load_key(),
    )


def _note(kind: templates.Kind) -> str:
    return (
        "The last line, which lets telephones offer the code, is added by itself."
        if kind.has_text and "code" in kind.required
        else ""
    )
