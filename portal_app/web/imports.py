"""Where staff send a feed, and fetch what was refused of it."""

import asyncio
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, PortalError
from portal_app.core.settings import settings
from portal_app.services import identity, imports
from portal_app.state.access import manager
from portal_app.state.base import unexpected
from portal_app.state.imports.runs import UPLOAD_FORM
from portal_app.web.auth.posting import actor_of
from portal_app.web.intake import Intake
from portal_app.web.requests import caller_of

PAGE = "/staff/imports"
_MOST_FIELDS = 5
# What a form adds to the file: boundaries, names, the two other fields.
_AROUND = 100_000


def _most() -> int:
    return settings().feed_megabytes * 1_000_000 + _AROUND


@manager
async def upload(request: Request) -> Response:
    """Take a feed, leave the job that reads it, and show its run."""
    actor = actor_of(request)
    if not imports.may_import(actor):
        return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    intake = Intake(request, most=_most(), most_fields=_MOST_FIELDS)
    try:
        async with intake.form() as form:
            run = await asyncio.to_thread(_receive, actor, form)
    except Exception as fault:  # noqa: BLE001 - a person must never see a traceback
        await intake.drain()
        words = _too_large() if intake.is_too_large else _words(fault)
        return await asyncio.to_thread(_refused, actor, words)
    return RedirectResponse(f"{PAGE}/{run}", HTTPStatus.SEE_OTHER)


def _receive(actor: Actor, form: FormData) -> str:
    feed, key = form.get("feed"), form.get("key")
    if not isinstance(feed, UploadFile):
        raise Invalid(feed="Choose a file: a zip, or one of the files of a feed.")
    return imports.receive_feed(
        actor,
        name=feed.filename or "",
        content=feed.file,
        dry_run=form.get("dry_run") == "yes",
        key=key if isinstance(key, str) else "",
    )


def _too_large() -> str:
    return f"This is larger than {settings().feed_megabytes} MB. Send it in several parts."


def _words(fault: Exception) -> str:
    if isinstance(fault, PortalError):
        return fault.message
    if isinstance(fault, MultiPartException | HTTPException | ClientDisconnect | ValueError):
        return "The file did not arrive whole. Send it again."
    notice = unexpected(fault)
    return f"{notice.title}. {notice.body} Reference {notice.reference}."


def _refused(actor: Actor, words: str) -> Response:
    identity.leave_note(actor, form=UPLOAD_FORM, fields={"feed": words})
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


@manager
async def refusals(request: Request) -> Response:
    """Answer with everything that an import refused, as a file for a spreadsheet."""
    caller = caller_of(request)
    if caller.actor.is_anonymous:
        return RedirectResponse(f"/sign-in?next={PAGE}", HTTPStatus.SEE_OTHER)
    run = request.path_params["run"]
    text = await asyncio.to_thread(imports.refusals_csv, caller.actor, run=run)
    headers = {
        "content-disposition": 'attachment; filename="refusals.csv"',
        "cache-control": "no-store",
    }
    # The mark tells spreadsheets that this is UTF-8.
    return Response("\ufeff" + text, HTTPStatus.OK, headers, "text/csv; charset=utf-8")


ROUTES = [
    Route("/staff/imports/upload", upload, methods=["POST"]),
    Route("/files/imports/{run}/refusals.csv", refusals, methods=["GET"]),
]
