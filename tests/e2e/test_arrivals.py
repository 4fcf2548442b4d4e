"""Between an address and its data nothing of the page before is seen under the new address."""

import pytest
from playwright.sync_api import expect

# Every frame: the address in the bar, and the heading that can be read.
SEEN = """() => {
  window.seen = [];
  const look = () => {
    const head = document.querySelector("main h1");
    const isShown = head && getComputedStyle(head).visibility === "visible";
    window.seen.push([location.pathname, isShown ? head.textContent : ""]);
    requestAnimationFrame(look);
  };
  look();
}"""
ROWS = "main tbody th a[href^='/contracts/']"


def headings_at(page, address: str) -> set[str]:
    """Return every heading that could be read under an address since the page was watched."""
    return {words for path, words in page.evaluate("window.seen") if path == address and words}


def opened(page, link) -> str:
    """Follow a link inside the portal; return the heading of the page once its data is there."""
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{address}")
    number = address.rsplit("/", 1)[1]
    expect(page.locator("main h1")).to_contain_text(number)
    expect(page.locator("main h1")).to_be_visible()
    return address


@pytest.mark.requirement("S3-23")
def test_a_contract_is_never_read_under_the_address_of_another(visit):
    page = visit("rental_customer").open("/contracts")
    expect(page.locator(ROWS).nth(1)).to_be_visible()
    page.evaluate(SEEN)
    addresses = []
    for place in (0, 1, 0):
        addresses.append(opened(page, page.locator(ROWS).nth(place)))
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Contracts")
    first, second, _ = addresses
    assert first != second
    for address, other in ((first, second), (second, first)):
        number = other.rsplit("/", 1)[1]
        assert not [words for words in headings_at(page, address) if number in words]


# The section that can be read, in every frame since the document began.
SECTIONS = """window.seen = new Set();
(function look() {
  const chosen = document.querySelector("main .seg [aria-pressed=true]");
  if (chosen && getComputedStyle(chosen).visibility === "visible") seen.add(chosen.textContent);
  requestAnimationFrame(look);
})();"""


def test_a_new_document_never_shows_the_section_that_the_tab_had_open_before(visit):
    person = visit(role="admin")
    person.page.add_init_script(SECTIONS)
    address = "/staff/applications/MA-60412"
    page = person.open(f"{address}?section=history")
    assert page.evaluate("[...seen]") == ["History"]
    page = person.open(f"{address}?section=answers")
    assert page.evaluate("[...seen]") == ["Answers"]
    # What is chosen on the page is not in its address, so that a reload of it is no other case.
    page.get_by_text("Communication log", exact=True).click()
    page.wait_for_function("() => seen.has('Communication log')")
    page = person.open(f"{address}?section=answers")
    assert page.evaluate("[...seen]") == ["Answers"]


class SlowLine:
    """The line from the server, which can be held up."""

    def __init__(self, page):
        self.is_held, self._waiting = False, []
        page.route_web_socket("**/_event/**", self._between)

    def _between(self, browser):
        self._browser, server = browser, browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(lambda words: self._pass_on(words))

    def _pass_on(self, words):
        if self.is_held:
            self._waiting.append(words)
        else:
            self._browser.send(words)

    def let_go(self):
        self.is_held = False
        for words in self._waiting:
            self._browser.send(words)


def test_the_page_before_can_neither_be_read_nor_pressed_while_the_line_is_slow(visit):
    person = visit("rental_customer")
    line = SlowLine(person.page)
    page = person.open("/contracts")
    opened(page, page.locator(ROWS).first)
    page.go_back()
    expect(page.locator(ROWS).nth(1)).to_be_visible()
    line.is_held = True
    page.locator(ROWS).nth(1).click()
    expect(page.locator(".arriving")).to_be_visible()
    expect(page.locator("main h1")).to_be_hidden()
    line.let_go()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator(".arriving")).to_be_hidden()
