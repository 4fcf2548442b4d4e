"""Backups of a portal that is being written to, and putting one back."""

import sqlite3
import stat
import subprocess
import threading
import time
from contextlib import closing

import pytest
import typer
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, SQLModel, select, update

from portal_app.cli import backup
from portal_app.core.actor import Actor
from portal_app.core.settings import Settings
from portal_app.models import Action, AuditEvent, HelpArticle, Job, database
from portal_app.services import audit
from portal_app.services.transaction import transaction
from tests import factories as f

SYSTEM = Actor.system("tests")


@pytest.fixture(autouse=True)
def _named(any_db, monkeypatch):
    """The settings name the test's own database."""
    address = any_db.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", address)
    monkeypatch.setattr(backup, "settings", Settings)


def write(brand_id, number):
    """One unit: an article, its entry in the trail, its job."""
    with transaction(SYSTEM) as tx:
        article = HelpArticle(brand_id=brand_id, question=f"{number}?", answer="…")
        tx.session.add(article)
        tx.record(Action.HELP_CHANGED, "help", article.id)
        tx.enqueue("later", article=article.id)


def contents(engine):
    with Session(engine) as session:
        return {
            table.name: sorted(map(repr, session.connection().execute(table.select()).all()))
            for table in SQLModel.metadata.sorted_tables
        }


def counts(engine):
    with Session(engine) as session:
        return [len(session.exec(select(model)).all()) for model in (HelpArticle, AuditEvent, Job)]


def test_what_is_put_back_equals_what_was_copied(any_db, tmp_path):
    brand_id = f.brand().id
    f.contract(f.account())
    for number in range(5):
        write(brand_id, number)
    before = contents(any_db)
    path = backup.take(tmp_path / "backups")
    for number in range(5):
        write(brand_id, number)
    backup.restore(path, replace=True)
    assert contents(database.engine()) == before
    write(brand_id, 6)  # the trail goes on, and is still guarded
    assert audit.verify(SYSTEM).length == 6
    with (
        pytest.raises(DatabaseError, match="append-only"),
        database.writing_session() as session,
        session.begin(),
    ):
        session.exec(update(AuditEvent).values(action="x"))


def test_twenty_backups_of_a_busy_portal_are_each_of_one_moment(any_db, tmp_path):
    brand_id, stop = f.brand().id, threading.Event()

    def busy():
        number = 0
        while not stop.is_set():
            write(brand_id, number)
            number += 1
            time.sleep(0.01)

    writers = [threading.Thread(target=busy) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = [backup.take(tmp_path / "backups") for _ in range(20)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    seen = []
    for path in made:
        articles, entries, jobs = counts_of(path)
        assert articles == entries == jobs
        seen.append(articles)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "nothing was written meanwhile"
    backup.restore(made[-1], replace=True)  # ends with a fault if the trail is not whole
    assert counts(database.engine()) == [seen[-1]] * 3


def counts_of(path):
    """Return how many articles, entries and jobs a backup holds."""
    if path.suffix == ".db":
        copy = database.build_engine(f"sqlite:///{path}")
        found = counts(copy)
        copy.dispose()
        return found
    tables = ("help_article", "audit_event", "job")
    only = [f"--table={table}" for table in tables]
    command = ["pg_restore", "--data-only", *only, "--file=-", path]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    parts = {part.partition(" ")[0]: part for part in text.split("COPY public.")[1:]}
    return [parts[table].partition("\n\\.\n")[0].count("\n") for table in tables]


def test_a_backup_is_its_owners_alone(any_db, tmp_path):
    path = backup.take(tmp_path / "backups")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_nothing_is_overwritten_unless_that_is_said(any_db, tmp_path):
    brand_id = f.brand().id
    path = backup.take(tmp_path / "backups")
    write(brand_id, 1)
    with pytest.raises(typer.Exit):
        backup.restore(path)
    assert counts(database.engine()) == [1, 1, 1]


def test_a_damaged_file_is_refused_and_the_database_stays(any_db, tmp_path):
    brand_id = f.brand().id
    for number in range(40):
        write(brand_id, number)
    path = backup.take(tmp_path / "backups")
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:100], b"", b"not a backup"):
        path.write_bytes(damaged)
        with pytest.raises(typer.Exit):
            backup.restore(path, replace=True)
    with pytest.raises(typer.Exit):
        backup.restore(tmp_path / "no such file", replace=True)
    assert counts(database.engine()) == [40, 40, 40]


@pytest.mark.parametrize("any_db", ["sqlite"], indirect=True)
def test_a_backup_whose_trail_was_changed_is_told(any_db, tmp_path, capsys):
    brand_id = f.brand().id
    for number in range(5):
        write(brand_id, number)
    path = backup.take(tmp_path / "backups")
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("DROP TRIGGER audit_event_no_UPDATE")
        copy.execute("UPDATE audit_event SET action = 'x' WHERE seq = 3")
        copy.commit()
    with pytest.raises(typer.Exit):
        backup.restore(path, replace=True)
    assert "Entry 3" in capsys.readouterr().out
