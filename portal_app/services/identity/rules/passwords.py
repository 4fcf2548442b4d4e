"""Which passwords may be chosen."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from portal_app.services.identity.rules.hashing import canonical

SHORTEST = 12
SHORTEST_ALONE = 15
LONGEST = 128
# What must be left of a password once everything guessable is taken out of it.
_OWN_CHARACTERS = 8
_SHORTEST_CONTEXT_WORD = 3
_LONGEST_UNIT = 4
_KEYBOARD = "1234567890qwertyuiopasdfghjklzxcvbnm"
_NO_LETTERS = "0123456789 !@#$%^&*()-_=+[]{};:'\",.<>/?\\|`~"


@cache
def common() -> frozenset[str]:
    """Return the passwords that are tried first by anybody who guesses."""
    listed = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(listed.split("\n")) - {""}


def problem(password: str, *, is_alone: bool, context: Iterable[str] = ()) -> str:
    """Return why a password cannot be chosen, or "".

    `is_alone` says that nothing else is asked for at sign-in. `context` holds what others know
    about the person and the portal. There is no rule on kinds of characters, and no expiry.
    """
    shortest = SHORTEST_ALONE if is_alone else SHORTEST
    password = canonical(password)
    if not password:
        return "Choose a password."
    if len(password) < shortest:
        return f"Use at least {shortest} characters. Several words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if _is_common(password.casefold()):
        return "This password is easy to guess. Choose a different one."
    if _is_built_from(password, context):
        return (
            "Choose a password that is not made of your name, phone number, email, "
            "postal code or our name."
        )
    return ""


def _is_common(password: str) -> bool:
    if password in common() or _is_repetition(password) or _is_run(password):
        return True
    core = password.strip(_NO_LETTERS)
    around = password.replace(core, "", 1)
    is_little = len(around) < _OWN_CHARACTERS or _is_run(around) or _is_repetition(around)
    return core in common() and is_little


def _is_repetition(password: str) -> bool:
    """Say whether the password is one short or common piece, over and over."""
    period = (password + password).find(password, 1)
    unit = password[:period]
    return period <= len(password) // 2 and (period <= _LONGEST_UNIT or unit in common())


def _is_run(password: str) -> bool:
    """Say whether each character follows the one before it: in the alphabet or on the keyboard."""
    if password and any(password in keys for keys in (_KEYBOARD, _KEYBOARD[::-1])):
        return True
    if password.isascii() and password.isdigit():
        steps = {(int(b) - int(a)) % 10 for a, b in pairwise(password)}
    else:
        steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return steps in ({1}, {-1}, {9})


def _is_built_from(password: str, context: Iterable[str]) -> bool:
    left = _letters(password)
    for word in sorted(_words(context), key=len, reverse=True):
        left = left.replace(word, "")
    return left != _letters(password) and len(left) < _OWN_CHARACTERS


def _words(context: Iterable[str]) -> set[str]:
    pieces = {piece for text in context for piece in (text, *text.replace("@", " ").split())}
    # A phone number is known with and without its country code.
    digits = {"".join(filter(str.isdigit, text))[-10:] for text in context}
    known = {_letters(piece) for piece in pieces} | digits
    return {word for word in known if len(word) >= _SHORTEST_CONTEXT_WORD}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, canonical(text).casefold()))
