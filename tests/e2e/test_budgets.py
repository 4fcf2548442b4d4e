"""What the browser must fetch before a customer's page can work has a limit."""

import re
from urllib.parse import urlsplit

import pytest

from portal_app import routes
from portal_app.cli import build
from portal_app.core.actor import Access
from tests import results
from tests.bundles import BUILD, bundle_of

MOST_SCRIPT, MOST_SHEET = 170_000, 20_000
CHART = re.compile(r"""className:["'`]year["'`]""")
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


def test_the_picture_of_a_year_is_loaded_only_where_it_is_drawn():
    def draws(path):
        scripts = (BUILD / name.lstrip("/") for name in bundle_of(path).scripts)
        return any(CHART.search(script.read_text()) for script in scripts)

    assert {path for path in PAGES if draws(path)} == {"/contracts/[number]", "/payments"}


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
