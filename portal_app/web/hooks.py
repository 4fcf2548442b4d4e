"""Where a payment gateway sends what it has to say: signed by it, or not read at all.

It comes from no page of ours, so the gate asks for no origin here. The signature stands in its
place, and is the first thing that is looked at.
"""

import asyncio
import logging
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.ports import PortRefused
from portal_app.services import payments
from portal_app.state.access import public

log = logging.getLogger("portal.hooks")
PATH = "/hooks/payments"
LONGEST_BODY = 262_144
_SYSTEM = Actor.system("payments")


@public
async def payment_notice(request: Request) -> Response:
    """Note that the gateway has news, and leave the job that asks it; the news is not believed."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return Response(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await _read(request)
    if body is None:
        return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        await asyncio.to_thread(_take, body, dict(request.headers))
    except PortRefused:
        log.warning("payment notice refused")
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    # The same for news and for what is known or does not concern us: nothing else is to be learnt.
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _take(body: bytes, headers: dict[str, str]) -> None:
    payments.take_notice(_SYSTEM, body=body, headers=headers, gateway=wiring.payment_gateway())


async def _read(request: Request) -> bytes | None:
    """Return the body, or None once it is longer than any notice is."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return body


ROUTES = [Route(PATH, payment_notice, methods=["POST"])]
