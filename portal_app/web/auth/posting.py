"""How a form is read and answered: what was typed is kept, except what is secret."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import Invalid, PortalError
from portal_app.core.text import key as readable
from portal_app.services import identity
from portal_app.state.access import access as marked
from portal_app.state.base import failure_text
from portal_app.web import cookies
from portal_app.web.requests import brand_of, caller_of, client_ip

LONGEST_BODY = 16_384
MOST_FIELDS = 20
LONGEST_PATH = 500
# Pages that lead on to where somebody wanted to go, also after a wrong try.
_GOING_ON = frozenset({"/sign-in", "/security"})


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came in: who sent it, from which browser, and its fields as text.

    `ended_link` is the link by which this browser was in an application, and is no longer.
    """

    actor: Actor
    user_agent: str
    ended_link: str = ""
    values: dict[str, str] = field(default_factory=dict[str, str])

    def __getitem__(self, name: str) -> str:
        """Return a field, "" if it was not sent."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the browser goes next, and what becomes of its token."""

    path: str
    token: str = ""
    signs_out: bool = False


Work = Callable[[Posted], Answer]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name in the notes, its page, and the fields that are shown again if refused."""

    name: str
    page: str
    shown_again: tuple[str, ...] = ()


SIGN_IN = Form("sign_in", "/sign-in", ("identifier",))


def form_route(path: str, form: Form, work: Work, needed: Access = Access.PUBLIC) -> Route:
    """Return the route that takes a form's post, marked with the access that it needs."""

    @marked(needed)
    async def endpoint(request: Request) -> Response:
        return await _handle(request, form, work, needed)

    return Route(path, endpoint, methods=["POST"], name=work.__name__.strip("_"))


async def _handle(request: Request, form: Form, work: Work, needed: Access) -> Response:
    values = await read_form(request)
    if values is None:
        return Response("This form is larger than we take.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not values.get("next"):
        values["next"] = _next_of_page(request)
    return await asyncio.to_thread(_respond, request, values, form, work, needed)


async def read_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a small form; None for a body that is no such thing."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: found[0] for name, found in fields.items()}


def _next_of_page(request: Request) -> str:
    """Return the `next` in the address of the page that holds the form.

    The field of that name is filled by the page's state; whoever is faster would forget it.
    """
    try:
        page = urlsplit(request.headers.get("referer", ""))
        return parse_qs(page.query, max_num_fields=MOST_FIELDS).get("next", [""])[0]
    except ValueError:
        return ""


def actor_of(request: Request) -> Actor:
    """Return who posts; somebody unknown belongs to the brand whose host they asked."""
    actor = caller_of(request).actor
    brand = actor.brand or brand_of(request).id
    return replace(actor, brand=brand, ip=client_ip(request.scope, request.headers))


def _respond(
    request: Request, values: dict[str, str], form: Form, work: Work, needed: Access
) -> Response:
    posted = Posted(
        actor_of(request),
        request.headers.get("user-agent", "")[:200],
        caller_of(request).ended_link,
        values,
    )
    if not posted.actor.has(needed):
        return _redirect(Answer("/sign-in"))
    try:
        answer = work(posted)
    except Invalid as refusal:
        answer = _refused(posted, form, fields=refusal.fields)
    except PortalError as refusal:
        answer = _refused(posted, form, problem=refusal.message)
    except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
        answer = _refused(posted, form, problem=failure_text(fault))
    return _redirect(answer)


def _refused(
    posted: Posted, form: Form, *, problem: str = "", fields: dict[str, str] | None = None
) -> Answer:
    token = identity.leave_note(
        posted.actor,
        form=form.name,
        problem=problem,
        fields=fields,
        typed={name: posted[name] for name in form.shown_again},
        user_agent=posted.user_agent,
    )
    path = form.page
    if (target := safe_path(posted["next"])) and path in _GOING_ON:
        path = f"{path}?next={quote(target)}"
    return Answer(path, token)


def good_news(posted: Posted, form: Form, message: str) -> Answer:
    """Go on to a form's page and say there what was done."""
    token = identity.leave_note(
        posted.actor, form=form.name, message=message, user_agent=posted.user_agent
    )
    return Answer(form.page, token)


def at_link(
    posted: Posted, form: Form, place: str, *, problem: str = "", message: str = ""
) -> Answer:
    """Answer on the page of a link, `place` and its token; on the form's own page without one."""
    token = posted["token"]
    left = identity.leave_note(
        posted.actor,
        form=form.name,
        problem=problem,
        message=message,
        user_agent=posted.user_agent,
        link=posted.ended_link,
    )
    is_token = readable(token).replace("-", "").replace("_", "").isalnum() and token.isascii()
    return Answer(f"{place}/{token}" if is_token else form.page, left)


def good_news_at_the_door(posted: Posted, message: str) -> Answer:
    """Say on the sign-in page what was done: the session that did it has ended."""
    nobody = replace(posted, actor=replace(posted.actor, session_id=""))
    return good_news(nobody, SIGN_IN, message)


def _redirect(answer: Answer) -> Response:
    response = RedirectResponse(answer.path, HTTPStatus.SEE_OTHER)
    if answer.signs_out:
        cookies.clear_token(response)
    elif answer.token:
        cookies.set_token(response, answer.token)
    return response


def safe_path(wanted: str) -> str:
    r"""Return an address of this portal's own, or "" for anything else.

    A browser reads two slashes, backslashes and control characters in ways that lead elsewhere.
    """
    is_plain = wanted.isascii() and wanted.isprintable() and not set(wanted) & {"\\", " "}
    if not is_plain or len(wanted) > LONGEST_PATH or not wanted.startswith("/"):
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    is_inside = not parts.scheme and not parts.netloc and not wanted.startswith("//")
    is_page = not parts.path.startswith(("/auth/", "/sign-in", "/_"))
    return wanted if is_inside and is_page else ""
