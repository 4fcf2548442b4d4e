"""Where a list was left off: the moment and the id of the last row, as one opaque word."""

from datetime import datetime


def pack(moment: datetime, row_id: str) -> str:
    """Return the word that `unpack` reads."""
    return f"{moment.isoformat()}~{row_id}"


def unpack(word: str) -> tuple[datetime, str] | None:
    """Return the moment and the id, or None for a word that is empty or not ours."""
    moment, _, row_id = word.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, row_id[:36]) if at.tzinfo and row_id else None
