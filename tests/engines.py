"""One engine for all tests of a process, pointed at the database of whichever test runs."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, make_url

from portal_app.models import database


class RedirectedEngine:
    """An engine keeps the statements that it has compiled; a new one for each test would compile
    them all again, which costs more than running them."""

    def __init__(self, url: str) -> None:
        self._engine = database.build_engine(url)
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        event.listen(self._engine, "do_connect", self._redirect)

    @contextmanager
    def at(self, url: str, monkeypatch: Any) -> Generator[Engine]:
        """Make the database at this address the portal's own inside the block."""
        for engine in (self._engine, self._writing):
            engine.url = make_url(url)
        monkeypatch.setattr(database, "engine", lambda: self._engine)
        monkeypatch.setattr(database, "writing_engine", lambda: self._writing)
        yield self._engine
        self._engine.dispose()

    def _redirect(self, dialect: Any, _record: Any, arguments: list, named: dict) -> None:
        arguments[:], given = dialect.create_connect_args(self._engine.url)
        named.update(given)
