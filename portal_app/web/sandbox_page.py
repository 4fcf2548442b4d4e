"""The sandbox gateway's own page: plain HTML, where a real gateway would show one elsewhere.

It knows no session and no state of the portal, as a real one would not: whoever holds its address
may choose a test method on it.
"""

import asyncio
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from portal_app import wiring
from portal_app.core import text
from portal_app.core.errors import NotFound
from portal_app.state.access import public
from portal_app.web.auth.posting import read_form, safe_path

CHOOSE = "Choose a card or an account."
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates" / "plain"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
_HEADERS = {"cache-control": "no-store"}


class _Group(NamedTuple):
    name: str
    methods: list[object]


@public
async def sandbox_page(request: Request) -> Response:
    """Show the page on which a test card is added to a contract, and take the choice."""
    fields = await read_form(request) if request.method == "POST" else {}
    if fields is None:
        return Response("This form is larger than we take.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return await asyncio.to_thread(_answer, request, fields)


def _answer(request: Request, fields: dict[str, str]) -> Response:
    gateway = wiring.sandbox_gateway()
    name = text.key(request.path_params["page"])
    page = gateway.hosted_page(name) if gateway else None
    if gateway is None or page is None:
        raise NotFound
    way_back = _way_back(page.return_url)
    is_post = request.method == "POST"
    if page.is_finished or (is_post and gateway.choose(name, fields.get("method", ""))):
        return RedirectResponse(way_back, HTTPStatus.SEE_OTHER, _HEADERS)
    kinds = {"Cards": "card", "Bank accounts": "bank_account"}
    shown = _TEMPLATES.get_template("sandbox_page.html").render(
        page=page,
        address=request.url.path,
        way_back=way_back,
        problem=CHOOSE if is_post else "",
        groups=[
            _Group(words, [one for one in gateway.methods if one.kind == kind])
            for words, kind in kinds.items()
        ],
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_post else HTTPStatus.OK
    return HTMLResponse(shown, status, _HEADERS)


def _way_back(return_url: str) -> str:
    """Return the portal's own page that the browser came from, on whichever host it has open."""
    parts = urlsplit(return_url)
    return safe_path(f"{parts.path}?{parts.query}" if parts.query else parts.path) or "/"


ROUTES = [Route("/sandbox-gateway/{page}", sandbox_page, methods=["GET", "POST"])]
