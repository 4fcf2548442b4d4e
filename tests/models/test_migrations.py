"""The tables of payments come and go by their migration, on both databases, without a remainder."""

import pytest
from sqlalchemy import create_engine, inspect, make_url
from sqlmodel import SQLModel

from tests.conftest import _administer, migrate

PAYMENTS = {
    "cancellation_request",
    "instalment",
    "payment_attempt",
    "payment_method",
    "payment_notice",
    "payment_policy",
    "payment_run",
    "payment_setup",
}


def up_and_down(engine) -> None:
    migrate(engine)
    assert set(inspect(engine).get_table_names()) > PAYMENTS
    migrate(engine, "0004", down=True)
    left = inspect(engine)
    assert not PAYMENTS & set(left.get_table_names())
    assert "has_own_standing" not in {one["name"] for one in left.get_columns("contract")}
    migrate(engine)
    found = inspect(engine)
    for table in PAYMENTS:
        wanted = {column.name for column in SQLModel.metadata.tables[table].columns}
        assert {one["name"] for one in found.get_columns(table)} == wanted
    engine.dispose()


def test_payments_come_and_go_on_sqlite(tmp_path):
    up_and_down(create_engine(f"sqlite:///{tmp_path / 'portal.db'}"))


@pytest.mark.slow
def test_payments_come_and_go_on_postgresql(pg_server):
    _administer(pg_server, "CREATE DATABASE coming_and_going")
    up_and_down(create_engine(make_url(pg_server).set(database="coming_and_going")))


APPLICATIONS = {
    "application",
    "application_party",
    "form_answer",
    "form_answer_history",
    "form_share",
    "form_template",
}


def test_applications_come_and_go_on_sqlite(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    migrate(engine)
    assert set(inspect(engine).get_table_names()) > APPLICATIONS
    migrate(engine, "0011", down=True)
    left = inspect(engine)
    assert not APPLICATIONS & set(left.get_table_names())
    assert "application_id" not in {one["name"] for one in left.get_columns("invitation")}
    migrate(engine)
    found = inspect(engine)
    for table in {*APPLICATIONS, "invitation"}:
        wanted = {column.name for column in SQLModel.metadata.tables[table].columns}
        assert {one["name"] for one in found.get_columns(table)} == wanted
    engine.dispose()
