"""An import that is killed at any point, and run again, ends as if nothing had happened."""

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import event

from portal_app.core.actor import Actor
from portal_app.models import database
from portal_app.services import imports
from portal_app.services.imports import RunState
from portal_app.services.imports.commands import feeds
from tests import factories as f
from tests.services.imports import feeding as feed
from tests.services.imports.test_upserts import EVERYTHING

# What the feed of these tests holds that cannot go in.
FAULTS = [
    ("accounts.csv", 4, "number"),
    *(("ledger.csv", 9, field) for field in ("account", "kind", "amount", "effective_on")),
]


@pytest.fixture
def feeds_of_two_days(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """A feed, and a later one of several batches with changes, new records and faults in it."""
    monkeypatch.setattr(feeds, "_BATCH", 2)
    entries = "".join(f"L-{n},A-2,charge,{n}.00,2026-11-0{n}\n" for n in range(2, 8))
    more = {
        "accounts": "A-2,102,Two,account\nA-3,101,Taken,account\nA-4,104,Four,account\n",
        "ledger": f"{entries}L-9,,,,\n",
        "contracts": "C-2,R-2,rental,quote,A-4,2026-11-01\n",
        "people": "P-3,Omar,Haddad\n",
    }
    later = {name: text + more.get(name, "") for name, text in EVERYTHING.items()}
    later["stores"] = "external_id,name\nS-1,Riverside\n"
    return feed.write(tmp_path / "one", **EVERYTHING), feed.write(tmp_path / "two", **later)


def killed(url: str, folder: Path, at: int) -> bool:
    """Import in a process of its own that is killed at a statement or commit; say if it was."""
    child = os.fork()
    if child == 0:
        _import_and_die(url, folder, at)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _import_and_die(url: str, folder: Path, at: int) -> None:
    try:
        engine = database.build_engine(url)
        writing = engine.execution_options(begin="BEGIN IMMEDIATE")
        database.engine, database.writing_engine = lambda: engine, lambda: writing
        left = at

        def count(*_arguments):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine, moment, count)
        feed.load(folder)
    finally:
        os._exit(0)


def test_a_feed_killed_again_and_again_ends_like_one_clean_run(any_db, feeds_of_two_days):
    first, second = feeds_of_two_days
    untroubled = Actor.system("tests", brand=f.brand(key="other", name="Other").id)
    feed.load(first)
    for folder in (first, second):
        feed.load(folder, actor=untroubled)
    url = any_db.url.render_as_string(hide_password=False)
    at, deaths = 1, 0
    while killed(url, second, at):
        deaths, at = deaths + 1, at + 3
    report = imports.run_report(feed.system(), run=imports.runs(feed.system()).rows[0].id)
    assert deaths > 20
    assert report.run.state is RunState.FINISHED
    assert feed.refusals(report) == FAULTS
    assert feed.contents() == feed.contents(untroubled)
    assert feed.load(second).run.written == 0
    states = {run.state for run in imports.runs(feed.system(), size=100).rows}
    assert states == {RunState.FINISHED, RunState.INTERRUPTED}


def test_a_feed_killed_once_at_any_statement_ends_like_one_clean_run(
    db, tmp_path, feeds_of_two_days
):
    first, second = feeds_of_two_days
    untroubled = Actor.system("tests", brand=f.brand(key="other", name="Other").id)
    feed.load(first)
    for folder in (first, second):
        feed.load(folder, actor=untroubled)
    database.engine().dispose()
    whole = Path(database.engine().url.database)
    kept = whole.read_bytes()
    at = 1
    while True:
        for leftover in whole.parent.glob("portal.db-*"):
            leftover.unlink()
        whole.write_bytes(kept)
        if not killed(str(database.engine().url), second, at):
            break
        assert feed.refusals(feed.load(second)) == FAULTS
        assert feed.contents() == feed.contents(untroubled), at
        database.engine().dispose()
        at += 5
    assert at > 100
