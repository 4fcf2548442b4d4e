"""What the page's uploader asks for: a place for a file, its parts, and whether it is here.

The file itself goes straight to the store. Every refusal is a sentence, which the page shows.
"""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, NotFound, PortalError, TooMany, Unavailable
from portal_app.ports import PortUnavailable
from portal_app.services import licensing, uploads
from portal_app.state.access import known
from portal_app.state.base import failure_text
from portal_app.web.failures import status_of
from portal_app.web.requests import caller_of

A_MINUTE = 240
"""Questions about files that one session may ask in a minute."""
LONGEST_BODY = 16_384
SIGN_IN_AGAIN = "You have been signed out. Sign in again, then choose the file again."
NO_QUESTION = "This file could not be sent. Choose it again."

Asked = dict[str, Any]
Work = Callable[[Actor, str, Asked], Asked]


def _route(path: str, work: Work) -> Route:
    """Return the route of one question, which only somebody whom we know may ask."""

    @known
    async def endpoint(request: Request) -> Response:
        caller = caller_of(request)
        if caller.actor.is_anonymous:
            return _refusal(SIGN_IN_AGAIN, HTTPStatus.UNAUTHORIZED)
        try:
            _count(caller.session_id)
            document, asked = request.path_params.get("document", ""), await _read(request)
            return JSONResponse(await asyncio.to_thread(work, caller.actor, document, asked))
        except PortalError as refusal:
            return _refusal(_words(refusal), status_of(refusal))
        except Unavailable as fault:
            return _refusal(failure_text(fault), HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
            return _refusal(failure_text(fault), HTTPStatus.INTERNAL_SERVER_ERROR)

    return Route(path, endpoint, methods=["POST"], name=work.__name__.strip("_"))


def _begin(actor: Actor, _document: str, asked: Asked) -> Asked:
    purpose = uploads.purpose_of(asked.get("purpose"))
    licensing.require_module(actor, module=purpose.module)
    key = asked.get("key")
    begun = uploads.begin(
        actor,
        purpose=purpose.key,
        owner=asked.get("owner"),
        name=asked.get("name"),
        media_type=asked.get("type"),
        size=asked.get("size"),
        sha256=asked.get("sha256", ""),
        label=asked.get("label", ""),
        key=key if isinstance(key, str) else "",
        store=wiring.object_store(),
    )
    ticket = begun.ticket and {"url": begun.ticket.url, "fields": begun.ticket.fields}
    known = {"document": begun.document, "state": begun.state}
    return known | {"form": ticket, "in_parts": begun.is_in_parts}


def _parts(actor: Actor, document: str, _asked: Asked) -> Asked:
    found = uploads.part_addresses(actor, document=document, store=wiring.object_store())
    missing = [{"number": one.number, "size": one.size, "url": one.url} for one in found.missing]
    return {"part_size": found.part_size, "missing": missing}


def _arrived(actor: Actor, document: str, _asked: Asked) -> Asked:
    return {"state": uploads.confirm(actor, document=document, store=wiring.object_store())}


def _cancel(actor: Actor, document: str, _asked: Asked) -> Asked:
    return {"state": uploads.cancel(actor, document=document)}


def _count(session_id: str) -> None:
    try:
        has_room = wiring.rate_limiter().hit("uploads", A_MINUTE, 60, session_id)
    except PortUnavailable:
        return  # how many files somebody sends is counted in the database as well
    if not has_room:
        raise TooMany


async def _read(request: Request) -> Asked:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                raise Invalid(file=NO_QUESTION)
        asked = json.loads(body or b"{}")
    except (ValueError, RecursionError, ClientDisconnect) as fault:
        raise Invalid(file=NO_QUESTION) from fault
    if not isinstance(asked, dict):
        raise Invalid(file=NO_QUESTION)
    return cast("Asked", asked)


def _words(refusal: PortalError) -> str:
    if isinstance(refusal, NotFound):
        return "What this file belongs to is not there any more. Open the page again."
    return refusal.message


def _refusal(words: str, status: HTTPStatus) -> Response:
    return JSONResponse({"problem": words}, status)


ROUTES = [
    _route("/uploads", _begin),
    _route("/uploads/{document}/parts", _parts),
    _route("/uploads/{document}/arrived", _arrived),
    _route("/uploads/{document}/cancel", _cancel),
]
