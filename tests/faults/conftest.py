import shutil
import tempfile
from pathlib import Path

import pytest

from portal_app.core.settings import Settings, settings
from portal_app.models import database
from portal_app.services.identity.rules import hashing
from portal_app.services.imports.commands import feeds
from tests.faults.stage import Stage
from tests.licences import write_licence
from tests.services.identity import people


@pytest.fixture
def memory():
    """A folder in memory where the machine has one: nothing here needs to outlive the test."""
    shared = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="portal-", dir=shared if shared.is_dir() else None)
    yield Path(folder)
    shutil.rmtree(folder)


@pytest.fixture
def quick_hashes(monkeypatch):
    """Argon2 as weak as it goes: what is killed here is the database's work."""
    quick = hashing._argon2id(kibibytes=8, passes=1)
    monkeypatch.setattr(hashing, "_SLOW", quick)
    monkeypatch.setattr(hashing, "_SMALL", quick)
    monkeypatch.setattr(people, "PASSWORD_HASH", quick.hash(people.PASSWORD))


@pytest.fixture
def stage(sqlite_template, memory, quick_hashes, clock, monkeypatch) -> Stage:
    """A licensed portal whose commands can be killed."""
    origin = memory / "origin"
    (origin / "uploads").mkdir(parents=True)
    shutil.copy(sqlite_template, origin / "portal.db")
    made = Stage(origin)
    writing = made.engine.execution_options(begin="BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "engine", lambda: made.engine)
    monkeypatch.setattr(database, "writing_engine", lambda: writing)
    for setting, value in write_licence(memory).items():
        monkeypatch.setenv(setting, value)
    chosen = Settings()
    monkeypatch.setattr("portal_app.services.licensing.queries.settings", lambda: chosen)
    monkeypatch.setattr(feeds, "_BATCH", 2)  # so that small feeds are several commits too
    monkeypatch.setattr(settings(), "upload_folder", str(origin / "uploads"))
    yield made
    made.engine.dispose()
