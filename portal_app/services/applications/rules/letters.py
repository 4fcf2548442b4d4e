"""What staff may write to a party, and the tags in it that nobody may break (S2-15).

There is no template language here: a tag is replaced by text, and whatever else looks like one is
refused, so that nothing that staff write is ever carried out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal_app.core.entries import Entries

LONGEST_SUBJECT, LONGEST_BODY = 150, 4000
# Each tag with what it stands for; the first must be in every letter.
TAGS = {
    "portal_link": "their own link",
    "person": "their name",
    "application": "what the application is called",
    "until": "when the link ends",
    "brand": "our name",
}
REQUIRED = ("portal_link",)
_TAG = re.compile(r"\{\{ ([a-z_]{1,30}) \}\}", re.ASCII)
_LIKE_ONE = re.compile(r"\{\{[^{}\n]{0,60}\}\}?|\{[%#{]|[%#}]\}|\{\{")
SUBJECT = "{{ brand }}: please fill in your application"
BODY = "\n\n".join(
    (
        "Hello {{ person }},",
        "We have opened {{ application }} for you in our customer centre. There you give us what "
        "we still need, and see what has been filled in already.",
        "Open it here: {{ portal_link }}",
        "The link is yours alone and works until {{ until }}. We send a code to your mobile phone "
        "when you open it, to make sure that it is you.",
    )
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that may be sent, with its tags in it."""

    subject: str
    body: str

    def filled(self, facts: Mapping[str, str]) -> "Letter":
        """Return the letter with the facts in place of the tags."""
        return Letter(_filled(self.subject, facts), _filled(self.body, facts))


def read(subject: object, body: object) -> Letter:
    """Return a letter whose tags are whole.

    Raises Invalid that names the tag that is missing, altered or unknown.
    """
    entries = Entries()
    line = entries.line("subject", subject, limit=LONGEST_SUBJECT, missing="Write a subject.")
    text = entries.text("body", body, limit=LONGEST_BODY, missing="Write what they are to read.")
    for field, words in (("subject", line), ("body", text)):
        for problem in _faults(words):
            entries.refuse(field, problem)
    if text:
        for tag in REQUIRED:
            if f"{{{{ {tag} }}}}" not in text:
                entries.refuse(
                    "body", f"The tag {{{{ {tag} }}}} is missing: {TAGS[tag]}. Put it back."
                )
    entries.done()
    return Letter(line, text)


def _faults(words: str) -> list[str]:
    rest = _TAG.sub(lambda match: "" if match[1] in TAGS else match[0], words)
    found: list[str] = []
    for match in _LIKE_ONE.finditer(rest):
        whole = _TAG.match(rest, match.start())
        if whole:
            found.append(f"{whole[0]} is no tag that we know. Take it out.")
        else:
            shown = " ".join(rest[match.start() : match.start() + 40].split())
            found.append(f"The tag at “{shown}” has been altered. Put it back as it was.")
    return found


def _filled(words: str, facts: Mapping[str, str]) -> str:
    return _TAG.sub(lambda match: facts[match[1]], words)
