"""Where commands are killed: a database in memory-backed storage, moved from copy to copy.

One engine serves all copies, so that no statement is compiled twice: the processes that are forked
begin with what this one knows.
"""

import shutil
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from portal_app.core.settings import settings
from portal_app.models import database
from tests.faults.measure import UPLOADS

FILE_CHANGES = {"os.rename", "os.remove", "os.link", "os.mkdir", "shutil.copyfile"}


class Stage:
    """A portal's folder (its database, and uploads that wait) and the copies that are worked on."""

    def __init__(self, origin: Path) -> None:
        self.origin = self.folder = origin
        self.engine: Engine = database.build_engine(f"sqlite:///{origin / 'portal.db'}")
        event.listen(self.engine, "do_connect", self._connect_here)

    def _connect_here(self, _dialect: Any, _record: Any, arguments: list[Any], _more: Any) -> None:
        arguments[0] = str(self.folder / "portal.db")

    def work_in(self, folder: Path) -> None:
        """Let the portal work in this folder from now on."""
        self.engine.dispose()
        self.folder = folder
        settings().upload_folder = str(folder / UPLOADS)

    def copy(self, name: str) -> Path:
        """Work in a fresh copy of the origin, and return it."""
        fresh = self.origin.parent / name
        self.work_in(self.origin)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.origin, fresh)
        self.work_in(fresh)
        return fresh


@contextmanager
def ticking(engine: Engine, tick: Callable[[str], None]) -> Generator[None]:
    """Call `tick` wherever a kill makes a difference: before each statement, commit and change of
    a file, and after each commit. What lies between two of these reaches neither disk nor database.

    For a process that ends with the block: what listens to files cannot be taken away again.
    """
    commit = engine.dialect.do_commit

    def committing(connection: Any) -> None:
        tick("commit")
        commit(connection)
        tick("committed")

    def opening(name: str, arguments: tuple[Any, ...]) -> None:
        is_writing = name == "open" and any(letter in str(arguments[1]) for letter in "wax+")
        if is_writing or name in FILE_CHANGES:
            tick("file")

    event.listen(engine, "before_cursor_execute", lambda *_: tick("statement"))
    engine.dialect.do_commit = committing  # type: ignore[method-assign]
    sys.addaudithook(opening)
    yield
