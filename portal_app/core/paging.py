"""Reading a long list page by page: where a page ended is the address of the next one."""

import re
from dataclasses import dataclass
from datetime import date

PAGE_SIZE = 20
# A list that is shown anew shows as many rows as before, however often "show more" was pressed.
_MOST_ROWS = 5_000

_CURSOR = re.compile(
    r"(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row that was shown: its day, and its id among the rows of that day."""

    day: date
    id: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.id}"


def page_size(value: object, *, usual: int = PAGE_SIZE) -> int:
    """Return how many rows a page has: `value`, or `usual` where that is no number of rows."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_ROWS:
        return value
    return usual


def read_cursor(value: object) -> Cursor | None:
    """Read a cursor as the browser sent it back; None, the first page, for anything else.

    A made-up cursor only moves within rows that its sender may see anyway, so it is not signed.
    """
    match = _CURSOR.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return Cursor(date.fromisoformat(match[1]), match[2])
    except ValueError:
        return None
