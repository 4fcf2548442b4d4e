"""The three that are measured side by side: where each has its pages and what to look for."""

from dataclasses import dataclass

from bench.places import FIRST_PORT, SLOW_AHEAD


@dataclass(frozen=True)
class Page:
    """An address, and what is on the page once it shows what was asked for."""

    path: str
    shown: str
    link: str = ""


@dataclass(frozen=True)
class Contender:
    """A site to measure."""

    name: str
    port: int
    cookie: str
    form: Page
    summary: Page
    contracts: Page
    phone_field: str = "input[name=phone]"

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def slow_address(self) -> str:
        """The same site at the end of a slow line."""
        return f"http://localhost:{self.port + SLOW_AHEAD}"


def _floor(name: str, port: int) -> Contender:
    return Contender(
        name,
        port,
        "floor",
        form=Page("/sign-in", "form button"),
        summary=Page("/summary", ".balance", 'a[href="/summary"]'),
        contracts=Page("/contracts", ".row", 'a[href="/contracts"]'),
    )


HTML = _floor("html", FIRST_PORT + 1)
REFLEX = _floor("reflex", FIRST_PORT + 2)
PORTAL = Contender(
    "portal",
    FIRST_PORT,
    "__Host-portal",
    form=Page("/sign-in", 'form[action="/auth/sign-in"] [type="submit"]'),
    summary=Page("/", "dl.figures dd", 'nav a[href="/"]'),
    contracts=Page("/contracts", 'tbody a[href^="/contracts/"]', 'nav a[href="/contracts"]'),
    phone_field="input[name=identifier]",
)
ALL = (HTML, REFLEX, PORTAL)
