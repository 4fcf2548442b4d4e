"""The line to the server is open before the scripts of a page are, and nothing depends on it."""

import re

import pytest
from playwright.sync_api import expect

from portal_app.web.line import early_line

GREETING = "40/_event,"
LATE = "**/assets/entry.client-*.js"  # the page cannot begin without it
NEXT = "**/assets/_invoices_._index-*.js"  # and cannot give way to this one without that


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
    def turns(self):
        return [frame for frame in self.sent if ".on_load_internal" in frame]

    @property
    def answers(self):
        return sum('"is_hydrated_rx_state_":true' in frame for frame in self.got)


def held_back(page, script=LATE):
    """Keep the page from beginning, or from giving way; what is returned lets it."""
    waiting = []
    page.route(script, lambda route: waiting.append(route))

    def begin():
        for route in waiting:
            route.continue_()
        page.unroute(script)

    return begin


@pytest.fixture
def leaving(person):
    """Somebody on a list whose next page does not come before `leaving.arrive()`."""
    person.lines, person.arrive = Lines(person.page), held_back(person.page, NEXT)
    person.open("/contracts")
    return person


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
    until(person.page, lambda: lines.answers)
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
    until(person.page, lambda: lines.answers)
    person.page.evaluate("history.replaceState({}, '', '/contracts?show=closed')")
    begin()
    until(person.page, lambda: len(lines.greetings) == 2)
    expect(person.settled().get_by_role("heading", level=1)).to_have_text("Contracts")
    assert '"show":"closed"' in lines.greetings[1]
    assert len(lines.opened) == 2


def test_server_has_answered_before_the_page_gives_way(leaving):
    page, lines = leaving.page, leaving.lines
    shown = page.get_by_role("main").inner_text()
    page.get_by_role("link", name="Invoices").first.click()
    until(page, lambda: lines.answers == 2)
    assert page.get_by_role("main").inner_text() == shown, "what was answered is held back"
    leaving.arrive()
    page.wait_for_url("**/invoices")
    expect(leaving.settled().get_by_role("rowheader").first).to_contain_text("INV")
    assert (len(lines.turns), len(lines.opened)) == (1, 1)


def test_page_that_speaks_before_it_gives_way_is_heard(leaving):
    page, lines = leaving.page, leaving.lines
    page.get_by_role("link", name="Invoices").first.click()
    until(page, lambda: lines.answers == 2)
    page.get_by_role("searchbox").fill("nothing is called this")
    until(page, lambda: any("look_for" in frame for frame in lines.sent))
    expect(page.get_by_role("main")).to_contain_text("No contracts match")
    leaving.arrive()
    page.wait_for_url("**/invoices")
    expect(leaving.settled().get_by_role("rowheader").first).to_contain_text("INV")
    assert (len(lines.turns), len(lines.opened)) == (2, 1)


def test_line_begins_anew_when_a_followed_link_leads_nowhere(person):
    page, lines = person.page, Lines(person.page)
    page.clock.install()
    person.open("/contracts")
    # Nobody follows a link that another script has taken, but that cannot be seen at the click.
    page.evaluate("addEventListener('click', (event) => event.preventDefault(), {capture: true})")
    page.get_by_role("link", name="Invoices").first.click()
    until(page, lambda: lines.answers == 2)
    page.clock.fast_forward(10_000)
    until(page, lambda: len(lines.greetings) == 2)
    assert "/contracts" in lines.greetings[1], "the server knows again where the page is"
    expect(person.settled().get_by_role("rowheader").first).to_be_visible()


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


def test_a_build_that_does_not_say_what_pages_say_is_refused():
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
