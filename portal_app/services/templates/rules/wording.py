"""The words of one message: checked as a whole, then filled for whoever it goes to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal_app.core.entries import Entries
from portal_app.core.errors import NotFound
from portal_app.services.templates.rules import tags
from portal_app.services.templates.rules.kinds import KINDS, Kind

# What a block that does not apply leaves behind.
_EMPTIED = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")

SUBJECT_LIMIT = 150
TEXT_LIMIT = 5_000
SMS_LIMIT = 300
# What telephones read to offer a code on this site only: it always ends such a text message.
CODE_ENDING = "\n\n@{{ host }} #{{ code }}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a message with its tags in them; `sms` is its text message, if it has one."""

    subject: str = ""
    text: str = ""
    sms: str = ""


def kind_of(key: object) -> Kind:
    """Return a kind by its key; what is none is not found."""
    found = KINDS.get(key) if isinstance(key, str) else None
    if found is None:
        raise NotFound
    return found


def checked(*, kind: str, subject: object = "", text: object = "", sms: object = "") -> Wording:
    """Return what staff wrote if it can be sent; raises Invalid that names the tag (S2-15).

    The fields of the refusal are `subject`, `text` and `sms`. Parts that the kind does not have
    are left out, whatever was given for them.
    """
    about, entered = kind_of(kind), Entries()
    found = Wording()
    if about.has_letter:
        found = replace(
            found, subject=_subject(entered, about, subject), text=_text(entered, about, text)
        )
    if about.has_text:
        found = replace(found, sms=_sms(entered, about, sms))
    entered.done()
    return found


def filled(wording: Wording, facts: Mapping[str, str]) -> Wording:
    """Return a checked wording with its tags filled; raises LookupError if a fact is missing."""
    ending = tags.fill(CODE_ENDING, facts) if wording.sms and "code" in facts else ""
    return Wording(
        subject=" ".join(tags.fill(wording.subject, facts).split()),
        text=_EMPTIED.sub("\n\n", tags.fill(wording.text, facts)).strip(),
        sms=f"{tags.fill(wording.sms, facts).strip()}{ending}" if wording.sms else "",
    )


def _subject(entered: Entries, kind: Kind, value: object) -> str:
    line = entered.line(
        "subject", value, limit=SUBJECT_LIMIT, missing="Write the subject.", has_numbers=True
    )
    private = [tag.name for tag in kind.tags if tag.is_private]
    for name in tags.names_in(line) & set(private):
        entered.refuse(
            "subject",
            f"{tags.as_tag(name)} belongs in the text: subjects show on locked screens.",
        )
    return _without_fault(entered, "subject", line, kind, required=())


def _text(entered: Entries, kind: Kind, value: object) -> str:
    text = entered.text(
        "text", value, limit=TEXT_LIMIT, missing="Write the text.", has_numbers=True
    )
    return _without_fault(entered, "text", text, kind, required=kind.required)


def _sms(entered: Entries, kind: Kind, value: object) -> str:
    text = entered.text(
        "sms", value, limit=SMS_LIMIT, missing="Write the text message.", has_numbers=True
    )
    return _without_fault(entered, "sms", text, kind, required=kind.required)


def _without_fault(
    entered: Entries, field: str, text: str, kind: Kind, *, required: tuple[str, ...]
) -> str:
    if text and (fault := tags.fault_of(text, kind.tags, required=required)):
        entered.refuse(field, fault)
    return text
