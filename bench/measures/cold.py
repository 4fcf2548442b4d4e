"""The first load with an empty cache: the sign-in form, and the list of a customer's contracts."""

from playwright.sync_api import Browser

from bench.browser import Visit, chromium_running, visit
from bench.contenders import Contender, Page
from bench.samples import Samples
from bench.setting import Setting, address

FORM, LIST = "Sign-in form visible, cold", "List row visible, cold"
SLOW = ", slow line"
SIZE, REQUESTS, SCRIPT = "List: received", "List: requests", "List: JavaScript"


def measure(setting: Setting) -> dict[str, Samples]:
    """Visit both pages of each site in turn, on the quick line and on the slow one."""
    found = {name + tail: Samples("ms") for tail in ("", SLOW) for name in (FORM, LIST)}
    found |= {SIZE: Samples("kB"), REQUESTS: Samples(""), SCRIPT: Samples("kB")}
    with chromium_running() as browser:
        for is_slow in (False, True):
            for _ in range(setting.slow_rounds if is_slow else setting.rounds):
                for contender in setting.contenders:
                    _round(setting, browser, contender, found, is_slow=is_slow)
    return found


def _round(
    setting: Setting,
    browser: Browser,
    contender: Contender,
    found: dict[str, Samples],
    *,
    is_slow: bool,
) -> None:
    tail = SLOW if is_slow else ""
    with visit(browser, watching=[_what(contender.form)], is_slow=is_slow) as visitor:
        found[FORM + tail].add(contender.name, _load(visitor, contender, contender.form, is_slow))
    cookie = setting.signed_in(contender, is_slow=is_slow)
    page = contender.contracts
    with visit(browser, watching=[_what(page)], cookie=cookie, is_slow=is_slow) as visitor:
        found[LIST + tail].add(contender.name, _load(visitor, contender, page, is_slow))
        if not is_slow:
            visitor.page.wait_for_timeout(200)  # what arrives after the row counts as well
            found[SIZE].add(contender.name, visitor.traffic.bytes / 1000)
            found[REQUESTS].add(contender.name, visitor.traffic.requests)
            found[SCRIPT].add(contender.name, visitor.traffic.script_bytes / 1000)


def _what(page: Page) -> tuple[str, str]:
    return page.path, page.shown


def _load(visitor: Visit, contender: Contender, page: Page, is_slow: bool) -> float:  # noqa: FBT001
    visitor.page.goto(address(contender, is_slow=is_slow) + page.path, wait_until="commit")
    seen = visitor.seen_at(page.shown)
    return seen - visitor.started_at()
