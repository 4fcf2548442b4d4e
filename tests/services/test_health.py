"""Whether the portal can do its work."""

import pytest
from sqlmodel import create_engine

from portal_app.models import database
from portal_app.services import health
from tests.servers import free_port


@pytest.mark.usefixtures("any_db")
def test_a_migrated_database_is_not_empty():
    assert not health.is_empty()


def test_a_new_file_is_empty(monkeypatch, tmp_path):
    empty = create_engine(f"sqlite:///{tmp_path}/new.db")
    monkeypatch.setattr(database, "engine", lambda: empty)
    assert health.is_empty()


def test_a_database_that_is_away_is_not_called_empty(monkeypatch):
    away = database.build_engine(f"postgresql+psycopg://portal@127.0.0.1:{free_port()}/portal")
    monkeypatch.setattr(database, "engine", lambda: away)
    assert not health.is_empty()
