"""Two things that people do all day: follow a link to a list, and sign in."""

from playwright.sync_api import Browser

from bench.browser import chromium_running, visit
from bench.contenders import Contender
from bench.measures.cold import SLOW
from bench.samples import Samples
from bench.setting import Setting, address
from bench.world.customers import PASSWORD

NAVIGATION, SIGN_IN = "In-app: click to list row", "Sign-in to summary"
# Long enough for a page to come to rest; people take longer than that to find a link.
_PAUSE = 600


def measure(setting: Setting) -> dict[str, Samples]:
    """Go through both journeys at each site in turn, on the quick line and on the slow one."""
    found = {name + tail: Samples("ms") for tail in ("", SLOW) for name in (NAVIGATION, SIGN_IN)}
    with chromium_running() as browser:
        for is_slow in (False, True):
            tail = SLOW if is_slow else ""
            for _ in range(setting.slow_rounds if is_slow else setting.rounds):
                for contender in setting.contenders:
                    taken = _navigate(setting, browser, contender, is_slow=is_slow)
                    found[NAVIGATION + tail].add(contender.name, taken)
                    taken = _sign_in(setting, browser, contender, is_slow=is_slow)
                    found[SIGN_IN + tail].add(contender.name, taken)
    return found


def _navigate(setting: Setting, browser: Browser, contender: Contender, *, is_slow: bool) -> float:
    """From a fresh tab on the summary: the click, and the first frame with a row in it."""
    home, there = contender.summary, contender.contracts
    watching = [(home.path, home.shown), (there.path, there.shown)]
    cookie = setting.signed_in(contender, is_slow=is_slow)
    with visit(browser, watching=watching, cookie=cookie, is_slow=is_slow) as visitor:
        visitor.page.goto(address(contender, is_slow=is_slow) + home.path, wait_until="commit")
        visitor.seen_at(home.shown)
        visitor.page.wait_for_timeout(_PAUSE * (3 if is_slow else 1))
        clicked = visitor.click(there.link)
        return visitor.seen_at(there.shown) - clicked


def _sign_in(setting: Setting, browser: Browser, contender: Contender, *, is_slow: bool) -> float:
    """From the click on "Sign in" to the summary; the password is hashed alike everywhere."""
    form, home = contender.form, contender.summary
    watching = [(form.path, form.shown), (home.path, home.shown)]
    with visit(browser, watching=watching, is_slow=is_slow) as visitor:
        visitor.page.goto(address(contender, is_slow=is_slow) + form.path)
        visitor.seen_at(form.shown)
        visitor.page.wait_for_timeout(_PAUSE)
        visitor.page.locator(contender.phone_field).fill(setting.customer.phone)
        visitor.page.locator("input[type=password]").fill(PASSWORD)
        clicked = visitor.click(form.shown)
        return visitor.seen_at(home.shown) - clicked
