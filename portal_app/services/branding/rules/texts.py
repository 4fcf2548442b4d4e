"""The texts of a customer's page that staff may change (S4-08 to S4-10), with their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.core.entries import Entries


@dataclass(frozen=True, slots=True)
class TextField:
    """One text: where it stands, how long it may be, and what is said until somebody writes it."""

    name: str
    where: str
    limit: int
    default: str


TEXTS = {
    "introduction": TextField(
        "Introduction",
        "At the top of a customer's proposal.",
        1_500,
        "Here you can review your proposal, send us documents and ask us anything.",
    ),
    "message_placeholder": TextField(
        "Send message placeholder",
        "In the empty box for a message.",
        160,
        "Write your message here",
    ),
    "privacy_statement": TextField(
        "Privacy statement",
        "Below the box for files.",
        1_500,
        "We use what you send us for your proposal only, and keep it encrypted. People who work "
        "on your proposal can read it, and nobody else.",
    ),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts as customers read them; `introduction` and `privacy_statement` have formatting."""

    introduction: str
    message_placeholder: str
    privacy_statement: str


def texts(kept: Mapping[str, object]) -> Texts:
    """Return the texts in force; an empty one says what the portal says."""
    return Texts(**{name: str(kept.get(name) or one.default) for name, one in TEXTS.items()})


def read_texts(entered: Entries, value: object) -> dict[str, object]:
    """Return what was written; an empty text means the portal's own."""
    given: Mapping[str, object] = value if isinstance(value, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    kept = dict[str, object]()
    for name, one in TEXTS.items():
        read = entered.line if name == "message_placeholder" else entered.text
        kept[name] = read(name, given.get(name, ""), limit=one.limit, has_numbers=True)
    return kept
