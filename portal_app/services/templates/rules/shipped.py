"""The portal's own words for each kind: the files that are sent while a brand has no others."""

import re
from functools import cache
from pathlib import Path

from portal_app.services.templates.rules.kinds import Kind
from portal_app.services.templates.rules.wording import CODE_ENDING, Wording

TEMPLATES = Path(__file__).parents[3] / "templates"
_TOPIC = re.compile(r"[a-z_]+\.[a-z_]+")


def file_of(topic: str, *, way: str = "email", folder: Path = TEMPLATES) -> str:
    """Return the file's name for a topic: `rental.scheduled` is `rentals/scheduled`."""
    if not _TOPIC.fullmatch(topic):
        message = f"{topic!r} is not a topic such as rental.scheduled"
        raise ValueError(message)
    domain, name = topic.split(".")
    for place in (domain, f"{domain}s"):
        if (folder / way / place / f"{name}.txt").is_file():
            return f"{place}/{name}"
    message = f"there is no template templates/{way}/{domain}/{name}.txt"
    raise LookupError(message)


@cache
def shipped(kind: Kind) -> Wording:
    """Return the portal's own words for a kind, with their tags, as staff begin to change them."""
    subject, text = _parted(_read(kind, "email")) if kind.has_letter else ("", "")
    sms = _read(kind, "sms").strip().removesuffix(CODE_ENDING) if kind.has_text else ""
    return Wording(subject, text.strip(), sms)


def _read(kind: Kind, way: str) -> str:
    name = file_of(kind.key, way=way)
    return (TEMPLATES / way / f"{name}.txt").read_text(encoding="utf-8")


def _parted(letter: str) -> tuple[str, str]:
    first, _, rest = letter.partition("\n")
    return first, rest
