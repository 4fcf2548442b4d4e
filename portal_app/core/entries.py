"""Reading what somebody entered: anything may arrive, only clean values go on."""

import re
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from portal_app.core.card_numbers import without_card_numbers
from portal_app.core.errors import Invalid, NotFound

Choice = TypeVar("Choice", bound=StrEnum)

_IDENTIFIER = re.compile(r"[\x21-\x7e]{1,80}")
# One slash first: two, or a backslash, would name another host.
_OUR_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]{0,200}")
# Control characters and halves of characters, which no database keeps faithfully.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LOCAL_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_WHOLE = re.compile(r"\d{1,9}")
_TOO_MANY = 10**9


def identifier(value: object) -> str:
    """Return an id, number or key as it came; anything that cannot be one is not found."""
    if isinstance(value, str) and _IDENTIFIER.fullmatch(value):
        return value
    raise NotFound


def our_path(value: object) -> str:
    """Return a path within this portal as it came; anything that leads elsewhere is not found."""
    if isinstance(value, str) and _OUR_PATH.fullmatch(value):
        return value
    raise NotFound


def words(value: object) -> str:
    """Return what may be looked for: short, clean text, or nothing."""
    if not isinstance(value, str):
        return ""
    return " ".join(_UNREADABLE.sub("", value[:200]).split())[:80]


class Entries:
    """One form's entries: reads each field, remembers what is wrong, refuses all at once."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def refuse(self, field: str, problem: str) -> None:
        """Say what is wrong with a field; the first fault of a field is the one shown."""
        self.problems.setdefault(field, problem)

    def done(self) -> None:
        """Raise `Invalid` with every fault found so far, if there is one."""
        if self.problems:
            raise Invalid(**self.problems)

    def text(
        self,
        field: str,
        value: object,
        *,
        limit: int,
        missing: str = "",
        has_numbers: bool = False,
    ) -> str:
        """Return text without space around it; `missing` is said when there has to be some.

        Card numbers are taken out, unless `has_numbers` says that the field is for other long
        numbers, such as telephone numbers.
        """
        if not isinstance(value, str) or _UNREADABLE.search(value.replace("\r", "")):
            self.refuse(field, "Use letters, figures and punctuation only.")
            return ""
        clean = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not clean and missing:
            self.refuse(field, missing)
        if len(clean) > limit:
            self.refuse(field, f"Keep it to {limit:,} characters. There are {len(clean):,} now.")
            return ""
        return clean if has_numbers else without_card_numbers(clean)

    def line(
        self,
        field: str,
        value: object,
        *,
        limit: int,
        missing: str = "",
        has_numbers: bool = False,
    ) -> str:
        """Return text on one line: breaks and doubled spaces become one space."""
        text = self.text(field, value, limit=limit, missing=missing, has_numbers=has_numbers)
        return " ".join(text.split())

    def whole(self, field: str, value: object, *, problem: str) -> int:
        """Return a whole number of zero or more, from a number or its figures."""
        if isinstance(value, str) and value.isascii() and _WHOLE.fullmatch(value.strip()):
            return int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # browsers' JSON has one kind of number
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _TOO_MANY:
            return value
        self.refuse(field, problem)
        return 0

    def choice(
        self, field: str, value: object, choices: type[Choice], *, problem: str
    ) -> Choice | None:
        """Return the member of a vocabulary, or None once the fault is noted."""
        if isinstance(value, str) and value in {member.value for member in choices}:
            return choices(value)
        self.refuse(field, problem)
        return None

    def local_moment(self, field: str, value: object, *, problem: str) -> datetime | None:
        """Return a wall-clock time such as `2026-11-24T08:00`, which has no zone yet."""
        if isinstance(value, str) and _LOCAL_MOMENT.fullmatch(value.strip()) and value.isascii():
            try:
                return datetime.fromisoformat(value.strip()).replace(second=0)
            except ValueError:
                pass
        self.refuse(field, problem)
        return None

    def flag(self, field: str, value: object) -> bool:
        """Return a switch; only a real yes or no is one."""
        if isinstance(value, bool):
            return value
        self.refuse(field, "Choose yes or no.")
        return False
