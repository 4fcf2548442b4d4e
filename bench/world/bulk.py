"""Many rows of a table at once: the columns of a model, past the unit of work."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

NOW = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
TODAY = NOW.date()
_BATCH = 20_000


class Bulk:
    """Writes rows of models into one SQLite file, in the form in which the portal reads them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, row: Any) -> Any:
        """Write one row and return it."""
        self.add_many(type(row)(**row.model_dump()), [{}])
        return row

    def add_many(self, pattern: Any, changes: Iterable[dict[str, Any]]) -> None:
        """Write one row for each set of changes to the pattern."""
        base = {name: _stored(value) for name, value in pattern.model_dump().items()}
        columns = ", ".join(base)
        marks = ", ".join(f":{name}" for name in base)
        sql = f'INSERT INTO "{pattern.__tablename__}" ({columns}) VALUES ({marks})'
        rows = ({**base, **change} for change in changes)
        while batch := list(_first(rows, _BATCH)):
            self._connection.executemany(sql, batch)


def _first(rows: Iterator[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _stored(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return "[]" if isinstance(value, list) else "{}"
    return value
