"""Papers and files to take away. The services decide who may have them; a stranger gets 404."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import chain
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid, NotFound, TooMany
from portal_app.ports import PortUnavailable
from portal_app.services import (
    billing,
    consents,
    contracts,
    licensing,
    payments,
    proposals,
    uploads,
)
from portal_app.services.documents import Document
from portal_app.state.access import known, signed_in
from portal_app.web.requests import caller_of

A_MINUTE = 30
"""Documents that one session may take in a minute: each costs tens of milliseconds or more."""

# Nothing in a file may reach our origin, and nobody may keep what is somebody's own.
_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
# Waiting for a turn must not take the threads in which everything else is answered.
_turns = anyio.CapacityLimiter(4)


@signed_in
async def contract_file(request: Request) -> Response:
    """Answer with the PDF of a contract, a quote or a reservation (S3-23)."""
    contract = request.path_params["contract"]

    def print_it(actor: Actor) -> Document:
        if contracts.contract_by_id(actor, contract=contract).row.is_rental:
            _need_rental(actor)
        return contracts.contract_document(actor, contract=contract, renderer=wiring.pdf_renderer())

    return await _answer(request, print_it)


@signed_in
async def invoice_file(request: Request) -> Response:
    """Answer with the PDF of an invoice (S3-03)."""
    invoice = request.path_params["invoice"]

    def print_it(actor: Actor) -> Document:
        _need_rental(actor)
        return billing.invoice_document(actor, invoice=invoice, renderer=wiring.pdf_renderer())

    return await _answer(request, print_it)


@signed_in
async def statement_file(request: Request) -> Response:
    """Answer with the PDF of a statement for a day (S3-20)."""
    account, day = request.path_params["account"], request.path_params["day"]

    def print_it(actor: Actor) -> Document:
        _need_rental(actor)
        try:
            return billing.statement_document(
                actor, account=account, as_of=day, renderer=wiring.pdf_renderer()
            )
        except Invalid as refusal:
            raise NotFound(refusal.message) from refusal

    return await _answer(request, print_it)


@signed_in
async def receipt_file(request: Request) -> Response:
    """Answer with the PDF of a receipt for a payment (S0-26)."""
    instalment = request.path_params["instalment"]

    def print_it(actor: Actor) -> Document:
        return payments.receipt_document(
            actor, instalment=instalment, renderer=wiring.pdf_renderer()
        )

    return await _answer(request, print_it)


@known
async def consent_file(request: Request) -> Response:
    """Answer with the PDF that proves one choice about marketing (S4-16)."""
    receipt = request.path_params["receipt"]

    def print_it(actor: Actor) -> Document:
        return consents.receipt_document(actor, receipt=receipt, renderer=wiring.pdf_renderer())

    return await _answer(request, print_it)


@signed_in
async def application_file(request: Request) -> Response:
    """Answer with all documents of an application in one archive, for staff (S4-31)."""
    number = request.path_params["number"]

    def pack(actor: Actor) -> tuple[uploads.Download, bytes]:
        store = wiring.object_store()
        purpose = proposals.DOCUMENT.key
        return uploads.bundle(actor, purpose=purpose, owner=number, store=store), b""

    return await _hand_out(request, pack)


@known
async def kept_file(request: Request) -> Response:
    """Answer with a file that somebody sent, once it has passed its check (S4-30)."""
    name = request.path_params["document"]
    return await _hand_out(request, lambda actor: _opened(actor, name))


async def _hand_out(
    request: Request, take: Callable[[Actor], tuple[uploads.Download, bytes]]
) -> Response:
    caller = caller_of(request)
    if caller.actor.is_anonymous:
        return _to_sign_in(request)
    _count(caller.session_id)
    found, first = await anyio.to_thread.run_sync(take, caller.actor, limiter=_turns)
    headers = {
        "content-disposition": disposition(found.name),
        "content-length": str(found.size),
        **_HEADERS,
    }
    content = chain([first], found.content)
    return StreamingResponse(content, HTTPStatus.OK, headers, found.media_type)


def _opened(actor: Actor, document: str) -> tuple[uploads.Download, bytes]:
    """Return a file with its first piece: a fault is told before anything is on its way."""
    licensing.require_module(actor, module=uploads.module_of(actor, document=document))
    found = uploads.download(actor, document=document, store=wiring.object_store())
    return found, next(found.content, b"")


async def _answer(request: Request, print_it: Callable[[Actor], Document]) -> Response:
    caller = caller_of(request)
    if caller.actor.is_anonymous:
        return _to_sign_in(request)
    _count(caller.session_id)
    document = await anyio.to_thread.run_sync(print_it, caller.actor, limiter=_turns)
    headers = {"content-disposition": disposition(document.filename), **_HEADERS}
    return Response(document.content, HTTPStatus.OK, headers, "application/pdf")


def _to_sign_in(request: Request) -> Response:
    here = quote(request.url.path, safe="/")
    return RedirectResponse(f"/sign-in?next={here}", HTTPStatus.SEE_OTHER)


def _need_rental(actor: Actor) -> None:
    licensing.require_module(actor, module="rental")


def _count(session_id: str) -> None:
    try:
        has_room = wiring.rate_limiter().hit("documents", A_MINUTE, 60, session_id)
    except PortUnavailable:
        return  # who may have it is still asked
    if not has_room:
        raise TooMany


def disposition(filename: str) -> str:
    """Return the header that saves a file under its name (RFC 6266, RFC 8187)."""
    plain = filename.encode("ascii", "replace").decode().translate({34: "_", 92: "_", 37: "_"})
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


ROUTES = [
    Route("/files/applications/{number}", application_file, methods=["GET"]),
    Route("/files/documents/{document}", kept_file, methods=["GET"]),
    Route("/files/consents/{receipt}", consent_file, methods=["GET"]),
    Route("/files/contracts/{contract}", contract_file, methods=["GET"]),
    Route("/files/invoices/{invoice}", invoice_file, methods=["GET"]),
    Route("/files/receipts/{instalment}", receipt_file, methods=["GET"]),
    Route("/files/statements/{account}/{day}", statement_file, methods=["GET"]),
]
