"""Every event handler and every route says who may call it; what says nothing is refused."""

import pytest
from reflex_base.registry import RegistrationContext

import portal_app.portal_app  # noqa: F401 - fills the registry
from portal_app.api.application import build_api
from portal_app.core.actor import Access
from portal_app.state.access import MARK
from portal_app.web.endpoints import ENDPOINTS
from portal_app.web.guard import INTERNAL, needed_access, needed_module
from tests.results import record

ADDRESSES = [*ENDPOINTS, *build_api().routes]


def handlers():
    names = RegistrationContext.get().event_handlers
    return {name for name in names if name not in INTERNAL and not name.endswith(".setvar")}


@pytest.mark.asvs("8.2.1")
def test_every_event_handler_is_marked():
    unmarked = {name for name in handlers() if needed_access(name) is None}
    routes = {route.path: getattr(route.endpoint, MARK, None) for route in ADDRESSES}
    record("access", {
        "handlers": len(handlers()), "handlers_marked": len(handlers() - unmarked),
        "routes": len(routes), "routes_marked": sum(mark is not None for mark in routes.values()),
    })  # fmt: skip
    own = {name for name in unmarked if "portal_app" in name}
    assert own == set()


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("route", ADDRESSES, ids=lambda r: r.path)
def test_every_route_is_marked(route):
    assert isinstance(getattr(route.endpoint, MARK, None), Access)


@pytest.mark.requirement("S3-04")
@pytest.mark.parametrize("page", [
    "billing.invoices", "billing.statements", "rentals.items_out", "rentals.off_rent",
    "rentals.requests",
])  # fmt: skip
def test_every_event_of_a_rental_page_needs_the_rental_licence(page):
    module = f"portal_app.state.{page}.".replace(".", "___")
    own = {name for name in handlers() if module in name}
    assert own
    assert {name for name in own if needed_module(name) != "rental"} == set()


@pytest.mark.requirement("S3-04")
@pytest.mark.parametrize("page", ["contracts.lists", "contracts.details"])
def test_every_event_of_a_page_of_contracts_asks_for_the_licence_or_for_contracts_without(page):
    module = f"portal_app.state.{page}.".replace(".", "___")
    own = {name: needed_module(name) for name in handlers() if module in name}
    rental = {name.rpartition(".")[2] for name, needed in own.items() if needed == "rental"}
    assert rental == ({"load_quotes", "load_reservations"} if page == "contracts.lists" else set())
    assert set(own.values()) - {"rental"} == {"contracts"}
