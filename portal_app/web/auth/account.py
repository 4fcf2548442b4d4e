"""Leaving, staying, and choosing which account to look at."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app.core.actor import Access
from portal_app.services import access, identity
from portal_app.state.access import public
from portal_app.web.auth.posting import (
    SIGN_IN,
    Answer,
    Form,
    Posted,
    actor_of,
    form_route,
    safe_path,
)

CHOICE = Form("choose_account", "/choose-account")


def _sign_out(posted: Posted) -> Answer:
    identity.sign_out(posted.actor)
    door = "/i/code" if posted.actor.is_guest else "/sign-in"
    return Answer(f"{door}?ended=signed-out", signs_out=True)


def _choose_account(posted: Posted) -> Answer:
    access.choose_account(posted.actor, account=posted["account"])
    return Answer(safe_path(posted["next"]) or "/")


@public
async def stay(request: Request) -> Response:
    """Note that somebody is still there; 401 says that they are signed out already."""
    actor = actor_of(request)
    if actor.is_anonymous:
        return JSONResponse({"seconds": 0}, 401)
    return JSONResponse({"seconds": await asyncio.to_thread(identity.stay, actor)})


ROUTES = (
    form_route("/auth/sign-out", SIGN_IN, _sign_out),
    form_route("/auth/account", CHOICE, _choose_account, Access.CONSUMER),
    Route("/auth/stay", stay, methods=["POST"]),
)
