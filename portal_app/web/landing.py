"""Where browsers send files while the store is a folder of this machine: what an S3 store does.

Whoever comes without a policy that the portal signed minutes ago finds nothing here.
"""

import asyncio
from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from portal_app import wiring
from portal_app.core.errors import NotFound, TooMany
from portal_app.integrations.disk_store import ADDRESS, DiskStore
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import uploads
from portal_app.state.access import known
from portal_app.web.intake import Intake, TooLarge
from portal_app.web.requests import caller_of

A_MINUTE = 240
"""Files and parts of files that one session may send in a minute."""
_MOST_FIELDS = 6
# What a form adds to the file: boundaries, and the policy.
_AROUND = 8_192


@known
async def land(request: Request) -> Response:
    """Keep a file that is posted with a form of ours."""
    if not (store := _store(request)):
        return Response(status_code=HTTPStatus.UNAUTHORIZED)
    intake = Intake(request, most=uploads.PART_SIZE + _AROUND, most_fields=_MOST_FIELDS)
    try:
        async with intake.form() as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise NotFound
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            kind = file.content_type or ""
            await asyncio.to_thread(store.take, fields, file.file, media_type=kind)
    except (PortRefused, MultiPartException, HTTPException, ClientDisconnect, ValueError) as fault:
        await intake.drain()
        raise NotFound from fault
    return Response(status_code=HTTPStatus.NO_CONTENT)


@known
async def land_part(request: Request) -> Response:
    """Keep one part of a large file, which is put to an address of ours."""
    if not (store := _store(request)):
        return Response(status_code=HTTPStatus.UNAUTHORIZED)
    token = request.path_params["token"]
    try:
        most = store.part_size(token)
        content = await Intake(request, most=most, most_fields=0).body()
        await asyncio.to_thread(store.take_part, token, content)
    except (PortRefused, TooLarge) as fault:
        raise NotFound from fault
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _store(request: Request) -> DiskStore | None:
    """Return the folder for somebody who is signed in, None for anybody else."""
    caller, store = caller_of(request), wiring.disk_store()
    if caller.actor.is_anonymous:
        return None
    if store is None:
        raise NotFound
    try:
        has_room = wiring.rate_limiter().hit("landing", A_MINUTE, 60, caller.session_id)
    except PortUnavailable:
        has_room = True  # what may land was counted when its policy was signed
    if not has_room:
        raise TooMany
    return store


ROUTES = [
    Route(ADDRESS, land, methods=["POST"]),
    Route(f"{ADDRESS}/{{token}}", land_part, methods=["PUT"]),
]
