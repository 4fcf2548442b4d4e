"""How passwords and codes are kept and compared: argon2id, a few at a time."""

import re
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import Protocol, cast

from passlib.hash import argon2  # pyright: ignore[reportMissingTypeStubs, reportAttributeAccessIssue, reportUnknownVariableType]

from portal_app.core.errors import TooMany

# Longer input is refused before it costs anything; four marks may compose one character.
LONGEST_INPUT = 512
_UNTYPABLE = re.compile("[\x00\ud800-\udfff]")


class _Hasher(Protocol):
    def hash(self, secret: str) -> str: ...
    def verify(self, secret: str, hash: str) -> bool: ...  # noqa: A002 - the library's name
    def needs_update(self, hash: str) -> bool: ...  # noqa: A002


# Loaded here, by one thread: passlib's own loading at the first use is not safe in several.
argon2.set_backend("argon2_cffi")  # pyright: ignore[reportUnknownMemberType]


def _argon2id(*, kibibytes: int, passes: int) -> _Hasher:
    made = argon2.using(type="ID", memory_cost=kibibytes, time_cost=passes, parallelism=1)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast(_Hasher, made)


# 19 MiB, two passes, one lane: about 75 ms, against 410 ms of the library's defaults.
_SLOW = _argon2id(kibibytes=19_456, passes=2)
# For codes of six digits, which live ten minutes and allow five tries.
_SMALL = _argon2id(kibibytes=7_168, passes=1)
# A flood of sign-ins must not take all memory and both processors.
_TURNS = BoundedSemaphore(2)
_LONGEST_WAIT = 10.0


@contextmanager
def _turn() -> Generator[None]:
    if not _TURNS.acquire(timeout=_LONGEST_WAIT):
        raise TooMany("Many people are signing in. Wait a minute, then try again.")
    try:
        yield
    finally:
        _TURNS.release()


def canonical(password: object) -> str:
    """Return the one form of a password: what was typed, composed alike on every keyboard.

    What no keyboard types (no text at all, half a character, a page of it) is "".
    """
    if not isinstance(password, str) or len(password) > LONGEST_INPUT:
        return ""
    return "" if _UNTYPABLE.search(password) else unicodedata.normalize("NFC", password)


def keep(password: str) -> str:
    """Return what is stored of a password."""
    with _turn():
        return _SLOW.hash(canonical(password))


def matches(password: object, kept: str | None) -> bool:
    """Compare a password with what was stored; as slow for nobody's password as for somebody's."""
    with _turn():
        is_right = _SLOW.verify(canonical(password), kept or _nobodys())
    return is_right and kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a stored password was made with weaker settings than today's."""
    return _SLOW.needs_update(kept)


@cache
def _nobodys() -> str:
    return _SLOW.hash("nobody has this password")


def keep_code(code: str) -> str:
    """Return what is stored of a code that was sent, or of a recovery code."""
    return _SMALL.hash(code)


def matches_code(code: str, kept: str) -> bool:
    """Compare a code with what was stored."""
    return _SMALL.verify(code, kept)
