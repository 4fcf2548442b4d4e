"""Text from outside, made safe to ask a database about."""

import re

from portal_app.core.card_numbers import without_card_numbers

# NUL cannot be stored by PostgreSQL, half a surrogate pair cannot be encoded at all.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def key(value: object, *, longest: int = 80) -> str:
    """Return an identifier or a number as it was given, or "" when it cannot be one.

    Anything may arrive here from the network: only short text without control characters passes.
    """
    if not isinstance(value, str) or len(value) > longest or _UNSTORABLE.search(value):
        return ""
    return value.strip()


def search_words(value: object, *, longest: int = 60) -> str:
    """Return what somebody typed into a search box: one line, single spaces, not too long."""
    if not isinstance(value, str):
        return ""
    return " ".join(_UNSTORABLE.sub(" ", value[: longest * 4]).split())[:longest].strip()


def note(value: object, *, longest: int) -> str:
    """Return a remark on one line, as `search_words` does, with no card number left in it."""
    return without_card_numbers(search_words(value, longest=longest))


def is_id(value: object) -> bool:
    """Say whether this is written like one of our identifiers."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None
