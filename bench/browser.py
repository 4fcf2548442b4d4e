"""Chromium with an empty cache, and the clock that says when something was laid out."""

import contextlib
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.prepare import chromium

_FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SLOW_CPU = 4
# Asks at every frame whether what is waited for has a box; keeps the moment in absolute time,
# so that a click in one document and a row in the next can be compared.
_CLOCK = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const wanted = %s;
  window.benchSeen = {};
  window.benchWatch = (path, shown) => {
    delete window.benchSeen[shown];
    const look = () => {
      const here = location.pathname.replace(/(.)\\/$/, "$1") === path;
      const found = here && document.querySelector(shown)?.getClientRects().length;
      if (found) window.benchSeen[shown] = now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  window.benchClick = (link) => { const at = now(); document.querySelector(link).click(); return at; };
  for (const [path, shown] of wanted) window.benchWatch(path, shown);
})();
"""


@dataclass
class Traffic:
    """What went over the line while a page loaded."""

    requests: int = 0
    bytes: int = 0
    script_bytes: int = 0
    _scripts: set[str] = field(default_factory=set)

    def follow(self, session: Any) -> None:
        """Count what the browser's network layer reports."""
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketCreated", self._sent)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.send("Network.enable")

    def _sent(self, _event: Any) -> None:
        self.requests += 1

    def _received(self, event: Any) -> None:
        if event["type"] == "Script":
            self._scripts.add(event["requestId"])

    def _finished(self, event: Any) -> None:
        size = int(event["encodedDataLength"])
        self.bytes += size
        self.script_bytes += size if event["requestId"] in self._scripts else 0

    def _frame(self, event: Any) -> None:
        self.bytes += len(event["response"]["payloadData"])


@contextlib.contextmanager
def chromium_running() -> Generator[Browser]:
    """Start one browser for a whole measure; each visit gets a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*_FLAGS])
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """One person's fresh browser: nothing cached, perhaps signed in, perhaps on a slow phone."""

    def __init__(self, context: BrowserContext, page: Page, traffic: Traffic) -> None:
        self.context, self.page, self.traffic = context, page, traffic

    def started_at(self) -> float:
        """Return when the present document was asked for, in absolute milliseconds."""
        return self.page.evaluate("performance.timeOrigin")

    def seen_at(self, shown: str, *, seconds: float = 30) -> float:
        """Return when this was first laid out, waiting for it if need be."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(Error):  # between two documents there is nobody to ask
                if seen := self.page.evaluate("(s) => window.benchSeen?.[s] ?? 0", shown):
                    return seen
            self.page.wait_for_timeout(20)
        message = f"{shown} was not seen at {self.page.url}: {self.page.inner_text('body')[:300]}"
        raise TimeoutError(message)

    def watch(self, path: str, shown: str) -> None:
        """Look for this at every frame from now on."""
        self.page.evaluate("([path, shown]) => window.benchWatch(path, shown)", [path, shown])

    def click(self, link: str) -> float:
        """Click inside the page and return when."""
        return self.page.evaluate("(link) => window.benchClick(link)", link)


@contextlib.contextmanager
def visit(
    browser: Browser,
    *,
    watching: list[tuple[str, str]],
    cookie: tuple[str, str, str] | None = None,
    is_slow: bool = False,
) -> Generator[Visit]:
    """Open a fresh browser; `watching` are paths with what to look for, `cookie` is
    (address, name, value)."""
    context = browser.new_context()
    if cookie:
        address, name, value = cookie
        # Chromium takes localhost for as safe as https, but sets no secure cookie for plain http.
        url = address.replace("http:", "https:")
        context.add_cookies([{"url": url, "name": name, "value": value, "secure": True}])
    page = context.new_page()
    page.add_init_script(_CLOCK % [list(pair) for pair in watching])
    session = context.new_cdp_session(page)
    traffic = Traffic()
    traffic.follow(session)
    if is_slow:
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    try:
        yield Visit(context, page, traffic)
    finally:
        context.close()
