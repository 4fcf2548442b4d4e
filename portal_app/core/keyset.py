"""Where a list was left off: the moment and the id of the last row, as one opaque word."""

import re
from datetime import datetime

_ROW_ID = re.compile(r"[0-9a-f-]{36}")


def pack(moment: datetime, row_id: str) -> str:
    """Return the word that `unpack` reads."""
    return f"{moment.isoformat()}~{row_id}"


def unpack(word: object) -> tuple[datetime, str] | None:
    """Return the moment and the id, or None for anything else, as the browser may send it.

    A made-up word only moves within rows that its sender may see anyway, so it is not signed.
    """
    moment, _, row_id = word.partition("~") if isinstance(word, str) else ("", "", "")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, row_id) if at.tzinfo and _ROW_ID.fullmatch(row_id) else None
