"""The whole way: a portal in use is copied, the copy put in place elsewhere, and people go on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, select

from portal_app.models import PortalUser
from tests.browser import Browser
from tests.door import PASSWORD, newest_code, open_door
from tests.people import database_at
from tests.portal_server import ROOT, running
from tests.tab import Tab

PHONE = "(813) 555-4243"
DETAILS = {"email": "office@example.com", "postal_code": "33602", "key": "k"}


def portal(*command: str | Path, database: str) -> str:
    """Run a command of the portal's as an operator does; return what it says."""
    environment = {**os.environ, "PORTAL_ENV": "test", "PORTAL_DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-m", "portal_app", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def users(url: str) -> int:
    with database_at(url) as engine, Session(engine) as session:
        return len(session.exec(select(PortalUser)).all())


@pytest.mark.slow
def test_customers_go_on_with_a_portal_that_was_put_back(sqlite_template, tmp_path):
    (first := tmp_path / "first").mkdir()
    (second := tmp_path / "second").mkdir()
    with open_door(sqlite_template, first) as old:
        browser = Browser(old)
        browser.post("/auth/register", phone=PHONE, new_password=PASSWORD, **DETAILS)
        code = newest_code(old, "access.registration_code")
        browser.post("/auth/confirm-registration", code=code)
        browser.post("/auth/sign-in", identifier=PHONE, password=PASSWORD)
        assert browser.is_in
        said = portal("backup", tmp_path / "kept", database=old.database)
        (copy,) = (tmp_path / "kept").iterdir()
        assert str(copy) in said
        known = users(old.database)
    url = f"sqlite:///{second / 'portal.db'}"
    assert "Restored." in portal("restore", copy, database=url)
    assert users(url) == known
    with running(url, second, PORTAL_JOBS="off", PORTAL_TRUSTED_PROXY_HOPS="1") as new:
        again = Browser(new)
        again.post("/auth/sign-in", identifier=PHONE, password=PASSWORD)
        assert again.is_in
        with Tab(new, cookie=again.cookie) as tab:
            tab.open("/")
            assert "Firm 3" in " ".join(tab.frames)
