"""Addresses that anybody may ask: the brand's looks, and whether the portal is well."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app.core.errors import Unavailable
from portal_app.services import branding, health
from portal_app.state.access import public
from portal_app.web.requests import brand_of, caller_of


def css_text(value: str) -> str:
    """Return the value as a CSS string that nothing can end early."""
    safe = "".join(f"\\{ord(c):x} " if c in '"\\<\n\r\f' else c for c in value if c >= " ")
    return f'"{safe}"'


@public
async def branding_css(request: Request) -> Response:
    """Answer with the colours, fonts and words of the brand that this host stands for."""
    sheet = await asyncio.to_thread(_branding_css, request)
    return Response(sheet, headers={"cache-control": "private, no-cache"}, media_type="text/css")


def _branding_css(request: Request) -> str:
    actor, brand = caller_of(request).actor, brand_of(request)
    looks = branding.brand_css(actor, host=request.headers.get("host", ""))
    told = branding.portal_state(actor, brand=brand.id)
    support, news = told.support, "" if actor.is_anonymous else told.announcement
    call = " · ".join(part for part in (support.phone, support.hours) if part)
    words = {
        "--brand-name": brand.name,
        "--brand-initial": brand.name[:1].upper(),
        "--brand-headline": brand.headline,
        "--brand-help": f"Need help? Call {call}." if call else "",
        "--brand-announcement": " ".join(news.split()),
    }
    values = ";".join(f"{name}:{css_text(value)}" for name, value in words.items())
    shown = ":root .notice.waiting{display:flex}" if news else ""
    return f"{looks}:root{{{values}}}{shown}\n"


@public
async def healthz(_request: Request) -> Response:
    """Answer 200 while the database answers, else 503; says nothing else."""
    try:
        await asyncio.wait_for(asyncio.to_thread(health.check), timeout=2)
    except (SQLAlchemyError, Unavailable, TimeoutError):
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok"})


ROUTES = [
    Route("/branding.css", branding_css, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
]
