"""A disk without room: a sentence, nothing half written, and everything as before once there is."""

import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal_app.core.actor import Role
from portal_app.core.errors import Invalid
from portal_app.core.ids import new_id
from portal_app.core.settings import settings
from portal_app.models import HelpArticle, Job, RentalRequest, SyncRun
from portal_app.services import imports
from portal_app.services.imports.rules import places
from tests import factories as f
from tests.outages.calling import AWAY, FORM, SEND, health
from tests.people import database_at, sign_in
from tests.permissions.world import build
from tests.portal_server import running
from tests.tab import Tab


@contextmanager
def no_file_longer_than(size, *processes):
    """Let these processes, or this one, write nothing beyond so many bytes of any file."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes or (0,)}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def run_backup(url, folder):
    command = [sys.executable, "-m", "portal_app", "backup", str(folder)]
    environment = {**os.environ, "PORTAL_DATABASE_URL": url}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("kind", ["db", "pg"])
def test_a_backup_without_room_says_so_and_leaves_nothing(request, kind, tmp_path):
    engine = request.getfixturevalue(kind)
    for number in range(60):
        f._save(HelpArticle(brand_id=f.brand().id, question=f"{number}", answer=new_id() * 50))
    url, folder = engine.url.render_as_string(hide_password=False), tmp_path / "backups"
    with no_file_longer_than(60_000):
        ended = run_backup(url, folder)
    assert ended.returncode == 1
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr
    assert list(folder.iterdir()) == []
    assert run_backup(url, folder).returncode == 0
    assert len(list(folder.iterdir())) == 1


def test_an_upload_without_room_is_refused_in_words_and_leaves_nothing(pg, tmp_path, monkeypatch):
    chosen = settings().model_copy(update={"upload_folder": str(tmp_path / "uploads")})
    for module in (imports.commands.uploads, places):
        monkeypatch.setattr(module, "settings", lambda: chosen)
    manager = f.staff_actor(Role.MANAGER)
    given = {"name": "accounts.csv", "dry_run": True, "key": "click"}
    feed = b"external_id,number,name\n" + b"F-1,901,Firm\n" * 20_000
    with no_file_longer_than(50_000), pytest.raises(Invalid) as refusal:
        imports.receive_feed(manager, content=io.BytesIO(feed), **given)
    assert "no room" in refusal.value.fields["feed"]
    assert f.fetch_all(SyncRun) == f.fetch_all(Job) == []
    assert list((tmp_path / "uploads").iterdir()) == []
    run = imports.receive_feed(manager, content=io.BytesIO(feed), **given)
    assert f.fetch(SyncRun).id == run


def family_of(process):
    """Return a server's process and those that it started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return (process.pid, *map(int, children))


@pytest.mark.asvs("16.5.2")
def test_a_portal_whose_disk_is_full_still_shows_and_takes_again_later(sqlite_template, tmp_path):
    path = tmp_path / "portal.db"
    shutil.copy(sqlite_template, path)
    world = build(f"sqlite:///{path}")
    form = {**FORM, "line": world.line, "key": new_id()}
    with running(world.url, tmp_path, PORTAL_JOBS="off") as server:
        cookie = sign_in(world.url, world.people["owner"].user_id).cookie
        with Tab(server, cookie=cookie) as tab:
            tab.open(f"/items-out/{world.line}/off-rent")
            with no_file_longer_than(1, *family_of(server.process)):
                told = json.dumps(tab.send(SEND, {"form": form}))
                assert AWAY in told
                assert '"draft' not in told
                assert health(server) == 200  # what is there can be read
                assert "Lindqvist Roofing" in json.dumps(tab.open("/"))
            with database_at(world.url):
                assert f.fetch_all(RentalRequest) == []
            answers = [json.dumps(tab.send(SEND, {"form": form})) for _ in range(2)]
            assert all("/requests/OR-" in answer for answer in answers)
        with database_at(world.url):
            assert len(f.fetch_all(RentalRequest)) == 1
        assert "Traceback" not in server.logged()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
