"""Where staff send a feed, and fetch what was refused of it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message

from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, PortalError
from portal_app.core.settings import settings
from portal_app.services import identity, imports
from portal_app.state.access import manager
from portal_app.state.base import unexpected
from portal_app.state.imports.runs import UPLOAD_FORM
from portal_app.web.auth.posting import actor_of
from portal_app.web.requests import caller_of

PAGE = "/staff/imports"
_MOST_FIELDS = 5
# What a form adds to the file: boundaries, names, the two other fields.
_AROUND = 100_000
# What is sent beyond is thrown away as it comes; after this many times the limit we hang up.
_MOST_DRAINED = 10
_TOO_LARGE = "too large"


class _TooLarge(MultiPartException):
    """More is being sent than a feed may be; the form's reader then lets go of its files."""


def _most() -> int:
    return settings().feed_megabytes * 1_000_000 + _AROUND


class _Intake:
    """What a request brings: it ends with an exception once there is more than a feed may be.

    The form's reader keeps up to a megabyte in memory, and more in a file without a name.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._taken = 0
        self._is_over = False

    @property
    def is_too_large(self) -> bool:
        """Whether more came, or was announced, than a feed may be."""
        announced = self._request.headers.get("content-length", "0")
        return self._taken > _most() or (announced.isdecimal() and int(announced) > _most())

    @asynccontextmanager
    async def form(self) -> AsyncGenerator[FormData]:
        """Read the form, no further than the limit."""
        if self.is_too_large:
            raise _TooLarge(_TOO_LARGE)
        limited = Request(self._request.scope, self._receive)
        async with limited.form(max_files=1, max_fields=_MOST_FIELDS) as form:
            yield form

    async def drain(self) -> None:
        """Let a browser finish sending: it shows no answer before it has."""
        while not self._is_over and self._taken < _MOST_DRAINED * _most():
            await self._take()

    async def _receive(self) -> Message:
        message = await self._take()
        if self.is_too_large:
            raise _TooLarge(_TOO_LARGE)
        return message

    async def _take(self) -> Message:
        message = await self._request.receive()
        self._taken += len(message.get("body", b""))
        self._is_over = not message.get("more_body", False)
        return message


@manager
async def upload(request: Request) -> Response:
    """Take a feed, leave the job that reads it, and show its run."""
    actor = actor_of(request)
    if not imports.may_import(actor):
        return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    intake = _Intake(request)
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
