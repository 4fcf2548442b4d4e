"""Feeds that come through the browser."""

import io
import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from portal_app.core import settings as settings_module
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid
from portal_app.models import Account, Job, SyncRun, database
from portal_app.services import imports
from portal_app.services.imports import RunState
from tests import factories as f
from tests.services.imports import feeding as feed


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    chosen = settings_module.Settings(feed_megabytes=1, upload_folder=str(tmp_path / "uploads"))
    for module in ("commands.feeds", "commands.uploads", "rules.places"):
        monkeypatch.setattr(f"portal_app.services.imports.{module}.settings", lambda: chosen)
    return tmp_path / "uploads"


def receive(content: bytes = feed.ACCOUNT.encode(), name: str = "accounts.csv", **more) -> str:
    given = {"dry_run": False, "key": "k-1", "actor": f.staff_actor(Role.ADMIN)} | more
    return imports.receive_feed(given.pop("actor"), name=name, content=io.BytesIO(content), **given)


def test_an_upload_waits_for_its_job_and_is_removed_when_it_is_in(any_db, folder):
    run = receive()
    job = f.fetch(Job)
    assert (job.name, job.args) == ("import_feed", {"run": run, "brand": f.brand().id})
    assert [path.name for path in folder.iterdir()] == [run]
    assert stat.S_IMODE((folder / run).stat().st_mode) == 0o600
    assert imports.run_report(feed.system(), run=run).run.state is RunState.WAITING
    imports.import_upload(feed.system(), run=run)
    report = imports.run_report(feed.system(), run=run)
    assert (report.is_clean, report.run.source, report.run.trigger) == (
        True,
        "accounts.csv",
        "upload",
    )
    assert f.fetch(Account).number == "101"
    assert list(folder.iterdir()) == []


def test_a_zip_is_understood_by_its_content_whatever_it_is_called(db, folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("accounts.csv", feed.ACCOUNT)
    run = receive(packed.getvalue(), "October.bin")
    imports.import_upload(feed.system(), run=run)
    assert imports.run_report(feed.system(), run=run).is_clean


def test_the_same_click_is_one_upload(db, folder):
    actor = f.staff_actor(Role.ADMIN)
    assert receive(actor=actor) == receive(actor=actor)
    assert len(f.fetch_all(SyncRun)) == len(f.fetch_all(Job)) == len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "accounts.csv", "empty"),
        (b"x" * 1_000_001, "accounts.csv", "larger than 1 MB"),
        (b"x", "", "Choose a file"),
        (b"x", "..", "Choose a file"),
        (b"x", "\x00", "Choose a file"),
    ],
)
def test_an_upload_that_is_none_is_refused_and_leaves_nothing(db, folder, content, name, sentence):
    with pytest.raises(Invalid, match=sentence):
        receive(content, name)
    assert f.fetch_all(SyncRun) == f.fetch_all(Job) == []
    assert not folder.exists() or list(folder.iterdir()) == []


def test_no_more_is_read_than_may_come(db, folder):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            Endless.given += size
            return b"x" * size

    with pytest.raises(Invalid, match="larger"):
        imports.receive_feed(
            f.staff_actor(Role.ADMIN), name="a.csv", content=Endless(), dry_run=True, key="k"
        )
    assert Endless.given < 5_000_000


@pytest.mark.parametrize("name", ["../../etc/accounts.csv", "C:\\feeds\\accounts.csv"])
def test_the_name_of_an_upload_is_only_shown(db, folder, name):
    run = receive(name=name)
    assert f.fetch(SyncRun).source == "accounts.csv"
    assert [path.name for path in folder.iterdir()] == [run]


def test_an_upload_that_was_cut_off_goes_on_when_its_job_runs_again(any_db, folder, clock):
    run = receive()
    _set(run, state=RunState.RUNNING, runner="1:gone:elsewhere", alive=clock.time)
    clock.advance(seconds=1)
    imports.import_upload(feed.system(), run=run)
    imports.import_upload(feed.system(), run=run)  # the job itself may be repeated
    assert imports.run_report(feed.system(), run=run).is_clean
    assert len(f.fetch_all(Account)) == 1


def test_refusals_of_an_earlier_life_of_a_run_do_not_stay(db, folder, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.feeds._BATCH", 1)
    head = "external_id,number,name,account_type\n"
    run = receive(f"{head}A-1,1,One,prepaid\nA-2,2,Two,account\nA-3,3,Three,prepaid\n".encode())
    with monkeypatch.context() as patch:
        patch.setattr("portal_app.services.imports.commands.feeds.write", _explode)
        with pytest.raises(RuntimeError):
            imports.import_upload(feed.system(), run=run)
    assert imports.run_report(feed.system(), run=run).run.state is RunState.FAILED
    imports.import_upload(feed.system(), run=run)
    report = imports.run_report(feed.system(), run=run)
    assert [one.line for one in report.refusals] == [2, 4]
    assert (report.run.state, report.run.rows_read, report.fault) == (RunState.FINISHED, 3, "")


def _explode(*_arguments):
    raise RuntimeError


def test_an_upload_waits_for_the_import_that_is_under_way(db, folder, clock):
    first, second = receive(), receive(key="k-2")
    _set(
        first,
        state=RunState.RUNNING,
        runner="1:x:elsewhere",
        alive=clock.time + timedelta(minutes=1),
    )
    with pytest.raises(Conflict):
        imports.import_upload(feed.system(), run=second)
    assert imports.run_report(feed.system(), run=second).run.state is RunState.WAITING
    assert (folder / second).exists()


def test_an_upload_that_is_given_up_says_so_and_is_removed(db, folder):
    run = receive()
    imports.give_up_upload(feed.system(), run=run, reason="Another import is running.")
    report = imports.run_report(feed.system(), run=run)
    assert (report.run.state, report.fault) == (RunState.FAILED, "Another import is running.")
    assert list(folder.iterdir()) == []
    imports.import_upload(feed.system(), run=run)
    assert "Upload it again" in imports.run_report(feed.system(), run=run).fault


def test_what_a_dry_run_looked_at_can_be_imported_without_sending_it_again(db, folder):
    actor = f.staff_actor(Role.ADMIN)
    checked = receive(dry_run=True, actor=actor)
    assert not imports.run_report(actor, run=checked).may_import_now
    imports.import_upload(feed.system(), run=checked)
    assert imports.run_report(actor, run=checked).may_import_now
    assert f.fetch_all(Account) == []
    run = imports.import_checked(actor, run=checked, key="now")
    assert imports.import_checked(actor, run=checked, key="now") == run
    imports.import_upload(feed.system(), run=run)
    assert imports.run_report(actor, run=run).is_clean
    assert f.fetch(Account).number == "101"
    assert not imports.run_report(actor, run=checked).may_import_now
    with pytest.raises(Conflict, match="Upload it again"):
        imports.import_checked(actor, run=checked, key="again")


def test_an_upload_that_nobody_came_back_for_is_removed_after_a_day(db, folder, clock):
    checked = receive(dry_run=True)
    imports.import_upload(feed.system(), run=checked)
    yesterday = (clock.time - timedelta(hours=25)).timestamp()
    os.utime(folder / checked, (yesterday, yesterday))
    later = receive(key="k-2")
    assert [path.name for path in folder.iterdir()] == [later]


def _set(run: str, *, state: RunState, runner: str, alive) -> None:
    with database.writing_session() as session, session.begin():
        row = session.get(SyncRun, run)
        row.state, row.runner, row.alive_until = state, runner, alive
