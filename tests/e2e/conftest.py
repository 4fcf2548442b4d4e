"""A browser, and the portal with its demo people."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from portal_app.cli import demo
from tests import people, prepare
from tests.people import database_at
from tests.portal_server import PortalServer, running

QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": prepare.chromium(), "args": QUIET}


@pytest.fixture(scope="session")
def demo_template(sqlite_template, tmp_path_factory) -> Path:
    """A database that holds the demo people."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(sqlite_template, path)
    with database_at(f"sqlite:///{path}"):
        demo.load_once(lambda _: None)
    return path


@pytest.fixture(scope="session")
def demo_portal(demo_template, tmp_path_factory):
    """The portal with the demo people, for every journey."""
    folder = tmp_path_factory.mktemp("journeys")
    database = shutil.copy(demo_template, folder / "portal.db")
    with running(f"sqlite:///{database}", folder) as server:
        yield server


@dataclass
class Person:
    """Somebody in front of a browser."""

    page: Page
    context: BrowserContext
    server: PortalServer

    def open(self, path: str) -> Page:
        """Open a page and wait until its data stands there."""
        self.page.goto(f"{self.server.address}{path}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until nothing on the page is still loading."""
        self.page.wait_for_selector("#main h1")
        self.page.wait_for_selector("[aria-busy=true]", state="detached")
        return self.page


def demo_people() -> dict[str, dict[str, str]]:
    """Return the demo people by their key."""
    with Path("demo/people.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


@pytest.fixture
def visit(browser, demo_portal):
    """Put people in front of browsers: `visit("rental_customer")`, `visit(role="admin")`."""
    contexts: list[BrowserContext] = []

    def as_person(key: str = "", *, role: str = "", **options) -> Person:
        context = browser.new_context(**options)
        contexts.append(context)
        url = demo_portal.database
        if role:
            user = people.staff_with(url, role)
        elif key:
            row = demo_people()[key]
            user = people.user_called(url, row["given_name"], row["family_name"])
        if role or key:
            cookie = people.sign_in(url, user).cookie
            secure = demo_portal.address.replace("http:", "https:")
            context.add_cookies(
                [
                    {
                        "name": "__Host-portal",
                        "value": cookie,
                        "url": secure,
                        "secure": True,
                        "httpOnly": True,
                        "sameSite": "Lax",
                    }
                ]
            )
        page = context.new_page()
        page.set_default_timeout(15_000)
        return Person(page, context, demo_portal)

    yield as_person
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def orchard_css(demo_portal) -> str:
    """The other brand's looks."""
    port = demo_portal.port
    headers = {"host": f"orchard.localhost:{port}"}
    return httpx.get(f"{demo_portal.address}/branding.css", headers=headers).text
