"""The engine and its two kinds of session: one for reading, one for writing."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError  # noqa: A004
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlmodel import Session, create_engine

from portal_app.core.errors import Unavailable
from portal_app.core.settings import settings

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
# No answer to one question takes longer; what a person waits for takes a hundredth of it.
_LONGEST_STATEMENT_SECONDS = 60
_AWAY = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip


class DatabaseAway(Unavailable):
    """The database does not answer, is full, or something in it has been held for too long."""


class _Pool(QueuePool):
    def connect(self) -> PoolProxiedConnection:
        try:
            return super().connect()
        except TimeoutError as fault:
            raise DatabaseAway("All connections are in use.") from fault


def build_engine(url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL, set up so that no update is ever lost.

    It raises `DatabaseAway` where the database is not at fault for what it was asked.
    """
    patience = settings().database_patience_seconds
    room = {"pool_size": 10, "max_overflow": 20, "pool_timeout": patience, "poolclass": _Pool}
    # The connection used last comes first: what SQLite keeps of the file is then kept few times.
    room["pool_use_lifo"] = True
    if url.startswith("sqlite"):
        make_folder(url)
        made = create_engine(url, **room)
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    else:
        # A line that is lost without a word is given up by the kernel.
        limits = {"lock_timeout": patience, "statement_timeout": _LONGEST_STATEMENT_SECONDS}
        options = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
        line = {"options": options, "connect_timeout": patience, "tcp_user_timeout": 30_000}
        made = create_engine(url, pool_pre_ping=True, connect_args=line, **room)
    event.listen(made, "handle_error", _tell_away)
    return made


def _tell_away(context: ExceptionContext) -> None:
    """Raise `DatabaseAway` for what is no fault of the statement."""
    if context.is_pre_ping or not isinstance(
        context.sqlalchemy_exception, OperationalError | InterfaceError
    ):
        return
    fault = context.original_exception
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in _AWAY:
            return
    reason = str(fault).strip().partition("\n")[0]
    raise DatabaseAway(f"{type(fault).__name__}: {reason}") from fault


def make_folder(url: str) -> None:
    """Make the folder that an SQLite file stands in."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin on its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={settings().database_patience_seconds * 1000}")


def _begin_sqlite(connection: Any) -> None:
    # A transaction that will write takes the write lock at once: upgrading a read lock later
    # fails or, with the driver's defaults, silently loses updates.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@cache
def engine() -> Engine:
    """Return the process's engine."""
    return build_engine(settings().database_url)


@cache
def writing_engine() -> Engine:
    """Return the same engine, whose transactions begin by taking the write lock."""
    return engine().execution_options(begin="BEGIN IMMEDIATE")


def reading_session() -> Session:
    """Open a session that only reads."""
    return Session(engine(), autoflush=False)


def writing_session() -> Session:
    """Open a session that may write."""
    return Session(writing_engine(), expire_on_commit=False)
