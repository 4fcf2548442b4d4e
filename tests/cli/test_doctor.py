"""The operator's look at everything: each thing that is wrong is named, and ends with 1."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from typer.testing import CliRunner

from portal_app import wiring
from portal_app.__main__ import app
from portal_app.cli import build, doctor
from portal_app.core.actor import Actor
from portal_app.core.secrets import new_token
from portal_app.core.settings import DEVELOPMENT_SECRET, settings
from portal_app.models import Action, database
from portal_app.services.transaction import transaction
from tests.clamd_server import clamd_server
from tests.servers import free_port

CACHED = (
    settings, wiring.mailer, wiring.rate_limiter, wiring.object_store, wiring.scanner
)  # fmt: skip


@pytest.fixture
def examine(monkeypatch, tmp_path):
    """Run the doctor under some settings; return how it ended and its lines by name."""
    monkeypatch.setattr(build, "is_current", lambda: True)
    monkeypatch.setenv("PORTAL_UPLOAD_FOLDER", str(tmp_path))
    monkeypatch.setenv("PORTAL_DOCUMENT_FOLDER", str(tmp_path / "documents"))

    def run(**env):
        for name, value in env.items():
            monkeypatch.setenv(f"PORTAL_{name.upper()}", value)
        forget()
        result = CliRunner().invoke(app, ["doctor"])
        findings = {}
        for line in result.output.splitlines():
            name, found, words = line[8:].partition(": ")
            if found:
                findings.setdefault(name, []).append((line[:8].strip(), words))
        return result.exit_code, findings

    yield run
    monkeypatch.undo()
    forget()


def forget():
    for cached in CACHED:
        cached.cache_clear()


def wrong(findings):
    return {name for name, found in findings.items() if any(state != "ok" for state, _ in found)}


def test_without_a_licence_only_the_licence_is_wrong_and_the_end_says_so(db, examine):
    code, findings = examine()
    assert (code, wrong(findings)) == (1, {"licence"})
    assert "No licence file was found." in findings["licence"][0][1]


@pytest.mark.asvs("13.2.3")
def test_each_unsafe_setting_is_a_line_of_its_own(db, examine):
    _, findings = examine(env="production", secret_key=DEVELOPMENT_SECRET, demo="true")
    words = " ".join(words for _, words in findings["settings"])
    for name in ("PORTAL_SECRET_KEY", "PORTAL_PUBLIC_URL", "PORTAL_MAILER", "PORTAL_DEMO"):
        assert name in words
    assert {state for state, _ in findings["settings"]} == {"not ok"}


def test_a_database_that_has_not_been_migrated_is_named(tmp_path, monkeypatch, examine):
    empty = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.setattr(database, "engine", lambda: empty)
    code, findings = examine()
    assert (code, findings["migrations"][0][0]) == (1, "not ok")
    empty.dispose()


def test_a_database_that_is_away_stops_nothing_else_and_shows_no_password(monkeypatch, examine):
    url = f"postgresql+psycopg://portal:hunter2@127.0.0.1:{free_port()}/portal"
    away = create_engine(url)
    monkeypatch.setattr(database, "engine", lambda: away)
    _, findings = examine(database_url=url)
    assert {"database", "migrations"} <= wrong(findings)
    assert findings["mail"][0][0] == "ok"
    assert "hunter2" not in str(findings)


def test_postgresql_on_this_machine_is_accepted_without_encryption(pg, examine):
    _, findings = examine(database_url="postgresql+psycopg://portal@127.0.0.1/portal")
    assert findings["database"][1] == ("ok", "the way to 127.0.0.1 is not encrypted.")


@pytest.mark.asvs("12.3.1")
def test_an_unencrypted_way_to_another_machine_is_not(pg, examine):
    _, findings = examine(database_url="postgresql+psycopg://portal@db.example.org/portal")
    assert findings["database"][1] == ("not ok", "the way to db.example.org is not encrypted.")


def test_redis_is_asked_and_named_when_it_is_away(db, redis_url, examine):
    assert examine(redis_url=redis_url)[1]["redis"] == [("ok", "it answers.")]
    _, findings = examine(redis_url=f"redis://:hunter2@127.0.0.1:{free_port()}/0")
    assert "redis" in wrong(findings)
    assert "hunter2" not in str(findings)


def test_a_mail_server_that_is_away_is_named(db, examine):
    _, findings = examine(mailer="smtp", smtp_port=str(free_port()))
    assert "mail" in wrong(findings)


def test_a_clock_that_stands_before_the_last_entry_is_not_trusted(db, clock, examine):
    with transaction(Actor.system("test")) as tx:
        tx.record(Action.LICENCE_READ, "licence")
    clock.advance(seconds=-30)
    assert "clock" not in wrong(examine()[1])
    clock.time -= timedelta(minutes=5)
    assert "clock" in wrong(examine()[1])


def test_a_proxy_that_is_not_trusted_is_named(db, examine):
    assert "proxies" in wrong(examine(public_url="https://portal.example.org")[1])
    assert "proxies" not in wrong(examine(trusted_proxy_hops="1")[1])


def test_folders_are_looked_at(db, tmp_path, examine):
    assert "folders" not in wrong(examine(feed_folder=str(tmp_path))[1])
    assert "folders" in wrong(examine(feed_folder=str(tmp_path / "none"))[1])


def test_the_store_of_files_is_tried_out_and_left_as_it_was(db, tmp_path, examine):
    documents = tmp_path / "documents"
    assert "files" not in wrong(examine()[1])
    assert [one for one in documents.rglob("*") if one.is_file()] == []
    (documents / "landing").chmod(0o755)
    findings = examine()[1]
    assert findings["files"] == [("not ok", f"others may look into {documents}: chmod -R go= it.")]
    (tmp_path / "a file").touch()
    assert "files" in wrong(examine(document_folder=str(tmp_path / "a file" / "documents"))[1])


def test_a_store_elsewhere_that_is_away_is_named(db, monkeypatch, examine):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    away = f"http://127.0.0.1:{free_port()}"
    _, findings = examine(documents="s3", s3_bucket="files", s3_endpoint=away)
    assert "The store cannot be reached" in findings["files"][0][1]


def test_a_scanner_that_is_away_is_named(db, examine):
    assert examine()[1]["scanner"][0][0] == "ok"
    _, findings = examine(scanner="clamd", clamd_port=str(free_port()))
    assert "clamd cannot be reached" in findings["scanner"][0][1]


def test_a_scanner_that_takes_no_file_as_large_as_the_portal_does_is_named(db, examine):
    with clamd_server() as (_, port):
        asked = {"scanner": "clamd", "clamd_port": str(port)}
        _, findings = examine(**asked)
        ok, words = findings["scanner"][-1]
        assert ok == "not ok" and "StreamMaxLength" in words and "25 MB" in words
        assert examine(**asked, upload_megabytes="1")[1]["scanner"][-1][0] == "ok"


def test_the_store_is_made_ready_by_a_command_that_may_be_repeated(db, tmp_path, examine):
    for _ in range(2):
        examine()
        result = CliRunner().invoke(app, ["storage", "init"])
        assert (result.exit_code, "is ready." in result.output) == (0, True)
    assert (tmp_path / "documents").is_dir()


def test_a_disk_with_too_little_room_is_named(db, monkeypatch, examine):
    assert "disk" not in wrong(examine(feed_unpacked_megabytes="1")[1])
    monkeypatch.setattr(doctor, "_LEAST_FREE_MEGABYTES", 10**12)
    assert "disk" in wrong(examine()[1])


@pytest.mark.asvs("13.3.2")
def test_a_settings_file_that_others_may_read_is_named_in_production(
    db, tmp_path, monkeypatch, examine
):
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = alembic\n")
    (tmp_path / ".env").write_text(f"PORTAL_SECRET_KEY={new_token()}\n")
    monkeypatch.chdir(tmp_path)
    for mode, is_wrong in ((0o644, True), (0o640, True), (0o600, False)):
        (tmp_path / ".env").chmod(mode)
        assert (".env" in wrong(examine(env="production")[1])) is is_wrong


def test_an_unknown_time_zone_is_named(db, examine):
    assert "time zone" in wrong(examine(timezone="Mars/Olympus")[1])
