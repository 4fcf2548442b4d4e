"""What a tab is told while the database cannot say who is there."""

import json
import re
import shutil
import sqlite3
from contextlib import suppress

import pytest
from reflex_base.utils.format import format_event_handler

from portal_app.state.shell import ShellState
from tests import factories as f
from tests import people
from tests.portal_server import running
from tests.tab import Tab

REFRESH = {"name": format_event_handler(ShellState.event_handlers["refresh"]), "payload": {}}


@pytest.mark.asvs("16.3.4")
def test_a_guard_that_fails_lets_nothing_pass_and_says_so_once(sqlite_template, tmp_path):
    database = tmp_path / "portal.db"
    shutil.copy(sqlite_template, database)
    url = f"sqlite:///{database}"
    with people.database_at(url):
        customer = f.consumer_actor(f.account())
    cookie = people.sign_in(url, customer.user_id).cookie
    with running(url, tmp_path) as server, Tab(server, cookie=cookie) as tab:
        tab.open("/help")
        with sqlite3.connect(database) as connection:
            connection.execute("ALTER TABLE portal_session RENAME TO out_of_reach")
        tab.raw("42/_event," + json.dumps(["event", REFRESH]))
        assert "Something went wrong on our side" in tab.wait_for("Reference E-")
        with suppress(TimeoutError):
            while True:  # until nothing more comes
                tab.wait_for("Reference E-", 1)
        told = [frame for frame in tab.frames if "Reference E-" in frame]
        assert len(told) == 1
        assert server.logged().count('"unexpected failure') < 5
        reference = re.search(r"E-[0-9A-Z]{6}", told[0])[0]
        written = [json.loads(line) for line in server.logged().splitlines() if reference in line]
        assert {line["level"] for line in written} == {"error"}
        assert "no such table: portal_session" in written[0]["exception"]
