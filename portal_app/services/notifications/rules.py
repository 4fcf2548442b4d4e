"""How a message gets its words: a topic names a template, facts fill it.

The topic `rental.scheduled` is worded in `templates/email/rentals/scheduled.txt` (first line: the
subject) and `.mjml`, its text message in `templates/sms/rentals/scheduled.txt`.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portal_app.core.secrets import fingerprint
from portal_app.services import templates
from portal_app.services.templates import Wording

TEMPLATES = templates.TEMPLATES
LONGEST_SUBJECT = 200
LONGEST_TITLE = 160
LONGEST_BODY = 1000
LONGEST_GREETING = 60
OWN = "own"
_LINKS = ("link", "portal_link", "address")

_SHAPELESS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(
    r"[^@\s<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^@\s<>,;:\"()\[\]\\_\x00-\x1f\x7f]+"
)
_LONGEST_ADDRESS = 254
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DEFAULT_COLOUR = "#3d4fd6"
_BRIGHT = 0.45


class Group(StrEnum):
    """Topics that somebody decides about together, by the domain that tells them."""

    CASES = "case"
    RENTALS = "rental"
    PAYMENTS = "payment"


class Way(StrEnum):
    """How somebody can be told."""

    PORTAL = "portal"
    EMAIL = "email"
    TEXT = "text"


USUAL = frozenset({Way.PORTAL, Way.EMAIL})
# Whoever has taken over a sign-in must not be able to hide what they do with it.
_ALWAYS = frozenset({"payment.method_added"})


def group_of(topic: str) -> Group | None:
    """Return in which group a topic is; None for what nobody can switch off.

    That is all that concerns sign-in, one's own details, and who can see what is one's own.
    """
    domain = topic.partition(".")[0]
    if topic in _ALWAYS or domain not in {group.value for group in Group}:
        return None
    return Group(domain)


def ways_for(
    group: Group | None, chosen: Mapping[str, Sequence[str]], possible: frozenset[Way]
) -> frozenset[Way]:
    """Return how somebody is told; where none of the chosen ways is possible, in the portal."""
    kept = chosen.get(group.value) if group else None
    wanted = USUAL if kept is None else frozenset(Way(one) for one in kept)
    return wanted & possible or frozenset({Way.PORTAL})


@cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    # Plain text: nothing to escape. The HTML part is made elsewhere, with everything escaped.
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
    )


def template_of(topic: str, *, kind: str = "email") -> str:
    """Return the template's name for a topic: `rental.scheduled` is `rentals/scheduled`."""
    return templates.file_of(topic, way=kind, folder=TEMPLATES)


def _wording(topic: str) -> tuple[Template, Template]:
    folder, name = TEMPLATES / "email", f"{template_of(topic)}.txt"
    return _compiled(folder, name, (folder / name).stat().st_mtime_ns)


@cache
def _compiled(folder: Path, name: str, _changed: int) -> tuple[Template, Template]:
    """Return the subject and the body of a template; a file that has changed is read again."""
    first, _, rest = (folder / name).read_text(encoding="utf-8").partition("\n")
    environment = _environment(folder)
    return environment.from_string(first), environment.from_string(rest)


def letter(topic: str, facts: Mapping[str, str], own: Wording | None = None) -> tuple[str, str]:
    """Return the subject and the plain text of a letter, signed by its brand.

    `own` are words of the operator's that are sent in place of the portal's (S2-13).
    """
    subject, body = _filled(topic, facts, own)
    layout = _environment(TEMPLATES / "email").get_template("layout.txt")
    return subject, layout.render({**facts, "subject": subject, "body": body}).strip() + "\n"


def _filled(topic: str, facts: Mapping[str, str], own: Wording | None) -> tuple[str, str]:
    if own is not None:
        ready = templates.filled(own, facts)
        return ready.subject[:LONGEST_SUBJECT], ready.text
    first, rest = _wording(topic)
    return one_line(first.render(facts))[:LONGEST_SUBJECT], rest.render(facts).strip()


def parts(topic: str, facts: Mapping[str, str], own: Wording) -> list[dict[str, Any]]:
    """Return what the HTML part of a letter in the operator's own words is made of."""
    links = [facts[name] for name in _LINKS if facts.get(name)]
    return templates.parts(_filled(topic, facts, own)[1], links)


def parts_of(text: str, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the HTML part is made of for a letter whose plain text was written already."""
    layout = _environment(TEMPLATES / "email").get_template("layout.txt")
    with suppress(TemplateError):  # signed by a former version: the signature stays in the text
        signed = layout.render({**facts, "body": ""}).strip()
        text = text.strip().removesuffix(signed)
    links = [str(facts[name]) for name in _LINKS if facts.get(name)]
    return templates.parts(text.strip(), links)


def edition(topic: str) -> str:
    """Return a mark of the form that a letter's HTML part has now, "" for one that has none."""
    try:
        path = TEMPLATES / "email" / f"{template_of(topic)}.mjml"
    except LookupError:  # a message that a former version sent, and this one knows no more
        return ""
    return _edition(path, path.stat().st_mtime_ns) if path.is_file() else ""


@cache
def _edition(path: Path, _changed: int) -> str:
    return fingerprint(path.read_text(encoding="utf-8"))[:16]


def summary(topic: str, facts: Mapping[str, str], own: Wording | None = None) -> str:
    """Return the first paragraph of a letter, leaving out a greeting: what the portal shows."""
    body = _filled(topic, facts, own)[1]
    paragraphs = [one_line(part) for part in re.split(r"\n\s*\n", body)]
    for paragraph in paragraphs:
        if paragraph and not (paragraph.endswith(",") and len(paragraph) <= LONGEST_GREETING):
            return paragraph[:LONGEST_BODY]
    return ""


def text_message(topic: str, facts: Mapping[str, str], own: Wording | None = None) -> str:
    """Return the words of a text message."""
    if own is not None and own.sms:
        return templates.filled(own, facts).sms
    name = f"{template_of(topic, kind='sms')}.txt"
    return _environment(TEMPLATES / "sms").get_template(name).render(facts).strip()


def notice_text(topic: str, facts: Mapping[str, str], own: Wording | None = None) -> str:
    """Return a text message that says what the subject of a letter says, and where to read it."""
    subject = _filled(topic, facts, own)[0][:LONGEST_TITLE]
    notice = _environment(TEMPLATES / "sms").get_template("notifications/notice.txt")
    return notice.render({**facts, "subject": subject}).strip()


def printable(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts without control characters; anything but text is a mistake of ours."""
    cleaned: dict[str, str] = {}
    for name, value in facts.items():
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            message = f"the fact {name!r} must be text, not {type(value).__name__}"
            raise TypeError(message)
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        cleaned[name] = _SURROGATE.sub("\ufffd", _SHAPELESS.sub(" ", lines))
    return cleaned


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def is_address(text: str) -> bool:
    """Say whether a letter can be sent to this: exactly one plain address."""
    if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        return False
    domain = text.rpartition("@")[2]
    return not domain.startswith((".", "-")) and ".." not in text and not domain.endswith(".")


def absolute(address: str, link: str) -> str:
    """Return a link into the portal as a whole address; raises ValueError for any other."""
    if not link or link.startswith(f"{address}/"):
        return link
    if link.startswith("/") and not link.startswith(("//", "/\\")):
        return address + link
    message = "a message links to the portal only"
    raise ValueError(message)


def address_for(address: str, hosts: list[str], *, is_default: bool) -> str:
    """Return where a brand's customers reach the portal: its own host when it has one."""
    if is_default or not hosts:
        return address
    parts = urlsplit(address)
    host = hosts[0] if ":" in hosts[0] or not parts.port else f"{hosts[0]}:{parts.port}"
    return f"{parts.scheme}://{host}"


def colours(colour: str) -> tuple[str, str]:
    """Return a brand's colour and the one that can be read on it."""
    if not _COLOUR.fullmatch(colour):
        colour = _DEFAULT_COLOUR
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    bright = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return colour, "#111418" if bright > _BRIGHT**2 else "#ffffff"
