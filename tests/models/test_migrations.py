"""Models and migrations say the same, and every step can be gone back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text
from sqlmodel import SQLModel

from tests.conftest import _administer, migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    else:
        server = request.getfixturevalue("pg_server")
        name = f"migrations_{request.node.name.partition('[')[0][5:25]}"
        _administer(server, f"CREATE DATABASE {name}")
        engine = create_engine(make_url(server).set(database=name))
    yield engine
    engine.dispose()


def test_the_models_are_what_the_migrations_make(empty):
    """What `alembic check` asks: tables, columns, types, indexes and keys."""
    migrate(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_everything_goes_back_to_nothing_and_comes_again(empty):
    migrate(empty)
    before = _shape(empty)
    assert before.keys() >= SQLModel.metadata.tables.keys()
    migrate(empty, "base", down=True)
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    with empty.connect() as connection:
        assert _left_over(connection) == []
    migrate(empty)
    assert _shape(empty) == before


def _shape(engine):
    found = inspect(engine)
    return {
        table: (
            sorted(column["name"] for column in found.get_columns(table)),
            sorted(str(index["name"]) for index in found.get_indexes(table)),
            sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(table)),
        )
        for table in found.get_table_names()
    }


def _left_over(connection):
    """Triggers, functions and types that nothing belongs to any more."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            " UNION SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE n.nspname = 'public'"
            " UNION SELECT typname FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace"
            " WHERE n.nspname = 'public' AND typtype = 'e'"
        )
    return list(connection.execute(text(asked)))
