"""Everything that a portal holds, read so that two courses of events can be compared.

Nothing here knows the tables: a new one joins by itself. Values that differ between two runs of
the same command (random ids, codes, moments of the processor) are told apart by running it twice.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UPLOADS = "uploads"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Contents:
    """What was in the database at one moment: rows by table, columns in the table's order."""

    columns: dict[str, tuple[str, ...]]
    rows: dict[str, list[Row]]

    def values(self, table: str, column: str) -> list[str]:
        place = self.columns[table].index(column)
        return sorted(repr(row[place]) for row in self.rows[table])

    def without(self, noise: set[tuple[str, str]]) -> dict[str, list[str]]:
        """Return each table's rows without the columns that no two runs have in common."""
        seen: dict[str, list[str]] = {}
        for table, columns in self.columns.items():
            kept = [n for n, column in enumerate(columns) if (table, column) not in noise]
            seen[table] = sorted(repr([row[n] for n in kept]) for row in self.rows[table])
        return seen

    @property
    def essence(self) -> "Contents":
        """What is left when nothing is counted that a repeated click may add.

        It may be refused, which is written down, and pages may be told to look again.
        """
        place = self.columns["audit_event"].index("action")
        entries = self.rows["audit_event"]
        kept = [row for row in entries if not row[place].endswith(":refused")]
        return Contents(self.columns, {**self.rows, "audit_event": kept, "change_signal": []})


def different(
    found: Contents,
    wanted: Contents,
    noise: set[tuple[str, str]],
    spared: frozenset[str] = frozenset(),
) -> str:
    """Say in which tables, but for those that are `spared`, something else is found."""
    mine, theirs = found.without(noise), wanted.without(noise)
    wrong = [name for name in theirs if name not in spared and mine[name] != theirs[name]]
    return "; ".join(f"{name}: {mine[name]} instead of {theirs[name]}" for name in wrong)


def contents(folder: Path) -> Contents:
    """Read the database in a folder, and the uploads that it knows of."""
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, list[Row]] = {}
    with closing(sqlite3.connect(folder / "portal.db")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(f'SELECT * FROM "{table}"')
            columns[table] = tuple(column[0] for column in found.description)
            rows[table] = found.fetchall()
    runs = {row[columns["sync_run"].index("id")] for row in rows["sync_run"]}
    # A file that no run knows of is swept away a day later: it has no effect.
    known = [path for path in folder.glob(f"{UPLOADS}/*") if path.name in runs]
    columns[UPLOADS] = ("name", "content")
    rows[UPLOADS] = [(path.name, path.read_bytes()) for path in known]
    return Contents(columns, rows)


def noise_between(one: list[Contents], other: list[Contents]) -> set[tuple[str, str]]:
    """Return the columns that differ between two runs of the same command."""
    return {
        (table, column)
        for mine, theirs in zip(one, other, strict=True)
        for table, columns in mine.columns.items()
        for column in columns
        if mine.values(table, column) != theirs.values(table, column)
    }
