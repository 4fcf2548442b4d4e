"""The first minutes: the portal is brought up as a newcomer does, and says what to do next."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlmodel import Session, select

from portal_app.cli import build
from portal_app.models import Account, Brand, SyncRun
from tests.people import database_at
from tests.portal_server import ROOT
from tests.servers import free_port, one_at_a_time

# What of the portal's folder is not made by starting it; `.web` is the built pages.
PARTS = (
    ".web", "alembic", "alembic.ini", "assets", "demo", "portal_app", "reflex.lock",
    "requirements.txt", "rxconfig.py",
)  # fmt: skip
STARTED = re.compile(r"^The portal is at (\S+) ", re.MULTILINE)
BRAND = re.compile(r"^\S.*, at (http://\S+)/sign-in$", re.MULTILINE)
STAFF = re.compile(r"^  admin +(\S+@\S+) +(\S+) +code now (\d{6})$", re.MULTILINE)
CUSTOMER = re.compile(r"^  (\([0-9]{3}\) [0-9-]+) +\S", re.MULTILINE)
ALL_WITH = re.compile(r"^  Customers, all with the password +(\S+)$", re.MULTILINE)


@dataclass
class Place:
    """A folder as a newcomer has it, with nothing in `var`, and a port of its own."""

    folder: Path
    port: int

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'var' / 'portal.db'}"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        return {**kept, "PORTAL_PORT": str(self.port), "PORTAL_DATABASE_URL": self.database}


@pytest.fixture
def place(tmp_path):
    with one_at_a_time("build"):
        build.ensure_built()
    for part in PARTS:
        (tmp_path / part).symlink_to(ROOT / part)
    return Place(tmp_path, free_port())


@dataclass
class Run:
    """`portal_app run`, started; `said` is what it has printed so far."""

    process: subprocess.Popen
    output: Path

    @property
    def said(self) -> str:
        return self.output.read_text()

    def address(self) -> str:
        """Wait until it says where it is and answers there."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            if (found := STARTED.search(self.said)) and answers(found[1]):
                return found[1]
            time.sleep(0.2)
        raise AssertionError(self.said)

    def stop(self) -> int:
        """Ask it to end, as an init system does; return how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


@contextmanager
def run(place: Place, *options: str):
    output = place.folder / f"said-{time.monotonic_ns()}"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal_app", "run", *options],
            cwd=place.folder,
            env=place.environment(),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Run(process, output)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def post(address: str, path: str, cookie: str = "", **form: str) -> tuple[httpx.Response, str]:
    """Post as a page of the portal does; return the answer and the session's cookie."""
    headers = {"origin": address} | named(address) | carried(cookie)
    answer = httpx.post(f"{here(address)}{path}", data=form, headers=headers, timeout=20)
    found = re.search(r"__Host-portal=([\w-]*)", answer.headers.get("set-cookie", ""))
    return answer, found[1] if found else cookie


def carried(cookie: str) -> dict[str, str]:
    return {"cookie": f"__Host-portal={cookie}"} if cookie else {}


def named(address: str) -> dict[str, str]:
    return {"host": urlsplit(address).netloc}


def here(address: str) -> str:
    """Go where a browser goes with any name below localhost, which not every machine resolves."""
    return f"http://localhost:{urlsplit(address).port}"


def held(place: Place) -> dict[str, int]:
    with database_at(place.database) as engine, Session(engine) as session:
        return {
            model.__name__: len(session.exec(select(model)).all())
            for model in (Account, Brand, SyncRun)
        }


def test_the_demo_is_loaded_once_and_what_is_printed_signs_in(place):
    with run(place, "--demo") as first:
        address = first.address()
        assert address == f"http://localhost:{place.port}"
        assert "Loading the demo people of Harbourline." in first.said
        assert "Captured letters and texts: /staff/outbox, or .venv/bin/python -m" in (first.said)
        cookie = try_the_door(address, first.said)
        before = held(place)
        assert first.stop() == 0
    with run(place, "--demo") as second:
        assert second.address() == address
        assert "Loading" not in second.said
        assert CUSTOMER.search(second.said)
        assert held(place) == before
        assert post(address, "/auth/stay", cookie)[0].status_code == 200
        assert second.stop() == 0


def try_the_door(address: str, printed: str) -> str:
    """Follow what is printed to the first page, in, for each brand; return a customer's cookie."""
    page = httpx.get(address, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, "/sign-in")
    assert 'action="/auth/sign-in"' in page.text
    _, first, of_first, second, of_second = BRAND.split(printed)
    assert (first, second) == (address, address.replace("localhost", "orchard.localhost"))
    come_in_as_customer(second, of_second)
    look_into_the_outbox(second, of_second)
    look_into_the_outbox(first, of_first)
    return come_in_as_customer(first, of_first)


def come_in_as_customer(address: str, printed: str) -> str:
    (password,), (name, *_) = ALL_WITH.findall(printed), CUSTOMER.findall(printed)
    answer, cookie = post(address, "/auth/sign-in", identifier=name, password=password)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert post(address, "/auth/stay", cookie)[0].status_code == 200
    return cookie


def look_into_the_outbox(address: str, printed: str) -> None:
    """A member of staff comes in with the code that is printed, and letters are read there."""
    email, password, code = STAFF.findall(printed)[0]
    answer, waiting = post(address, "/auth/sign-in", identifier=email, password=password)
    assert answer.headers["location"].startswith("/sign-in/code")
    answer, cookie = post(address, "/auth/second-factor", waiting, code=code)
    assert answer.status_code == 303
    headers = named(address) | carried(cookie)
    assert httpx.get(f"{here(address)}/staff/outbox", headers=headers).status_code == 200


def test_a_portal_with_nothing_in_it_says_what_to_do_next(place):
    with run(place) as started:
        address = started.address()
        assert "There is no brand yet, so nobody can sign in." in started.said
        for command in ("brand", "staff add", "run --demo"):
            assert f"python -m portal_app {command}" in started.said
        assert httpx.get(address, follow_redirects=True).status_code == 200
        assert held(place) == {"Account": 0, "Brand": 0, "SyncRun": 0}
        assert started.stop() == 0
