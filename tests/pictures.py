"""Pictures of the running portal: the README's, or with a folder's name one of every page there.

python -m tests.pictures            # docs/pictures
python -m tests.pictures build/look # every page, wide and narrow, light and dark, both brands

A customer and the store have begun to talk by then, so that no queue is empty.
"""

import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import create_engine

from portal_app.cli import demo
from tests import people, prepare
from tests.conftest import migrate
from tests.e2e.addresses import CONSUMER, DOORS, PAYER, STAFF, real
from tests.e2e.conftest import QUIET, demo_people, let_in
from tests.e2e.test_accessibility import DRESS
from tests.people import database_at
from tests.portal_server import ROOT, PortalServer, running

HEIGHTS = {1280: 800, 390: 844}


@dataclass(frozen=True)
class View:
    """One picture: who looks at which page, how wide, and in which dress."""

    name: str
    path: str
    customer: str = ""
    role: str = ""
    width: int = 1280
    mode: str = "light"
    brand: str = ""
    press: tuple[str, ...] = ()
    is_whole_page: bool = False


RENTER, HEAD, ADMIN = {"customer": "rental_customer"}, {"customer": "head"}, {"role": "admin"}
README = (
    View("summary", "/", **RENTER),
    View("summary-phone", "/", width=390, **RENTER),
    View("items-out-phone", "/items-out", width=390, brand="orchard", **RENTER),
    View("contract-phone", "/contracts/R-77120", width=390, mode="dark", **RENTER),
    View("staff-request", "/staff/rental-requests", press=("OR-",), **ADMIN),
    View("staff-customer", "/staff/customers/30211", mode="dark", brand="orchard", **ADMIN),
)
DRESSES = (
    (1280, "light", ""),
    (390, "light", ""),
    (1280, "dark", "orchard"),
    (390, "dark", "orchard"),
)
# What shows only after something was pressed: name, address, who looks, what they press.
STATES = (
    ("sign-in-error", "/sign-in", {}, ("Sign in",)),
    ("register-error", "/register", {}, ("Continue",)),
    ("not-found", "/nowhere", {}, ()),
    ("contract-not-found", "/contracts/none", RENTER, ()),
    ("account-menu", "/", RENTER, ("Account menu",)),
    ("off-rent-how-many", "/items-out", RENTER, ("Call off rent Light",)),
    ("off-rent-error", "/items-out", RENTER, ("Call off rent Light", "Continue")),
    ("request", "/requests", RENTER, ("Scissor lift",)),
    ("profile-pending", "/profile", {"customer": "rental_billing"}, ()),
    ("household-home", "/", {"customer": "head"}, ()),
    ("household-contract", "/contracts", {"customer": "head"}, ("SD-",)),
    ("rental-request-sheet", "/staff/rental-requests", ADMIN, ("OR-",)),
    ("change-request-sheet", "/staff/requests", ADMIN, ("CR-",)),
    ("invitation-sheet", "/staff/customers/10503", ADMIN, ("Invitation Idris",)),
    ("help-sheet", "/staff/settings/help", ADMIN, ("Write a question",)),
    ("review-sheet", "/staff/settings/reviews", ADMIN, ("Change Name",)),
    ("update-question", "/staff/imports", ADMIN, ("Update website",)),
    ("letter", "/staff/outbox", ADMIN, ("@",)),
)


def every_view() -> Iterable[View]:
    """Yield each page and state in each dress that a person may meet it in."""
    pages = [(CONSUMER, RENTER), (PAYER, HEAD), (STAFF, ADMIN), (DOORS, {})]
    plain = [
        (re.sub(r"[^\w-]+", "-", path).strip("-") or f"home-{who.get('customer')}", path, who, ())
        for paths, who in pages
        for path in paths
    ]
    for title, path, who, press in (*plain, *STATES):
        for width, mode, brand in DRESSES:
            name = f"{title}-{width}-{mode}{'-' + brand if brand else ''}"
            yield View(name, path, width=width, mode=mode, brand=brand, press=press,
                       is_whole_page=not press, **who)  # fmt: skip


def photograph(browser: Browser, server: PortalServer, view: View, folder: Path) -> None:
    """Take one picture."""
    size = {"width": view.width, "height": HEIGHTS[view.width]}
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = _opened(context, server, view.path, customer=view.customer, role=view.role)
    page.evaluate(DRESS, [view.mode, _looks(server, view.brand)])
    for name in view.press:
        _press(page, name)
    page.wait_for_timeout(400)
    page.screenshot(path=folder / f"{view.name}.png", full_page=view.is_whole_page)
    context.close()


def begin(browser: Browser, server: PortalServer) -> None:
    """Send a rental request and a change of name, so that there is something to look at."""
    context = browser.new_context()
    page = _opened(context, server, "/items-out", customer="rental_customer")
    _press(page, "Call off rent Scissor lift")
    page.get_by_label("How many do you want to call off?").fill("1")
    _press(page, "Continue")
    page.get_by_label("Pick them up").check()
    for name in ("Continue", "Send request"):
        _press(page, name)
    context.close()
    context = browser.new_context()
    page = _opened(context, server, "/profile/name", customer="rental_billing")
    page.fill("#given_name", "Joanna Maria")
    _press(page, "Send to our staff")
    context.close()


def _opened(
    context: BrowserContext, server: PortalServer, path: str, *, customer: str = "", role: str = ""
) -> Page:
    """Open a page as somebody, or as nobody."""
    if role:
        let_in(context, server, people.staff_with(server.database, role))
    elif customer:
        row = demo_people()[customer]
        named = row["given_name"], row["family_name"]
        let_in(context, server, people.user_called(server.database, *named))
    page = context.new_page()
    page.goto(f"{server.address}{real(server, path)}")
    _settle(page)
    return page


def _press(page: Page, name: str) -> None:
    """Press the first button or link of this name, and wait for what it brings."""
    named = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    named.first.click()
    page.wait_for_timeout(600)
    _settle(page)


def _settle(page: Page) -> None:
    page.wait_for_selector("#main h1", state="attached")
    page.wait_for_selector("[aria-busy=true]:not(button,a)", state="detached")


def _looks(server: PortalServer, brand: str) -> str:
    if not brand:
        return ""
    headers = {"host": f"{brand}.localhost:{server.port}"}
    return httpx.get(f"{server.address}/branding.css", headers=headers).text


def main(folder: Path, views: Iterable[View]) -> None:
    """Bring up a portal with the demo people and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        database = f"sqlite:///{scratch}/portal.db"
        migrate(create_engine(database))
        with database_at(database):
            demo.load_once(lambda _: None)
        with running(database, Path(scratch)) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=prepare.chromium(), args=QUIET)
            begin(browser, server)
            for view in views:
                photograph(browser, server, view, folder)
                print(folder / f"{view.name}.png")
            browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), every_view())
    else:
        main(ROOT / "docs/pictures", README)
