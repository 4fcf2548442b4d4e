"""Live: staff acknowledge a request, and the page that the customer has open says so."""

from playwright.sync_api import Browser

from bench.browser import Visit, chromium_running, visit
from bench.contenders import PORTAL
from bench.samples import Samples
from bench.setting import Setting
from bench.world.papers import first_line
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.ids import new_id
from portal_app.services import rentals
from tests.people import database_at

SEEN, OWN = "Live: acknowledged to customer's page", "Live: acknowledged to staff's own page"
_ROUNDS = 7
# What the customer's page and the store's sheet show once rent has been stopped.
_CUSTOMER = ".tl li:nth-child(2)"
_STAFF = "[role=dialog] .tl li:nth-child(2)"
_BUTTON = "[role=dialog] form button[type=submit]"


def measure(setting: Setting) -> dict[str, Samples]:
    """Ask for one item off rent, let the store confirm it, and watch both pages."""
    found = {SEEN: Samples("ms"), OWN: Samples("ms")}
    with chromium_running() as browser:
        for _ in range(_ROUNDS):
            _round(setting, browser, _ask(setting), found)
    return found


def _ask(setting: Setting) -> str:
    """Return the number of a fresh request of the first customer's."""
    customer = setting.world.watched[0]
    with database_at(setting.world.url):
        actor = Actor(
            ActorKind.CONSUMER,
            customer.user_id,
            customer.person_id,
            customer.name,
            setting.world.brand_id,
        )
        return rentals.call_off_rent(
            actor,
            line=first_line(),
            quantity=1,
            method="pickup",
            contact_name=customer.name,
            contact_phone=customer.phone,
            key=new_id(),
        )


def _round(setting: Setting, browser: Browser, number: str, found: dict[str, Samples]) -> None:
    theirs, ours = f"/requests/{number}", "/staff/rental-requests"
    cookie = setting.signed_in(PORTAL, setting.world.watched[0])
    staff = (PORTAL.address, PORTAL.cookie, setting.cookies.of_staff())
    with (
        visit(browser, watching=[(theirs, ".tl li")], cookie=cookie) as customer,
        visit(browser, watching=[(ours, _BUTTON)], cookie=staff) as clerk,
    ):
        _arrive(customer, theirs, ".tl li")
        _arrive(clerk, f"{ours}?open={number}", _BUTTON)
        customer.watch(theirs, _CUSTOMER)
        clerk.watch(ours, _STAFF)
        clicked = clerk.click(_BUTTON)
        found[SEEN].add("portal", customer.seen_at(_CUSTOMER) - clicked)
        found[OWN].add("portal", clerk.seen_at(_STAFF) - clicked)


def _arrive(visitor: Visit, path: str, shown: str) -> None:
    visitor.page.goto(PORTAL.address + path)
    visitor.seen_at(shown)
    visitor.page.wait_for_timeout(300)
