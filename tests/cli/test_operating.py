"""The operator's commands for jobs, the outbox, licences and the audit trail."""

import os
import signal
import subprocess
import sys

import typer
from typer.testing import CliRunner

from portal_app.cli import audit, jobs, licence, outbox
from portal_app.core.actor import Actor
from portal_app.core.settings import Settings
from portal_app.models import Action, Installation, Job
from portal_app.services import licensing, notifications
from portal_app.services.transaction import transaction
from tests import factories as f
from tests.jobs.test_chaos import ROOT
from tests.jobs.test_engine import wait_until

SYSTEM = Actor.system("tests")
app = typer.Typer()
app.add_typer(jobs.app, name="jobs")
app.add_typer(licence.app, name="licence")
app.add_typer(audit.app, name="audit")
app.command()(outbox.outbox)


def run(*words, code=0):
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return result.output


def mail_a_reset():
    with transaction(SYSTEM) as tx:
        notifications.send_mail(
            tx,
            topic="identity.password_reset",
            brand_id=f.brand().id,
            recipient="rosa@example.com",
            facts={},
            dedupe_key="k",
            carries_secret=True,
            link="/reset/the-token",
        )


def test_what_is_due_is_run_and_shown(db, clock):
    mail_a_reset()
    assert "1 queued" in run("jobs", "list")
    assert "1 jobs were run" in run("jobs", "run-due")
    listed = run("jobs", "list", "--status", "done")
    assert "send_message" in listed
    assert "forget_old: 20 3 * * * UTC" in listed


def test_a_newcomer_reads_links_and_codes_from_the_outbox(db, clock):
    assert "Nothing was written yet." in run("outbox")
    mail_a_reset()
    run("jobs", "run-due")
    assert "/reset/the-token" in run("outbox")
    assert "/reset/the-token" in run("outbox", "--to", "rosa@")
    assert "/reset/the-token" not in run("outbox", "--to", "ben@")


def test_in_production_the_outbox_tells_nothing(db, clock, monkeypatch):
    mail_a_reset()
    monkeypatch.setattr(outbox, "settings", lambda: Settings(env="production"))
    assert "the-token" not in run("outbox", code=1)


def test_a_licence_is_issued_and_inspected(db, clock, tmp_path, monkeypatch):
    made = run("licence", "new-key", str(tmp_path / "key"), "--kid", "mine")
    name, _, value = made.strip().splitlines()[-1].partition("=")
    monkeypatch.setenv(name, value.strip("'"))
    monkeypatch.setattr("portal_app.services.licensing.queries.settings", Settings)
    monkeypatch.setattr(licence, "settings", Settings)
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    installation = f.fetch(Installation).id
    assert installation in run("licence", "inspect")
    for_us = ("--customer", "Harbourline", "--installation", installation)
    issue = ("licence", "issue", "--key", str(tmp_path / "key"), "--kid", "mine", "--days", "30")
    (tmp_path / "licence").write_text(run(*issue, *for_us))
    assert "is valid" in run("licence", "inspect", str(tmp_path / "licence"))
    monkeypatch.setenv("PORTAL_LICENCE_FILE", str(tmp_path / "licence"))
    assert "The licence is in force." in run("licence", "inspect")
    assert licensing.has_module("rental")
    clock.advance(days=31)
    assert "is grace" in run("licence", "inspect", str(tmp_path / "licence"))
    (tmp_path / "licence").write_text("nonsense")
    assert "cannot be used" in run("licence", "inspect", str(tmp_path / "licence"), code=1)


def test_a_private_key_is_never_overwritten(tmp_path):
    run("licence", "new-key", str(tmp_path / "key"))
    before = (tmp_path / "key").read_text()
    result = CliRunner().invoke(app, ["licence", "new-key", str(tmp_path / "key")])
    assert result.exit_code == 1
    assert (tmp_path / "key").read_text() == before


def test_the_trail_is_verified(db, clock):
    with transaction(SYSTEM) as tx:
        tx.record(Action.SETTINGS_CHANGED, "brand", "b")
    said = run("audit", "verify")
    assert "Every entry is as it was written. 1 entries" in said
    run("audit", "verify", "--anchor", "0" * 64, code=1)


def test_a_worker_process_works_and_ends_when_it_is_told_to(any_db):
    mail_a_reset()
    command = "from portal_app.cli.jobs import worker; worker(threads=2)"
    address = any_db.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
    ) as process:
        wait_until(lambda: f.fetch_all(Job, status="done"), seconds=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
