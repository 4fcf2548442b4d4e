"""The life of a run, who may start one, and what is told about it."""

import csv
import io
from datetime import timedelta

import pytest

from portal_app.core import live
from portal_app.core.actor import ANONYMOUS, Actor, Role
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.models import Account, AuditEvent, SyncRun, database
from portal_app.services import imports
from portal_app.services.imports import RunState
from tests import factories as f
from tests.services.imports import feeding as feed

HEAD = "external_id,number,name,account_type\n"


def running(**values) -> SyncRun:
    """A run of another machine that is under way."""
    run = SyncRun(
        brand_id=f.brand().id,
        kind="import",
        trigger="manual",
        started_at=feed_clock(),
        state=RunState.RUNNING,
        runner="1:other:elsewhere",
        alive_until=feed_clock() + timedelta(minutes=1),
        **values,
    )
    with database.writing_session() as session, session.begin():
        session.add(run)
    return run


def feed_clock():
    from portal_app.core import clock

    return clock.now()


def test_a_dry_run_reports_the_same_and_writes_nothing(any_db, tmp_path):
    feed.feed(tmp_path / "1", accounts=f"{HEAD}A-1,1,One,account\nA-2,2,Two,account\n")
    before = feed.contents()
    folder = feed.write(
        tmp_path / "2",
        accounts=HEAD
        + "A-1,1,One more,account\nA-2,2,Two,account\nA-3,3,Three,account\nA-4,1,X,account\n",
        contracts=feed.CONTRACT.replace("A-1", "A-3"),
        contract_lines=feed.LINE,
        ledger=feed.LEDGER + "L-2,A-4,charge,1.00,2026-11-02\n",
    )
    dry = feed.load(folder, dry_run=True)
    assert feed.contents() == before
    wet = feed.load(folder)
    assert dry.counts == wet.counts
    assert feed.refusals(dry) == feed.refusals(wet) == [
        ("accounts.csv", 5, "number"), ("ledger.csv", 3, "account")
    ]  # fmt: skip
    assert (dry.run.is_dry_run, wet.run.is_dry_run) == (True, False)


def test_only_one_import_of_a_brand_runs_at_a_time(any_db, tmp_path):
    running()
    with pytest.raises(Conflict, match="Another import is running"):
        feed.feed(tmp_path, accounts=feed.ACCOUNT)
    assert f.fetch_all(Account) == []
    assert len(f.fetch_all(SyncRun)) == 1
    other = Actor.system("tests", brand=f.brand(key="other", name="Other").id)
    assert feed.load(tmp_path, actor=other).is_clean


def test_a_run_that_stopped_moving_is_interrupted_and_keeps_nobody_waiting(any_db, tmp_path, clock):
    left = running()
    clock.advance(minutes=3)
    shown = imports.runs(feed.system()).rows
    assert [(run.id, run.state) for run in shown] == [(left.id, RunState.INTERRUPTED)]
    assert feed.feed(tmp_path, accounts=feed.ACCOUNT).is_clean
    assert f.fetch(SyncRun, id=left.id).state == RunState.INTERRUPTED


def test_a_fault_of_ours_ends_the_run_and_what_was_committed_stays(db, tmp_path, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.feeds._BATCH", 1)

    def explode(progress):
        if progress.rows_read == 2:
            raise RuntimeError

    rows = f"{HEAD}A-1,1,One,account\nA-2,2,Two,account\nA-3,3,Three,account\n"
    with pytest.raises(RuntimeError):
        feed.load(feed.write(tmp_path, accounts=rows), progress=explode)
    run = imports.runs(feed.system()).rows[0]
    report = imports.run_report(feed.system(), run=run.id)
    assert (run.state, run.rows_read, report.is_clean) == (RunState.FAILED, 2, False)
    assert "run it again" in report.fault
    assert len(f.fetch_all(Account)) == 2
    again = feed.load(tmp_path)
    assert feed.counts(again, "accounts") == {"new": 1, "unchanged": 2}


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: f.staff_actor(Role.AGENT), NotAllowed),
        (lambda: f.consumer_actor(f.account()), NotFound),
        (lambda: ANONYMOUS, NotFound),
    ],
)
def test_nobody_below_a_manager_imports_or_reads_reports(db, tmp_path, make, refusal):
    run = feed.feed(tmp_path / "1", stores="external_id,name\nS-1,A\n").run.id
    folder = feed.write(tmp_path / "2", accounts=feed.ACCOUNT)
    actor = make()
    before = len(f.fetch_all(SyncRun))
    for ask in (
        lambda: imports.import_folder(actor, path=folder),
        lambda: imports.runs(actor),
        lambda: imports.run_report(actor, run=run),
        lambda: imports.refusals_csv(actor, run=run),
        lambda: imports.receive_feed(
            actor, name="a.csv", content=io.BytesIO(b"x"), dry_run=True, key="k"
        ),
        lambda: imports.import_upload(actor, run=run),
    ):
        with pytest.raises(refusal):
            ask()
    assert len(f.fetch_all(SyncRun)) == before


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_managers_and_admins_import_for_their_own_brand(db, tmp_path, role):
    actor = f.staff_actor(role)
    report = feed.load(feed.write(tmp_path, accounts=feed.ACCOUNT), actor=actor)
    assert (report.is_clean, report.run.started_by) == (True, actor.name)
    assert f.fetch(Account).brand_id == actor.brand


def test_a_run_of_another_brand_is_not_found(db, tmp_path):
    run = feed.feed(tmp_path, accounts=feed.ACCOUNT).run.id
    stranger = f.staff_actor(Role.ADMIN, brand_id=f.brand(key="other", name="Other").id)
    for ask in (imports.run_report, imports.refusals_csv, imports.import_upload):
        with pytest.raises(NotFound):
            ask(stranger, run=run)
    assert imports.runs(stranger).rows == ()


@pytest.mark.parametrize("run", ["", "nope", "\x00", "\ud800", "x" * 5000, 7, None, ["a"]])
def test_a_run_that_cannot_be_is_not_found(db, run):
    f.brand()
    for ask in (imports.run_report, imports.refusals_csv):
        with pytest.raises(NotFound):
            ask(feed.system(), run=run)


def test_runs_are_listed_newest_first_page_by_page(db, tmp_path):
    folder = feed.write(tmp_path, accounts=feed.ACCOUNT)
    made = [feed.load(folder).run.id for _ in range(5)]
    actor, seen, after = feed.system(), [], ""
    while True:
        page = imports.runs(actor, after=after, size=2)
        seen += [run.id for run in page.rows]
        if not (after := page.after):
            break
    assert seen == made[::-1]


@pytest.mark.asvs("1.1.2")
def test_the_refusals_can_be_opened_in_a_spreadsheet_without_harm(db, tmp_path):
    rows = "\n".join(
        f'A-{n},1,Acme,"{value}"'
        for n, value in enumerate(["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"])
    )
    run = feed.feed(tmp_path, accounts=f"{HEAD}{rows}\n").run.id
    found = list(csv.reader(io.StringIO(imports.refusals_csv(feed.system(), run=run))))
    assert found[0] == ["file", "line", "field", "value", "what to do", "kind"]
    assert [row[3][:2] for row in found[1:]] == ["'=", "'+", "'-", "'@"]
    assert {row[0] for row in found[1:]} == {"accounts.csv"}


def test_the_file_of_refusals_holds_all_of_them(db, tmp_path):
    rows = "".join(f"A-{n},{n},Acme,prepaid\n" for n in range(450))
    report = feed.feed(tmp_path, accounts=f"{HEAD}{rows}")
    text = imports.refusals_csv(feed.system(), run=report.run.id)
    assert len(report.refusals) == 200
    assert len(text.splitlines()) == 451 == report.run.refused + 1


def test_open_pages_hear_of_the_accounts_that_changed_and_of_the_run(db, tmp_path):
    f.brand()
    heard: list[frozenset[str]] = []
    stop = live.on_announcement(heard.append)
    try:
        feed.feed(tmp_path / "1", accounts=feed.ACCOUNT)
        feed.feed(tmp_path / "2", contracts=feed.CONTRACT)
        heard.clear()
        feed.feed(tmp_path / "3", contract_lines=feed.LINE)
        account, brand = f.fetch(Account), f.brand()
        topics = frozenset.union(*heard)
        assert {f"account:{account.id}", f"imports:{brand.id}"} <= topics
        heard.clear()
        feed.load(tmp_path / "3")
        assert frozenset.union(*heard) == {f"imports:{brand.id}"}
    finally:
        stop()


def test_many_changed_accounts_are_announced_together(db, tmp_path):
    heard: list[frozenset[str]] = []
    rows = "".join(f"A-{n},{n},Acme,account\n" for n in range(201))
    f.brand()
    stop = live.on_announcement(heard.append)
    try:
        feed.feed(tmp_path, accounts=HEAD + rows)
    finally:
        stop()
    topics = frozenset.union(*heard)
    assert f"brand:{f.brand().id}" in topics
    assert not any(topic.startswith("account:") for topic in topics)


def test_a_run_leaves_two_entries_in_the_audit_trail_and_no_personal_data(db, tmp_path):
    feed.feed(tmp_path, people="external_id,given_name,family_name,email\nP-1,Rosa,Lind,nobody\n")
    entries = f.fetch_all(AuditEvent)
    assert [entry.action for entry in entries] == ["feed:self:started", "feed:self:imported"]
    assert entries[1].detail["refused"] == 1
    assert "nobody" not in str([entry.detail for entry in entries])


def test_progress_goes_from_nothing_to_everything(db, tmp_path, monkeypatch):
    monkeypatch.setattr("portal_app.services.imports.commands.feeds._BATCH", 50)
    rows = "".join(f"A-{n},{n},Acme {'x' * 100},account\n" for n in range(500))
    seen: list[imports.ImportProgress] = []
    feed.load(feed.write(tmp_path, accounts=HEAD + rows), progress=seen.append)
    done = [one.bytes_done for one in seen]
    assert done == sorted(done)
    assert len(set(done)) > 3
    assert done[-1] == seen[-1].bytes_total
    assert [one.rows_read for one in seen][:3] == [50, 100, 150]
