"""Addresses that anybody may ask: whether the portal is well."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app.core.errors import Unavailable
from portal_app.services import health
from portal_app.state.access import public


@public
async def healthz(_request: Request) -> Response:
    """Answer 200 while the database answers, else 503; says nothing else."""
    try:
        await asyncio.wait_for(asyncio.to_thread(health.check), timeout=2)
    except (SQLAlchemyError, Unavailable, TimeoutError):
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok"})


ROUTES = [Route("/healthz", healthz, methods=["GET"])]
