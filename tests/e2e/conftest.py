"""A browser, and the portal with its demo people."""

import csv
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal_app.cli import demo
from tests import people, prepare
from tests.e2e.addresses import real
from tests.people import database_at
from tests.portal_server import PortalServer, running

PATIENCE = 15_000  # milliseconds; a busy machine is slow, a broken page never gets there
expect.set_options(timeout=PATIENCE)
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


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Note every error, broken policy and foreign address of every page of a browser."""

    def hear(line) -> None:
        # The browser's own words for a page that was left while its socket was being opened.
        if "closed before the connection is established" in line.text:
            return
        if line.type in ("error", "warning"):
            faults.append(f"{line.type}: {line.text} ({line.page.url if line.page else ''})")

    def look(request) -> None:
        host = urlsplit(request.url).hostname
        if host and not host.endswith("localhost"):
            faults.append(f"asked another host: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda fault: faults.append(f"uncaught: {fault.error}"))
    context.on("request", look)


@pytest.fixture(scope="module")
def own_portal(demo_template, tmp_path_factory):
    """A portal of a module's own, for journeys that change what others look at.

    It believes who says where a request comes from, so that one browser can be in many places.
    """
    folder = tmp_path_factory.mktemp("own")
    database = shutil.copy(demo_template, folder / "portal.db")
    with running(f"sqlite:///{database}", folder, PORTAL_TRUSTED_PROXY_HOPS="1") as server:
        yield server


@dataclass
class Person:
    """Somebody in front of a browser; whatever goes wrong in it ends up in `faults`."""

    page: Page
    context: BrowserContext
    server: PortalServer
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page and wait until its data stands there."""
        self.page.goto(f"{self.server.address}{real(self.server, path)}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until nothing on the page is still loading."""
        self.page.wait_for_selector("#main h1")
        self.page.wait_for_selector("[aria-busy=true]:not(button,a)", state="detached")
        return self.page

    def another_tab(self) -> "Person":
        """Open a second tab of the same browser."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        return Person(page, self.context, self.server, self.faults)

    def fill_in(self, button: str, **fields: str) -> None:
        """Type into fields by their ids and press the button."""
        for name, words in fields.items():
            self.page.fill(f"#{name}", words)
        self.page.get_by_role("button", name=button, exact=True).click()

    def moves_to(self, network: int) -> None:
        """Be in another network from now on, as a proxy would say."""
        self.page.set_extra_http_headers({"X-Forwarded-For": f"203.0.{network}.7"})

    def forgive(self, words: str) -> None:
        """Take away the faults that the test itself has asked for; there must be one."""
        expected = [fault for fault in self.faults if words in fault]
        assert expected, f"nothing of the kind was reported: {words}"
        self.faults[:] = [fault for fault in self.faults if fault not in expected]


def demo_people() -> dict[str, dict[str, str]]:
    """Return the demo people by their key."""
    with Path("demo/people.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def let_in(
    context: BrowserContext, server: PortalServer, user: str, *, is_sure: bool = False
) -> None:
    """Give a browser a session of this user's, as after every factor."""
    url = server.address.replace("http:", "https:")
    named = {
        "name": "__Host-portal",
        "value": people.sign_in(server.database, user, is_sure=is_sure).cookie,
    }
    context.add_cookies([named | {"url": url, "secure": True, "httpOnly": True, "sameSite": "Lax"}])


@pytest.fixture
def visit(browser, demo_portal):
    """Put people in front of browsers: `visit("rental_customer")`, `visit(role="admin")`.

    At the end of the test nothing may have gone wrong in any of them.
    """
    visitors: list[Person] = []

    def as_person(
        key: str = "", *, role: str = "", is_sure=False, server=demo_portal, **options
    ) -> Person:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        faults: list[str] = []
        watch(context, faults)
        if role:
            let_in(context, server, people.staff_with(server.database, role), is_sure=is_sure)
        elif key:
            row = demo_people()[key]
            named = row["given_name"], row["family_name"]
            let_in(context, server, people.user_called(server.database, *named))
        visitors.append(Person(context.new_page(), context, server, faults))
        return visitors[-1]

    yield as_person
    for person in visitors:
        person.context.close()
    assert [fault for person in visitors for fault in person.faults] == []


@pytest.fixture(scope="session")
def orchard_css(demo_portal) -> str:
    """The other brand's looks."""
    port = demo_portal.port
    headers = {"host": f"orchard.localhost:{port}"}
    return httpx.get(f"{demo_portal.address}/branding.css", headers=headers).text
