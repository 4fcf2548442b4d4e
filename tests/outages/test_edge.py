"""The edge itself while the database is away: every way in has an answer."""

import httpx
import pytest
from starlette.applications import Starlette

from portal_app.core.actor import Access
from portal_app.core.settings import settings
from portal_app.models import database
from portal_app.web.failures import HANDLERS
from portal_app.web.gate import TRY_AGAIN_LATER, Gate, PageAccess
from portal_app.web.headers import PagePolicies
from portal_app.web.public import ROUTES
from tests.outages.calling import AWAY
from tests.people import database_at
from tests.servers import free_port


@pytest.fixture
def gate(monkeypatch):
    short = settings().model_copy(update={"database_patience_seconds": 1})
    monkeypatch.setattr(database, "settings", lambda: short)
    inside = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    with database_at(f"postgresql+psycopg://portal@127.0.0.1:{free_port()}/portal"):
        pages = PageAccess({"/contracts": Access.CONSUMER})
        yield Gate(inside, pages, PagePolicies(), empty=nothing_to_empty)


async def nothing_to_empty(_tab):
    raise AssertionError("no tab was open")


async def ask(gate, method, path):
    headers = {"origin": settings().origins[0], "cookie": "__Host-portal=some-token"}
    transport = httpx.ASGITransport(gate)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.request(method, path, headers=headers)


@pytest.mark.asvs("16.5.2")
@pytest.mark.parametrize("path", ["/contracts", "/branding.css", "/auth/sign-in", "/files/x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_each_address_says_that_our_records_are_away(gate, method, path):
    answer = await ask(gate, method, path)
    assert answer.status_code == 503
    assert AWAY in answer.text
    assert answer.headers["retry-after"] == "30"
    assert ("refresh" in answer.headers) is (method == "GET")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"]


@pytest.mark.asvs("16.5.2")
async def test_the_health_address_says_no(gate):
    answer = await ask(gate, "GET", "/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


@pytest.mark.asvs("16.5.3")
async def test_a_tab_is_put_off_and_not_let_in_as_nobody(gate):
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    headers = [(b"origin", settings().origins[0].encode()), (b"cookie", b"__Host-portal=token")]
    scope = {"type": "websocket", "path": "/_event/", "headers": headers, "query_string": b"",
             "client": ("127.0.0.1", 5)}  # fmt: skip
    await gate(scope, receive, send)
    assert sent == [{"type": "websocket.close", "code": TRY_AGAIN_LATER}]


@pytest.mark.parametrize("path", ["/portal.css", "/boot.js", "/favicon.svg", "/fonts/a.woff2"])
async def test_what_the_page_that_says_so_looks_like_needs_no_database(gate, path):
    assert (await ask(gate, "GET", path)).status_code == 404  # asked for inside, which has none
