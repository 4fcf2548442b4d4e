"""What the API answers when it declines or fails: JSON with a sentence, never a traceback."""

from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from portal_app.core.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    PortalError,
    TooMany,
    Unavailable,
)
from portal_app.state.base import unexpected

_STATUS: dict[type[PortalError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
}
_A_MINUTE = {"retry-after": "60"}


class Unknown(Exception):
    """Nobody that we know is asking."""


def _answer(status: HTTPStatus, message: str, **more: object) -> Response:
    headers = {"cache-control": "no-store"}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = 'Bearer realm="portal"'
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        headers |= _A_MINUTE
    return JSONResponse({"error": {"message": message, **more}}, status, headers)


def unknown(_request: Request, _fault: Exception) -> Response:
    """Answer whoever comes without a token that is known."""
    words = "Send a token that is in force: Authorization: Bearer …"
    return _answer(HTTPStatus.UNAUTHORIZED, words)


def declined(_request: Request, refusal: Exception) -> Response:
    """Answer a refusal with its own sentence."""
    assert isinstance(refusal, PortalError)
    status = _STATUS.get(type(refusal), HTTPStatus.BAD_REQUEST)
    fields = {"fields": refusal.fields} if isinstance(refusal, Invalid) else {}
    return _answer(status, refusal.message, **fields)


def unreadable(_request: Request, fault: Exception) -> Response:
    """Answer a request whose parameters cannot be read, naming them."""
    assert isinstance(fault, RequestValidationError)
    named = sorted({str(one["loc"][-1]) for one in fault.errors()})
    words = f"Check {', '.join(named)}."
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, words, fields=dict.fromkeys(named, words))


def no_such(_request: Request, fault: Exception) -> Response:
    """Answer for an address or a method that there is not."""
    assert isinstance(fault, HTTPException)
    return _answer(HTTPStatus(fault.status_code), HTTPStatus(fault.status_code).phrase)


def failed(_request: Request, fault: Exception) -> Response:
    """Answer a fault of ours with its reference."""
    notice = unexpected(fault)
    if isinstance(fault, Unavailable):
        words = f"{notice.title}. Try again in a minute. {notice.reference}"
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, words, reference=notice.reference)
    words = f"Something went wrong on our side. Try again in a moment. {notice.reference}"
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, words, reference=notice.reference)


HANDLERS = {
    Unknown: unknown,
    PortalError: declined,
    Unavailable: failed,
    RequestValidationError: unreadable,
    HTTPException: no_such,
    Exception: failed,
}
