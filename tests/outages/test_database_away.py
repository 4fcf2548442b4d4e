"""What the services raise while the database is away, busy or full: one typed answer, and nothing
half done; what is wrong with a statement stays a fault of ours."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from portal_app.cli.database import wait_until_it_answers
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import HelpArticle, database
from portal_app.models.database import DatabaseAway
from portal_app.services.transaction import reading, transaction
from tests import factories as f
from tests.people import database_at
from tests.servers import free_port

SYSTEM = Actor.system("tests")


@pytest.fixture
def impatient(monkeypatch):
    short = settings().model_copy(update={"database_patience_seconds": 1})
    monkeypatch.setattr(database, "settings", lambda: short)


@contextmanager
def engine_of(any_db):
    with database_at(any_db.url.render_as_string(hide_password=False)) as engine:
        yield engine


def write(question="Where?"):
    with transaction(SYSTEM) as tx:
        tx.session.add(HelpArticle(brand_id=f.brand().id, question=question, answer="There."))


def test_a_server_that_is_not_there_is_away(impatient):
    with database_at(f"postgresql+psycopg://portal@127.0.0.1:{free_port()}/portal"):
        with pytest.raises(DatabaseAway), reading() as session:
            session.connection()
        with pytest.raises(DatabaseAway), transaction(SYSTEM) as tx:
            tx.earlier_answer("click", "tests")


def test_a_folder_that_is_gone_is_away(tmp_path):
    with database_at(f"sqlite:///{tmp_path / 'portal.db'}"):
        tmp_path.rmdir()
        with pytest.raises(DatabaseAway), reading() as session:
            session.connection()


@pytest.mark.asvs("16.5.2")
def test_what_another_holds_for_too_long_ends_in_a_typed_answer(any_db, impatient):
    f.brand()
    with engine_of(any_db) as engine:
        is_file = engine.dialect.name == "sqlite"
        lock = "SELECT 1" if is_file else "LOCK TABLE help_article IN EXCLUSIVE MODE"
        with engine.execution_options(begin="BEGIN IMMEDIATE").connect() as holder:
            holder.execute(text(lock))
            with pytest.raises(DatabaseAway):
                write()
        write()
        assert len(f.fetch_all(HelpArticle)) == 1


def test_a_connection_that_was_cut_is_made_anew(pg):
    write()
    with engine_of(pg) as engine:
        write()
        with engine.connect() as other:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
            other.execute(text(f"{others} pg_backend_pid() AND datname = current_database()"))
        write()
    assert len(f.fetch_all(HelpArticle)) == 3


def test_a_connection_cut_in_the_middle_leaves_nothing(pg, impatient):
    f.brand()
    with engine_of(pg) as engine:
        with pytest.raises(DatabaseAway), transaction(SYSTEM) as tx:
            tx.session.add(HelpArticle(brand_id=f.brand().id, question="Half?", answer="No."))
            tx.session.flush()
            own = tx.session.connection().execute(text("SELECT pg_backend_pid()")).scalar()
            with engine.connect() as other:
                other.execute(text(f"SELECT pg_terminate_backend({own})"))
            tx.session.connection().execute(text("SELECT 1"))
        write()
    assert [each.question for each in f.fetch_all(HelpArticle)] == ["Where?"]


def test_a_full_disk_leaves_nothing_and_goes_on_once_there_is_room(db):
    f.brand()
    with engine_of(db) as engine:
        pages = {"most": 1 << 30}

        def limited(connection, *_):
            connection.execute(f"PRAGMA max_page_count={pages['most']}")

        event.listen(engine, "checkout", limited)
        with sqlite3.connect(engine.url.database) as connection:
            (pages["most"],) = connection.execute("PRAGMA page_count").fetchone()
        with pytest.raises(DatabaseAway, match="full"):
            for number in range(2_000):
                write("Full? " * 50 + str(number))
        whole = len(f.fetch_all(HelpArticle))
        pages["most"] = 1 << 30
        write()
        assert len(f.fetch_all(HelpArticle)) == whole + 1
    with sqlite3.connect(db.url.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_more_at_once_than_there_are_connections_is_an_answer_too(db, impatient):
    with engine_of(db) as engine:
        held = [engine.connect() for _ in range(30)]
        with pytest.raises(DatabaseAway), reading() as session:
            session.connection()
        for each in held:
            each.close()


def test_a_statement_that_is_wrong_is_a_fault_of_ours(any_db):
    with engine_of(any_db), pytest.raises(SQLAlchemyError), reading() as session:
        session.connection().execute(text("SELECT * FROM no_such_table"))


def test_two_that_wait_for_each_other_are_told_to_try_again(pg, impatient):
    f.brand()
    ended = []
    with engine_of(pg):
        gate = threading.Barrier(2)

        def work(first, second):
            try:
                with transaction(SYSTEM) as tx:
                    for key in (first, second):
                        lock = text(f"SELECT pg_advisory_xact_lock({key})")
                        tx.session.connection().execute(lock)
                        if key == first:
                            gate.wait(5)
                ended.append("done")
            except DatabaseAway:
                ended.append("away")

        threads = [threading.Thread(target=work, args=pair) for pair in ((1, 2), (2, 1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert "away" in ended
    assert len(ended) == 2


def test_a_start_waits_for_the_database_and_says_so_once(any_db, impatient):
    told = []
    with engine_of(any_db):
        wait_until_it_answers(told.append)
    assert told == []
    nowhere = f"postgresql+psycopg://portal@127.0.0.1:{free_port()}/portal"
    with database_at(nowhere), pytest.raises(DatabaseAway):
        wait_until_it_answers(told.append, seconds=1.5)
    assert len(told) == 1


def test_a_command_of_the_operator_names_in_a_sentence_what_is_away():
    address = f"postgresql+psycopg://portal:hidden@127.0.0.1:{free_port()}/portal"
    ended = subprocess.run(
        [sys.executable, "-m", "portal_app", "jobs", "list"],
        env={**os.environ, "PORTAL_DATABASE_URL": address}, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "cannot reach" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hidden" not in ended.stderr
