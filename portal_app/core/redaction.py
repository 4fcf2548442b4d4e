"""Takes out of a text what could be a person's or a secret, for logs and error notes."""

import re

# Order matters: what is replaced first cannot be read as something else afterwards.
_KINDS = (
    (re.compile(r"\[parameters: .*?\]\n", re.DOTALL), "[parameters]\n"),
    (re.compile(r"[^\s@<>\"'(\[]+@[^\s@<>\"')\]]+\.[^\s@<>\"')\],;:]+"), "[email]"),
    (
        re.compile(
            r"(?<![\w-])(?![0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-)[A-Za-z0-9_-]*\d[A-Za-z0-9_-]{30,}"
        ),
        "[token]",
    ),
    (re.compile(r"(?<![\w-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])"), "[number]"),
)


def redact(text: str) -> str:
    """Return the text without addresses, telephone and card numbers, codes and tokens.

    Identifiers of rows (UUIDs) stay: they are what a fault is traced by.
    """
    for pattern, word in _KINDS:
        text = pattern.sub(word, text)
    return text
