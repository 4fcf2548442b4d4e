"""Models and migrations say the same, and every step can be gone back, on both databases."""

from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, inspect, make_url, text
from sqlmodel import SQLModel

from portal_app.core import vault
from portal_app.models import birth_place
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
    found = inspect(empty)
    for name, table in SQLModel.metadata.tables.items():  # the comparison does not look at these
        kept = found.get_pk_constraint(name)["constrained_columns"]
        assert set(kept) == {column.name for column in table.primary_key}, name


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


@pytest.mark.asvs("11.3.3")
def test_dates_of_birth_are_sealed_by_the_way_up_and_opened_by_the_way_down(empty):
    migrate(empty, "0021")
    tables = MetaData()
    tables.reflect(empty, only=["brand", "person"])
    brand, person = tables.tables["brand"], tables.tables["person"]
    born = {"a-1": date(1990, 5, 4), "a-2": None}
    with empty.begin() as connection:
        connection.execute(brand.insert(), [_like(brand) | {"id": "b"}])
        people = [
            _like(person) | {"id": one, "brand_id": "b", "external_id": one, "date_of_birth": day}
            for one, day in born.items()
        ]
        connection.execute(person.insert(), people)
    migrate(empty)
    sealed = _people(empty)
    assert "1990" not in str(sealed)
    assert [
        vault.day_in(one["date_of_birth_sealed"], place=birth_place(one["id"])) for one in sealed
    ] == [date(1990, 5, 4), None]
    # The fingerprint of a row was one of its date too.
    assert [one["digest"] for one in sealed] == ["", "x"]
    migrate(empty, "0021", down=True)
    assert [str(one["date_of_birth"]) for one in _people(empty)] == ["1990-05-04", "None"]


def test_answers_are_sealed_for_their_rows_and_come_back(empty):
    migrate(empty, "0024")
    tables = MetaData()
    tables.reflect(empty)
    brand = {"brand": {"id": "b"}, "form_template": {"id": "t", "brand_id": "b"}}
    application = {"application": {"id": "p", "brand_id": "b"}}
    share = {"form_share": {"id": "s", "application_id": "p", "template_id": "t"}}
    answer = {"form_answer": {"id": "a", "share_id": "s", "value": "52000"}}
    before = {"form_answer_history": {"id": "h", "answer_id": "a", "value": "51000"}}
    with empty.begin() as connection:
        for name, row in (brand | application | share | answer | before).items():
            connection.execute(tables.tables[name].insert(), _like(tables.tables[name]) | row)
        empty_one = {"id": "e", "share_id": "s", "value": "", "field_key": "other"}
        table = tables.tables["form_answer"]
        connection.execute(table.insert(), _like(table) | empty_one)
    migrate(empty)
    held = _values(empty, "value_sealed")
    assert "52000" not in str(held) and "51000" not in str(held)
    assert vault.text_in(held["a"], place="form_answer:value:a") == "52000"
    assert vault.text_in(held["h"], place="form_answer_history:value:h") == "51000"
    assert held["e"] == ""
    assert len(held["a"]) == len(vault.keep_text("no", place="x"))  # nor is its length told
    migrate(empty, "0024", down=True)
    assert _values(empty, "value") == {"a": "52000", "h": "51000", "e": ""}


def _values(engine, column):
    both = (
        f"SELECT id, {column} FROM form_answer UNION ALL"
        f" SELECT id, {column} FROM form_answer_history"
    )
    with engine.connect() as connection:
        return dict(connection.execute(text(both)).all())


def _like(table):
    """A row with something in each column that needs it."""
    day = {date: date(2026, 2, 3), datetime: datetime(2026, 2, 3, tzinfo=UTC)}
    values = {str: "x", int: 1, bool: True} | day
    needed = (one for one in table.columns if not one.nullable)
    return {one.name: values.get(one.type.python_type, []) for one in needed}


def _people(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM person ORDER BY id")).mappings().all()


def test_clicks_that_share_a_key_are_told_apart_by_their_command(empty):
    migrate(empty)
    table = MetaData()
    table.reflect(empty, only=["idempotency_key"])
    clicks = table.tables["idempotency_key"]
    row = {"owner": "u", "key": "k", "answer": "", "created_at": datetime(2026, 2, 3, tzinfo=UTC)}
    with empty.begin() as connection:
        connection.execute(clicks.insert(), [{**row, "command": c} for c in ("b.two", "a.one")])
        connection.execute(clicks.insert(), {**row, "command": "c", "key": "other"})
    migrate(empty, "0022", down=True)
    with empty.connect() as connection:
        kept = connection.execute(text("SELECT key, command FROM idempotency_key ORDER BY key"))
        assert kept.all() == [("k", "a.one"), ("other", "c")]
    migrate(empty)
    with empty.begin() as connection:
        connection.execute(clicks.insert(), {**row, "command": "b.two"})


def test_earlier_attempts_know_what_their_method_was_called(empty):
    migrate(empty, "0023")
    tables = MetaData()
    tables.reflect(empty)
    given = {
        "brand": {"id": "b"},
        "account": {"id": "a", "brand_id": "b"},
        "contract": {"id": "c", "account_id": "a", "brand_id": "b"},
        "instalment": {"id": "i", "contract_id": "c", "brand_id": "b"},
        "payment_method": {"id": "m", "contract_id": "c", "brand_id": "b", "gateway_token": "tok"},
    }
    attempts = tables.tables["payment_attempt"]
    of = {"contract_id": "c", "brand_id": "b", "instalment_id": "i"}
    with empty.begin() as connection:
        for name, row in given.items():
            connection.execute(tables.tables[name].insert(), _like(tables.tables[name]) | row)
        for number, method in enumerate(("m", None), start=1):
            own = {"id": f"t{number}", "number": number, "idempotency_key": f"k{number}"}
            row = _like(attempts) | of | own | {"method_id": method}
            connection.execute(attempts.insert(), row)
    migrate(empty)
    asked = text("SELECT number, gateway_token FROM payment_attempt ORDER BY number")
    with empty.connect() as connection:
        assert connection.execute(asked).all() == [(1, "tok"), (2, "")]
    migrate(empty, "0023", down=True)
    assert "gateway_token" not in _shape(empty)["payment_attempt"][0]
