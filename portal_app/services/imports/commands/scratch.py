"""What a run has to remember while it streams, kept on disk so that memory stays flat."""

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager

from portal_app.services.imports.rules.fields import Known

_TABLES = """
CREATE TABLE seen (kind TEXT, external_id TEXT, line INTEGER,
    PRIMARY KEY (kind, external_id)) WITHOUT ROWID;
CREATE TABLE accepted (kind TEXT, external_id TEXT, id TEXT, currency TEXT, account_id TEXT,
    PRIMARY KEY (kind, external_id)) WITHOUT ROWID;
CREATE TABLE claim (kind TEXT, external_id TEXT, value TEXT,
    PRIMARY KEY (kind, external_id)) WITHOUT ROWID;
CREATE INDEX claim_value ON claim (kind, value);
CREATE TABLE shared (external_id TEXT PRIMARY KEY, value TEXT, name TEXT, line INTEGER)
    WITHOUT ROWID;
CREATE INDEX shared_value ON shared (value);
CREATE TABLE touched (account_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Scratch:
    """A private database that SQLite keeps in a file without a name and removes by itself."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def first_line(self, kind: str, external_id: str, line: int) -> int:
        """Remember that a record stands in the feed; return the line where it did first."""
        query = "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)"
        if self._db.execute(query, (kind, external_id, line)).rowcount:
            return line
        where = "SELECT line FROM seen WHERE kind = ? AND external_id = ?"
        return int(self._db.execute(where, (kind, external_id)).fetchone()[0])

    def accept(self, kind: str, records: Iterable[tuple[str, Known]]) -> None:
        """Remember records that a dry run would have written."""
        rows = ((kind, external_id, *known) for external_id, known in records)
        self._db.executemany("INSERT OR REPLACE INTO accepted VALUES (?, ?, ?, ?, ?)", rows)

    def accepted(self, kind: str, external_ids: Sequence[str]) -> dict[str, Known]:
        """Return those of the records that a dry run would have written."""
        query = "SELECT id, currency, account_id FROM accepted WHERE kind = ? AND external_id = ?"
        found: dict[str, Known] = {}
        for external_id in external_ids:
            if row := self._db.execute(query, (kind, external_id)).fetchone():
                found[external_id] = Known(*row)
        return found

    def claim(self, kind: str, external_id: str, value: str) -> None:
        """Remember which record of this run has a value that no two may share."""
        query = "INSERT OR REPLACE INTO claim VALUES (?, ?, ?)"
        self._db.execute(query, (kind, external_id, value))

    def claimant(self, kind: str, value: str) -> str:
        """Return the record of this run that has the value, or ""."""
        query = "SELECT external_id FROM claim WHERE kind = ? AND value = ?"
        row = self._db.execute(query, (kind, value)).fetchone()
        return str(row[0]) if row else ""

    def claimed(self, kind: str, external_id: str) -> str | None:
        """Return the value that a record got in this run, if it was written."""
        query = "SELECT value FROM claim WHERE kind = ? AND external_id = ?"
        row = self._db.execute(query, (kind, external_id)).fetchone()
        return str(row[0]) if row else None

    def note_shared(self, external_id: str, value: str, name: str, line: int) -> None:
        """Remember a value of this feed that is better not shared, and whose it is."""
        row = (external_id, value, name, line)
        self._db.execute("INSERT OR REPLACE INTO shared VALUES (?, ?, ?, ?)", row)

    def shared(self, size: int) -> Generator[list[tuple[str, str, str, int]]]:
        """Yield lists of (external_id, value, name, line), by line."""
        query = "SELECT external_id, value, name, line FROM shared ORDER BY line"
        cursor = self._db.execute(query)
        while rows := cursor.fetchmany(size):
            yield rows

    def is_noted(self, external_id: str) -> bool:
        """Say whether a record stands in this feed with such a value, or without one."""
        query = "SELECT 1 FROM shared WHERE external_id = ?"
        return self._db.execute(query, (external_id,)).fetchone() is not None

    def sharer(self, value: str, external_id: str) -> str:
        """Return the name of another record of this feed with the value, or ""."""
        query = "SELECT name FROM shared WHERE value = ? AND external_id <> ? ORDER BY line LIMIT 1"
        row = self._db.execute(query, (value, external_id)).fetchone()
        return str(row[0]) if row else ""

    def touch(self, account_ids: Iterable[str]) -> None:
        """Remember accounts whose access has to be looked at when everything is in."""
        rows = ((account_id,) for account_id in account_ids)
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", rows)

    def touched(self, size: int) -> Generator[list[str]]:
        """Yield lists of the accounts that were touched."""
        cursor = self._db.execute("SELECT account_id FROM touched ORDER BY account_id")
        while rows := cursor.fetchmany(size):
            yield [str(row[0]) for row in rows]


@contextmanager
def scratch() -> Generator[Scratch]:
    """Open a scratch database for the length of a run."""
    opened = Scratch()
    try:
        yield opened
    finally:
        opened.close()
