"""The line to the server is open before the scripts of a page are, and nothing depends on it."""

import re

import pytest
from playwright.sync_api import expect

from portal_app.web.line import early_line

GREETING = "40/_event,"
LATE = "**/assets/entry.client-*.js"  # the page cannot begin without it


@pytest.fixture
def person(visit):
    return visit("rental_customer")


class Lines:
    """What goes over a page's lines, from its first on."""

    def __init__(self, page):
        self.opened, self.sent, self.got = [], [], []
        page.on("websocket", self._opened)

    def _opened(self, line):
        self.opened.append(line.url)
        line.on("framesent", lambda frame: self.sent.append(str(frame)))
        line.on("framereceived", lambda frame: self.got.append(str(frame)))

    @property
    def greetings(self):
        return [frame for frame in self.sent if frame.startswith(GREETING)]

    @property
    def is_answered(self):
        return any('"is_hydrated_rx_state_":true' in frame for frame in self.got)


def held_back(page):
    """Keep the page from beginning; what is returned lets it begin."""
    waiting = []
    page.route(LATE, lambda route: waiting.append(route))

    def begin():
        waiting.pop().continue_()
        page.unroute(LATE)

    return begin


def until(page, found):
    for _ in range(300):
        if found():
            return
        page.wait_for_timeout(50)
    raise AssertionError(found)


@pytest.mark.parametrize("path", ["/contracts?show=closed", "/cases/nothing", "/nowhere"])
def test_pages_are_seen_over_one_line_with_one_greeting(person, path):
    lines = Lines(person.page)
    person.page.goto(f"{person.server.address}{path}")
    person.settled()
    assert (len(lines.opened), len(lines.greetings)) == (1, 1)
    if path == "/nowhere":
        person.forgive("404")


def test_server_has_answered_before_the_page_can_begin(person):
    lines, begin = Lines(person.page), held_back(person.page)
    person.page.goto(f"{person.server.address}/contracts", wait_until="commit")
    until(person.page, lambda: lines.is_answered)
    begin()
    expect(person.settled().get_by_role("rowheader").first).to_be_visible()
    assert (len(lines.opened), len(lines.greetings)) == (1, 1)
    # The line goes on as any other: what happens now comes over it.
    person.page.get_by_role("link", name="Invoices").first.click()
    person.page.wait_for_url("**/invoices")
    expect(person.settled().get_by_role("rowheader").first).to_be_visible()
    assert len(lines.opened) == 1


def test_page_that_means_something_else_calls_again(person):
    lines, begin = Lines(person.page), held_back(person.page)
    person.page.goto(f"{person.server.address}/contracts", wait_until="commit")
    until(person.page, lambda: lines.is_answered)
    person.page.evaluate("history.replaceState({}, '', '/contracts?show=closed')")
    begin()
    until(person.page, lambda: len(lines.greetings) == 2)
    expect(person.settled().get_by_role("heading", level=1)).to_have_text("Contracts")
    assert '"show":"closed"' in lines.greetings[1]
    assert len(lines.opened) == 2


def test_line_that_broke_before_the_page_began_is_made_anew(person):
    broken = []

    def meet(line):
        if broken:
            line.connect_to_server()
        else:
            broken.append(line.url)
            line.close()

    person.page.route_web_socket(re.compile("/_event/"), meet)
    page = person.open("/contracts")
    expect(page.get_by_role("rowheader").first).to_be_visible()
    assert len(broken) == 1


def test_a_build_that_does_not_say_what_pages_say_first_is_refused():
    states = (
        "ReflexEvent('s.hydrate_and_load') ReflexEvent('s.on_load_internal') "
        'initialStateHashes = []; stateSchema = "b"'
    )
    manifest = "".join(f'"path":"{one}",' for one in ("", "cases/:number", "cases/new", "404", "*"))
    script = early_line(states, manifest)
    assert '"turn": "s.on_load_internal"' in script
    assert '"routes": ["/", "cases/new", "cases/:number"]' in script
    with pytest.raises(ValueError, match="stateSchema"):
        early_line(states.replace("stateSchema", "schema"), manifest)
