"""What a piece of code asks of the database."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass
class Queries:
    """The statements that were sent, with their parameters, without the beginnings of
    transactions."""

    sent: list[tuple[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sent)

    def plans(self, engine: Engine) -> str:
        """How SQLite would run them, as one text."""
        with engine.connect() as connection:
            raw = connection.connection
            return "\n".join(
                row[3]
                for statement, parameters in self.sent
                for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            )


@contextmanager
def count_queries(engine: Engine) -> Generator[Queries]:
    """Note every statement that reaches the database inside the block."""
    queries = Queries()

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if not statement.startswith("BEGIN"):
            queries.sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def count_steps(engine: Engine) -> Generator[list[int]]:
    """Count SQLite's own steps, in hundreds, inside the block: rows that are read are seen here."""
    steps, held = [0], []

    def note(_connection: Any, cursor: Any, *_: Any) -> None:
        raw = cursor.connection
        if raw not in held:
            held.append(raw)
            raw.set_progress_handler(one_more, 100)

    def one_more() -> int:
        steps[0] += 1
        return 0

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield steps
    finally:
        event.remove(engine, "before_cursor_execute", note)
        for raw in held:
            raw.set_progress_handler(None, 0)
