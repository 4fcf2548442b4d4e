"""What a kind of message is, and the tags that every message has."""

from dataclasses import dataclass

from portal_app.services.templates.rules.tags import Tag

STANDING = (
    Tag("brand", "Your company's name", ""),
    Tag("person", "Whom it is for, in full", "Grace Dlamini"),
    Tag("first_name", "Whom it is for, by first name", "Grace"),
    Tag("support_phone", "Your support phone", "+1 253 555 0100", may_be_empty=True),
    Tag("support_hours", "When you can be called", "Mon to Fri, 07:00 to 17:00", may_be_empty=True),
    Tag("support_email", "Your support email", "help@example.com", may_be_empty=True),
    Tag("address", "The portal's address", "https://portal.example"),
)


def link(words: str, path: str, *, private: bool = False) -> Tag:
    """Return the tag of the link that the message is about, with a sample of its path."""
    return Tag("link", words, path, is_required=True, is_private=private)


def code() -> Tag:
    """Return the tag of a code; without it such a message is of no use."""
    return Tag("code", "The code", "482 913", is_required=True, is_private=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: `key` is its topic; `ways` says how it goes out.

    `has_choice`: staff choose among several templates at the moment of sending (S2-13).
    A code goes to an address or a number that may turn out to be nobody's: it names no person.
    """

    key: str
    name: str
    when: str
    own: tuple[Tag, ...]
    has_letter: bool = True
    has_text: bool = False
    has_choice: bool = False
    knows_person: bool = True

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag that may stand in it: its own first, then those of all messages."""
        names = () if self.knows_person else ("person", "first_name")
        return (*self.own, *(tag for tag in STANDING if tag.name not in names))

    @property
    def required(self) -> tuple[str, ...]:
        """The tags without which it is of no use."""
        return tuple(tag.name for tag in self.own if tag.is_required)
