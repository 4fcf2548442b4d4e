"""The operator's looks: the style sheet of the host, its logo, and where staff send a new one."""

import asyncio
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import Invalid, NotFound, PortalError
from portal_app.core.secrets import fingerprint
from portal_app.services import branding, identity
from portal_app.state.access import admin, public
from portal_app.state.base import failure_text
from portal_app.state.looks.logo import LOGO_FORM
from portal_app.web.auth.posting import actor_of
from portal_app.web.intake import Intake
from portal_app.web.requests import brand_of, caller_of

PAGE = "/staff/settings/portal?group=theme"
_MOST_FIELDS = 6
_AROUND = 100_000  # what a form adds to the file
# A drawing is a document as well: whoever opens it by its address gets a picture and nothing else.
_PICTURE = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "public, no-cache",
}


def css_text(value: str) -> str:
    """Return the value as a CSS string that nothing can end early."""
    safe = "".join(f"\\{ord(c):x} " if c in '"\\<\n\r\f' else c for c in value if c >= " ")
    return f'"{safe}"'


@public
async def branding_css(request: Request) -> Response:
    """Answer with the colours, fonts and words of the brand that this host stands for."""
    sheet = await asyncio.to_thread(_branding_css, request)
    headers = {"cache-control": "private, no-cache"}
    return _unless_known(request, Response(sheet, headers=headers, media_type="text/css"), sheet)


@public
async def logo(request: Request) -> Response:
    """Answer with the logo of the brand that this host stands for; 404 while it has none."""
    brand = await asyncio.to_thread(brand_of, request)
    if brand.logo is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    try:
        found = await asyncio.to_thread(
            branding.logo_file,
            caller_of(request).actor,
            brand=brand.id,
            fingerprint=brand.logo.fingerprint,
        )
    except NotFound:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    answer = Response(found.content, headers=_PICTURE, media_type=found.media_type)
    return _unless_known(request, answer, brand.logo.fingerprint)


@admin
async def send_logo(request: Request) -> Response:
    """Take a logo from an administrator, show it at once, and go back to the page."""
    actor = actor_of(request)
    if not actor.has(Access.ADMIN):
        return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    intake = Intake(request, most=branding.LOGO_BYTES + _AROUND, most_fields=_MOST_FIELDS)
    try:
        async with intake.form() as form:
            await asyncio.to_thread(_receive, actor, form)
        fields, problem = dict[str, str](), ""
    except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
        await intake.drain()
        fields, problem = _words(fault, is_too_large=intake.is_too_large)
    await asyncio.to_thread(
        identity.leave_note, actor, form=LOGO_FORM, fields=fields, problem=problem
    )
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


def _receive(actor: Actor, form: FormData) -> None:
    sent, seen, key = form.get("logo"), form.get("seen"), form.get("key")
    has_file = isinstance(sent, UploadFile) and bool(sent.filename)
    branding.set_logo(
        actor,
        content=sent.file if has_file and isinstance(sent, UploadFile) else None,
        alt=form.get("alt"),
        seen=int(seen) if isinstance(seen, str) and seen.isdecimal() else -1,
        key=key if isinstance(key, str) else "",
    )


def _words(fault: Exception, *, is_too_large: bool) -> tuple[dict[str, str], str]:
    if is_too_large:
        return {"logo": "This is larger than 1 MB. Save it smaller and send that."}, ""
    if isinstance(fault, Invalid):
        return dict(fault.fields), ""
    if isinstance(fault, PortalError):
        return {}, fault.message
    if isinstance(fault, MultiPartException | HTTPException | ClientDisconnect | ValueError):
        return {"logo": "The picture did not arrive whole. Send it again."}, ""
    return {}, failure_text(fault)


def _branding_css(request: Request) -> str:
    actor, brand = caller_of(request).actor, brand_of(request)
    looks = branding.brand_css(actor, host=request.headers.get("host", ""))
    told = branding.portal_state(actor, brand=brand.id)
    support, news = told.support, "" if actor.is_anonymous else told.announcement
    call = " · ".join(part for part in (support.phone, support.hours) if part)
    words = {
        "--brand-name": brand.logo.alt if brand.logo else brand.name,
        "--brand-initial": brand.name[:1].upper(),
        "--brand-headline": brand.headline,
        "--brand-help": f"Need help? Call {call}." if call else "",
        "--brand-announcement": " ".join(news.split()),
    }
    values = ";".join(f"{name}:{css_text(value)}" for name, value in words.items())
    shown = ":root .notice.waiting{display:flex}" if news else ""
    return f"{looks}:root{{{values}}}{shown}{_logo_css(brand.logo)}\n"


def _logo_css(logo: branding.Logo | None) -> str:
    """Show the picture in its own shape, in place of the initial; its words stay for readers."""
    if logo is None:
        return ""
    hidden = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    return (
        # Stronger than the portal's own sheet, whichever of the two comes first in a page.
        f":root .brand-logo{{display:block;aspect-ratio:{logo.width}/{logo.height};"
        # Open pages take the new picture with the new sheet.
        f'content:url("/branding/logo?v={logo.fingerprint[:12]}")}}'
        f".brand .mark{{display:none}}.brand>span:has(.brand-name){{{hidden}}}"
    )


def _unless_known(request: Request, answer: Response, content: str) -> Response:
    """Say that nothing has changed to who has it already."""
    tag = f'"{fingerprint(content)[:32]}"'
    if request.headers.get("if-none-match") == tag:
        known = {"cache-control": answer.headers["cache-control"], "etag": tag}
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=known)
    answer.headers["etag"] = tag
    return answer


ROUTES = [
    Route("/branding.css", branding_css, methods=["GET"]),
    Route("/branding/logo", logo, methods=["GET"]),
    Route("/staff/branding/logo", send_logo, methods=["POST"]),
]
