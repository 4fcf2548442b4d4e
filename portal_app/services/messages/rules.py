"""How long a message may be, and how many somebody may write."""

from datetime import timedelta

from portal_app.core.entries import Entries

BODY_LIMIT = 4_000
MOST_AN_HOUR = 30
AN_HOUR = timedelta(hours=1)


def read_words(field: str, value: object, *, missing: str = "", limit: int = BODY_LIMIT) -> str:
    """Return what somebody wrote, without card numbers; `missing` is said where it is empty."""
    entered = Entries()
    words = entered.text(field, value, limit=limit, missing=missing)
    entered.done()
    return words
