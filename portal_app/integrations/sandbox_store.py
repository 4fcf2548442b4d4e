"""What the sandbox remembers: a file of its own, as a real gateway's memory is not the portal's.

A charge that was taken stays taken when the portal's own transaction is undone or its process is
killed; several processes may ask at once.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from portal_app.ports import PortUnavailable

_PATIENCE_SECONDS = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, contract_number TEXT NOT NULL,
    holder TEXT NOT NULL, currency TEXT NOT NULL, return_url TEXT NOT NULL, token TEXT
);
CREATE TABLE IF NOT EXISTS method (
    token TEXT PRIMARY KEY, key TEXT NOT NULL, holder TEXT NOT NULL,
    exp_month INTEGER, exp_year INTEGER, is_gone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS charge (
    id TEXT PRIMARY KEY, idempotency_key TEXT NOT NULL UNIQUE, token TEXT NOT NULL,
    amount_minor INTEGER NOT NULL, currency TEXT NOT NULL, description TEXT NOT NULL,
    is_heard INTEGER NOT NULL, declined TEXT NOT NULL, at TEXT NOT NULL, settles_at TEXT
);
CREATE INDEX IF NOT EXISTS charge_token ON charge (token);
"""


class SandboxStore:
    """Opens the file for one piece of work at a time, so that processes may share or fork."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """Yield a connection that has the file to itself; all that is written is kept, or nothing.

        Raises `PortUnavailable` when the file cannot be had within ten seconds.
        """
        try:
            with closing(self._opened()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    for statement in filter(str.strip, _TABLES.split(";")):
                        connection.execute(statement)
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except (sqlite3.OperationalError, OSError) as fault:
            raise PortUnavailable(f"The sandbox's file cannot be used: {fault}.") from fault

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection
