"""What the browser must fetch before a customer's page can work has a limit."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from portal_app import routes
from portal_app.cli import build
from portal_app.core.actor import Access
from tests import results
from tests.bundles import BUILD, bundle_of
from tests.e2e.test_uploads import wait_until

MOST_SCRIPT, MOST_SHEET = 170_000, 20_000
# A browser asks a server that speaks HTTP/1.1 for six files at a time.
MOST_FILES = 16
# Whatever fetches the picture of a year names its file.
CHART = "year_picture"
LOW = {"width": 1280, "height": 240}
PAGES = [route.path for route in routes.ROUTES if route.access is not Access.STAFF]
PAGES = [path for path in PAGES if not path.startswith("/staff")]


@pytest.fixture(scope="module", autouse=True)
def built():
    build.ensure_built()
    figures = {
        path: {"script_bytes": bundle.script_bytes, "sheet_bytes": bundle.sheet_bytes}
        for path in PAGES
        for bundle in [bundle_of(path)]
    }
    largest = max((page["script_bytes"] for page in figures.values()), default=0)
    results.record("bundles", {"pages": figures, "largest_script": largest})


@pytest.mark.parametrize("path", PAGES)
def test_first_load_of_a_customers_page_stays_within_its_budget(path):
    bundle = bundle_of(path)
    assert 0 < bundle.script_bytes <= MOST_SCRIPT, sorted(bundle.scripts)
    assert 0 < bundle.sheet_bytes <= MOST_SHEET, sorted(bundle.sheets)
    assert len(bundle.scripts) <= MOST_FILES, sorted(bundle.scripts)


def test_no_page_waits_for_the_picture_of_a_year_and_only_two_keep_its_place():
    (picture,) = (f"/assets/{one.name}" for one in (BUILD / "assets").glob("year_picture*.js"))
    assert [path for path in PAGES if picture in bundle_of(path).scripts] == []

    def may_fetch(path):
        scripts = (BUILD / name.lstrip("/") for name in bundle_of(path).scripts)
        return any(CHART in script.read_text() for script in scripts)

    assert {path for path in PAGES if may_fetch(path)} == {"/contracts/[number]", "/payments"}


@pytest.mark.requirement("S0-29")
def test_a_contracts_payments_are_there_as_a_table_before_their_picture_is_fetched(visit):
    person, held, fetched = visit("head", viewport=LOW), [], []
    person.page.route("**/year_picture*", lambda one: held.append(one))
    person.page.on("request", lambda one: fetched.append(urlsplit(one.url).path))
    page = person.open("/contracts/SD-40119")
    table = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Due"))
    expect(table.first.get_by_role("row").nth(3)).to_be_visible()
    assert not any("year_picture" in one for one in fetched), "nothing of it in the first load"
    picture = page.get_by_role("img", name="Payments from")
    picture.scroll_into_view_if_needed()
    expect(page.locator(".year rect")).to_have_count(0)
    page.wait_for_function("() => true")
    before = picture.bounding_box()
    wait_until(lambda: held)
    held[0].continue_()
    expect(page.locator(".year rect")).to_have_count(24)
    assert picture.bounding_box() == before, "its place was kept"


@pytest.mark.parametrize("path", ["/", "/contracts", "/items-out"])
def test_the_browser_fetches_no_script_that_the_budget_does_not_count(visit, path):
    person, fetched = visit("rental_customer"), set()
    person.page.on("request", lambda one: fetched.add(urlsplit(one.url).path))
    person.page.goto(f"{person.server.address}{path}", wait_until="load")
    scripts = {name for name in fetched if name.endswith(".js")}
    assert scripts
    assert scripts <= bundle_of(path).scripts
    person.settled()  # leaving earlier would cut the connection off while it is made


def test_what_would_send_requests_in_place_of_the_socket_is_left_out():
    built = "".join(script.read_text() for script in (BUILD / "assets").glob("*.js"))
    assert "websocket error" in built
    assert "xhr poll error" not in built
