"""Takes out of a text what could be a person's or a secret, for logs and error notes.

Every pattern is bounded or anchored at the start of a word: a long run of letters costs no more
than its length.
"""

import re

_PARAMETERS = re.compile(r"^\[parameters: .*$", re.MULTILINE)
_EMAIL = re.compile(r"[^\s@<>\"'(\[:;,]{1,64}@[^\s@<>\"')\]:;,]{1,255}")
_WORD = re.compile(r"(?<![\w-])[\w-]{32,}")
_ROW_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(?<![\w-])\+?\(?\d[\d ().-]{4,40}\d(?![\w-])")


def redact(text: str) -> str:
    """Return the text without addresses, telephone and card numbers, codes and tokens.

    Identifiers of rows (UUIDs) stay: they are what a fault is traced by.
    """
    text = _PARAMETERS.sub("[parameters]", text)
    text = _EMAIL.sub("[email]", text)
    text = _WORD.sub(_without_token, text)
    return _NUMBER.sub("[number]", text)


def _without_token(word: re.Match[str]) -> str:
    is_harmless = _ROW_ID.fullmatch(word[0]) or not any(c.isdigit() for c in word[0])
    return word[0] if is_harmless else "[token]"
