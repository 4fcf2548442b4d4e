"""A fresh migrated database for each test, a clock that can be set, and real servers."""

import os
import shutil
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from sqlalchemy import Engine, create_engine, make_url

from alembic import command
from portal_app.core import clock as clock_module
from portal_app.core.settings import Settings
from tests import light_hashing
from tests.engines import RedirectedEngine
from tests.licences import write_licence
from tests.portal_server import PortalServer, running
from tests.servers import memory_folder, postgres, redis_server

pytest_plugins = ["tests.guarding", "tests.results", "tests.slow"]
ROOT = Path(__file__).parent.parent
_databases = count()


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests' databases in memory where there is room for them."""
    if folder := memory_folder():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
    light_hashing.use()


def migrate(engine: Engine, revision: str = "head", *, down: bool = False) -> None:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)
        connection.commit()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "portal.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def pg_server() -> Generator[str]:
    with postgres() as url:
        _administer(url, "CREATE DATABASE template_portal")
        template = create_engine(make_url(url).set(database="template_portal"))
        migrate(template)
        template.dispose()
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Generator[str]:
    with redis_server() as url:
        yield url


def _administer(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def sqlite_engine() -> RedirectedEngine:
    return RedirectedEngine("sqlite:///portal.db")


@pytest.fixture(scope="session")
def pg_engine(pg_server) -> RedirectedEngine:
    return RedirectedEngine(pg_server)


@pytest.fixture
def db(sqlite_template, sqlite_engine, tmp_path, monkeypatch) -> Generator[Engine]:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "portal.db"
    shutil.copy(sqlite_template, path)
    with sqlite_engine.at(f"sqlite:///{path}", monkeypatch) as engine:
        yield engine


@pytest.fixture
def pg(pg_server, pg_engine, monkeypatch) -> Generator[Engine]:
    """A migrated PostgreSQL database of the test's own."""
    name = f"test_{next(_databases)}"
    _administer(pg_server, f"CREATE DATABASE {name} TEMPLATE template_portal STRATEGY FILE_COPY")
    with pg_engine.at(
        make_url(pg_server).set(database=name).render_as_string(), monkeypatch
    ) as engine:
        yield engine
    _administer(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_db(request) -> Engine:
    """The same test on both databases."""
    return request.getfixturevalue("db" if request.param == "sqlite" else "pg")


def _settings_now() -> Settings:
    return _settings_of(frozenset(os.environ.items()))


@cache
def _settings_of(_environment: frozenset[tuple[str, str]]) -> Settings:
    return Settings()


@pytest.fixture
def licensed(request, tmp_path, monkeypatch) -> None:
    """A licence for the rental module, for whichever database the test has."""
    for name in ("any_db", "db", "pg"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
            for setting, value in write_licence(tmp_path).items():
                monkeypatch.setenv(setting, value)
            monkeypatch.setattr("portal_app.services.licensing.queries.settings", _settings_now)
            return


@pytest.fixture(scope="module")
def production_hashing() -> Generator[None]:
    """Passwords and codes are hashed at their real cost."""
    with light_hashing.not_used():
        yield


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def at(self, *args: int) -> None:
        """Set it to a UTC moment: year, month, day, hour, minute."""
        self.time = datetime(*args, tzinfo=UTC)  # type: ignore[arg-type]

    def advance(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@pytest.fixture
def clock() -> Generator[SettableClock]:
    settable = SettableClock()
    with clock_module.reading(settable):
        yield settable


@pytest.fixture(scope="session")
def portal(sqlite_template, tmp_path_factory) -> Generator[PortalServer]:
    """The built portal with the demo people, shared by the tests that only look."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copy(sqlite_template, folder / "portal.db")
    with running(f"sqlite:///{folder / 'portal.db'}", folder) as server:
        yield server
