"""The engine and its two kinds of session: one for reading, one for writing."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlmodel import Session, create_engine

from portal_app.core.settings import settings

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000")


def build_engine(url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL, set up so that no update is ever lost."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
    make_folder(url)
    made = create_engine(url, pool_size=10, max_overflow=20)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def make_folder(url: str) -> None:
    """Make the folder that an SQLite file stands in."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin on its own
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


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
