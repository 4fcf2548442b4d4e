"""Where commands are killed: a database in memory-backed storage, moved from copy to copy.

One engine serves all copies, so that no statement is compiled twice: the processes that are forked
begin with what this one knows.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from portal_app.core.settings import Settings, settings
from portal_app.models import database
from portal_app.services.identity.rules import hashing
from portal_app.services.imports.commands import feeds
from portal_app.services.payments.commands import starting
from tests.faults.measure import UPLOADS
from tests.licences import write_licence
from tests.services.identity import people

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
def memory() -> Generator[Path]:
    """A folder in memory where the machine has one: nothing here needs to outlive the test."""
    shared = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="portal-", dir=shared if shared.is_dir() else None)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def open_stage(template: Path, folder: Path) -> Generator[Stage]:
    """Let the portal of this process work on a stage in this folder, licensed."""
    origin = folder / "origin"
    (origin / UPLOADS).mkdir(parents=True)
    shutil.copy(template, origin / "portal.db")
    made = Stage(origin)
    writing = made.engine.execution_options(begin="BEGIN IMMEDIATE")
    with pytest.MonkeyPatch.context() as patch:
        _weaken_hashes(patch)
        patch.setattr(database, "engine", lambda: made.engine)
        patch.setattr(database, "writing_engine", lambda: writing)
        for setting, value in write_licence(folder).items():
            patch.setenv(setting, value)
        chosen = Settings()
        patch.setattr("portal_app.services.licensing.queries.settings", lambda: chosen)
        patch.setattr(starting, "_PART", 2)  # so are small runs
        patch.setattr(feeds, "_BATCH", 2)  # so that small feeds are several commits too
        patch.setattr(settings(), "upload_folder", str(origin / UPLOADS))
        yield made
        made.engine.dispose()


def _weaken_hashes(patch: pytest.MonkeyPatch) -> None:
    """Make argon2 as quick as it goes: what is tried on a stage is the database's work."""
    quick = hashing._argon2id(kibibytes=8, passes=1)
    patch.setattr(hashing, "_SLOW", quick)
    patch.setattr(hashing, "_SMALL", quick)
    patch.setattr(people, "PASSWORD_HASH", quick.hash(people.PASSWORD))


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
