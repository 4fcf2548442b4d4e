"""What a route answers when it declines or fails: a sentence and a reference, never a traceback."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal_app.core.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PortalError,
    TooMany,
    Unavailable,
)
from portal_app.state.base import Notice, turned_away, unexpected
from portal_app.web.requests import caller_of

_STATUS: dict[type[PortalError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
}
_WAIT_SECONDS = "30"
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/portal.css"><link rel="stylesheet" href="/branding.css"></head>
<body><main class="main"><div class="wrap failed"><h1 class="h1">{title}</h1><p>{body}</p>
<p><a class="a" href="/">Go to the start page</a></p></div></main></body></html>"""


def _page(title: str, body: str, status: HTTPStatus) -> Response:
    escaped = (text.replace("&", "&amp;").replace("<", "&lt;") for text in (title, body))
    shown_title, shown_body = escaped
    return HTMLResponse(_PAGE.format(title=shown_title, body=shown_body), status)


def _with_reference(notice: Notice) -> str:
    return f"{notice.body} If you contact us, give this reference: {notice.reference}."


def status_of(refusal: PortalError) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    return _STATUS.get(type(refusal), HTTPStatus.BAD_REQUEST)


def declined(request: Request, refusal: Exception) -> Response:
    """Answer a refusal with its own sentence and a reference."""
    assert isinstance(refusal, PortalError)
    status = status_of(refusal)
    notice = turned_away(refusal, caller_of(request).actor, request.url.path)
    title = notice.title if status is HTTPStatus.NOT_FOUND else "That did not work"
    return _page(title, _with_reference(notice), status)


def failed(request: Request, fault: Exception) -> Response:
    """Answer a fault of ours with its reference; a page that may be shown later asks again."""
    notice = unexpected(fault)
    body = _with_reference(notice)
    if not isinstance(fault, Unavailable):
        return _page(notice.title, body, HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = _page(notice.title, body, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["retry-after"] = _WAIT_SECONDS
    answer.headers["cache-control"] = "no-store"
    if request.method == "GET":
        answer.headers["refresh"] = _WAIT_SECONDS
    return answer


HANDLERS = {PortalError: declined, Unavailable: failed, Exception: failed}
