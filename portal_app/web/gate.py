"""The outermost wrapper: nothing reaches the application without passing here."""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal_app import wiring
from portal_app.core.actor import Access
from portal_app.core.errors import Unavailable
from portal_app.core.secrets import fingerprint
from portal_app.core.settings import settings
from portal_app.ports import PortUnavailable
from portal_app.services import limits
from portal_app.services.identity import Caller
from portal_app.state.shell import DOOR_OF_A_LINK
from portal_app.web import cookies, failures, packets, refusals, tabs
from portal_app.web.callers import caller_for
from portal_app.web.headers import PagePolicies, cache_rule, standing_headers
from portal_app.web.requests import client_ip

log = logging.getLogger("portal.gate")
ALIASES = {"/portal": "/sign-in", "/staff/login": "/sign-in"}
# Browsers ask for this one where a page names no other, such as beside a PDF.
_ELSEWHERE = {**ALIASES, "/favicon.ico": "/favicon.svg"}
WRONG_ORIGIN, TRY_AGAIN_LATER = 4403, 1013
SOCKETS_PER_SESSION = 10
NOWHERE = "/nowhere"
# Where it does not matter who asks, or where that is asked later: these answer in any outage.
_FOR_NOBODY = (
    "/assets/", "/fonts/", "/portal.css", "/boot.js", "/favicon.svg",
    "/_event", "/api/", "/healthz", "/hooks/",
)  # fmt: skip
# What another machine posts, of its own accord and signed: exactly these, and no page's form.
SIGNED = frozenset({"/hooks/payments"})
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Empty = Callable[[str], Awaitable[None]]


class PageAccess:
    """Which pages exist and what each demands, from the table of routes."""

    def __init__(self, pages: dict[str, Access]) -> None:
        self._pages = [
            (re.compile("^" + re.sub(r"\\\[\w+\\\]", "[^/]+", re.escape(path)) + "/?$"), access)
            for path, access in pages.items()
        ]

    def of(self, path: str) -> Access | None:
        """Return what the page at this path demands, or None when there is no such page."""
        return next((access for pattern, access in self._pages if pattern.match(path)), None)


class Gate:
    """Checks origins, resolves the cookie, binds sockets to sessions, and sets the headers."""

    def __init__(
        self, app: ASGIApp, pages: PageAccess, policies: PagePolicies, *, empty: Empty
    ) -> None:
        """Stand before `app`; `empty` is told of each tab whose session is over."""
        self._app = app
        self._empty = empty
        self._pages = pages
        self._policies = policies
        self._endings: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on, or refuse it."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    # Requests ---------------------------------------------------------------------------

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], Headers(scope=scope)
        scope = self._without_redirect(_behind_the_counter(scope))
        send = self._with_headers(path, send)
        is_unsafe = scope["method"] in _UNSAFE and path not in SIGNED
        if is_unsafe and not self._is_ours(headers):
            refusals.from_elsewhere(f"{scope['method']} {path[:80]}", headers.get("origin", ""))
            answer: Response | None = PlainTextResponse("This form was sent from elsewhere.", 403)
        elif scope["method"] in {"TRACE", "CONNECT"}:
            answer = PlainTextResponse("Method not allowed", HTTPStatus.METHOD_NOT_ALLOWED)
        else:
            answer = await self._identified(scope, path, headers)
        await (answer or self._app)(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "")
        if origin == "null":
            # A page whose address holds a link names no origin. Only the browser itself, never a
            # page, can say that the form is of the same one.
            return site == "same-origin"
        return origin in settings().origins and site in {"", "same-origin", "none"}

    async def _identified(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        try:
            return await self._identify(scope, path, headers)
        except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
            return failures.failed(Request(scope), fault)

    async def _identify(self, scope: Scope, path: str, headers: Headers) -> Response | None:
        """Attach the caller; answer at once where the page is not for them."""
        if path.startswith(_FOR_NOBODY):
            return None
        if path in _ELSEWHERE:
            return RedirectResponse(_ELSEWHERE[path], HTTPStatus.SEE_OTHER)
        token_hash = _token_hash(headers)
        ip = client_ip(scope, headers)
        caller = await asyncio.to_thread(caller_for, token_hash, ip=ip)
        scope.setdefault("state", {})["caller"] = caller
        if caller.ended_link and path == "/sign-in" and b"ended=" in scope["query_string"]:
            # The page itself leaves for there when its time is up, whoever it showed.
            return RedirectResponse(DOOR_OF_A_LINK, HTTPStatus.SEE_OTHER)
        needed = self._pages.of(path)
        if needed is None or caller.actor.has(needed):
            return None
        if caller.actor.is_anonymous:
            target = path if not (query := scope["query_string"].decode()) else f"{path}?{query}"
            door = "/i/code" if needed is Access.PARTY else "/sign-in"  # S2-01
            return RedirectResponse(f"{door}?next={quote(target)}", HTTPStatus.SEE_OTHER)
        if path != "/":  # where everybody starts: others are led on from there
            await asyncio.to_thread(refusals.refused, caller.actor, path)
        return RedirectResponse(caller.actor.home, HTTPStatus.SEE_OTHER)

    def _without_redirect(self, scope: Scope) -> Scope:
        """Serve `/contracts` from its folder directly, where the server would redirect."""
        path = scope["path"]
        if path != "/" and path in self._policies.paths:
            return {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()}
        return scope

    def _with_headers(self, path: str, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                content_type = headers.get("content-type", "")
                for name, value in standing_headers(settings(), path).items():
                    headers.setdefault(name, value)
                rule = cache_rule(path, content_type, message["status"])
                headers.setdefault("cache-control", rule)
                if content_type.startswith("text/html"):
                    policy = self._policies.policy(path, settings())
                    headers.setdefault("content-security-policy", policy)
            await send(message)

        return sending

    # Sockets ----------------------------------------------------------------------------

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        caller = await self._let_in(scope, headers)
        if isinstance(caller, int):
            await receive()
            await send({"type": "websocket.close", "code": caller})
            return
        ending = asyncio.Event()
        if caller.session_id:
            self._endings[caller.session_id].add(ending)
        bound, tab = tabs.bound(scope, headers, caller)
        try:
            await self._app(bound, packets.until(ending, packets.only(receive), send), send)
        finally:
            self._endings[caller.session_id].discard(ending)
            if not self._endings[caller.session_id]:
                del self._endings[caller.session_id]
            if ending.is_set():
                await self._empty(tab)

    async def _let_in(self, scope: Scope, headers: Headers) -> Caller | int:
        """Return who opens a tab, or the code with which it is closed."""
        is_ours = headers.get("origin", "") in settings().origins
        if not is_ours:
            refusals.from_elsewhere("socket", headers.get("origin", ""))
        if not is_ours or not self._has_room(client_ip(scope, headers)):
            return WRONG_ORIGIN
        caller = await _caller_of(headers)
        if caller is None:
            return TRY_AGAIN_LATER
        if caller.session_id and len(self._endings[caller.session_id]) >= SOCKETS_PER_SESSION:
            return packets.SESSION_ENDED
        return caller

    @staticmethod
    def _has_room(ip: str) -> bool:
        """Say whether this network may open one more tab this minute."""
        amount = settings().sockets_per_minute
        try:
            return wiring.rate_limiter().hit("sockets", amount, 60, limits.network(ip))
        except PortUnavailable:
            return True  # what a tab may do is decided event by event

    def end_sockets(self, session_ids: set[str]) -> None:
        """Cut off every open tab of these sessions; called on the event loop."""
        for session_id in session_ids & self._endings.keys():
            for ending in tuple(self._endings[session_id]):
                ending.set()

    def connected_sessions(self) -> set[str]:
        """Return the sessions that have a tab open in this process."""
        return set(self._endings) - {""}


def _behind_the_counter(scope: Scope) -> Scope:
    """Let there be nothing at Reflex's own addresses, nor under a second name of a page.

    What they tell (that it is well, how it is built) is for operators, who ask `/healthz`.
    """
    path = scope["path"]
    is_reflexs = path == "/ping" or (path.startswith("/_") and not path.startswith("/_event"))
    is_crooked = "//" in path or not {".", ".."}.isdisjoint(path.split("/"))
    if is_reflexs or is_crooked or path.endswith(".html"):
        return {**scope, "path": NOWHERE, "raw_path": NOWHERE.encode()}
    return scope


async def _caller_of(headers: Headers) -> Caller | None:
    """Return who opens a tab, or None while nobody can say: the tab tries again by itself."""
    try:
        return await asyncio.to_thread(caller_for, _token_hash(headers))
    except Unavailable as fault:
        log.warning("a tab was put off", extra={"fault": type(fault).__name__})
        return None


def _token_hash(headers: Headers) -> str:
    token = cookies.token_of(headers.get("cookie", ""))
    return fingerprint(token) if token else ""
