"""Coming into an application by a link: the button, the code, another code (S2-01 to S2-03)."""

from urllib.parse import quote

from portal_app import wiring
from portal_app.core.errors import PortalError
from portal_app.services import applications
from portal_app.web.auth.posting import (
    Answer,
    Form,
    Posted,
    at_link,
    form_route,
    good_news,
    safe_path,
)

PLACE = "/i"
LINK = Form("access", "/i/unknown")
CODE = Form("access_code", "/i/code")
ASKED = "We have been told that you would like a new link. Somebody looks at it and sends you one."
SENT = "We have sent you a new code. The one before no longer works."


def _open(posted: Posted) -> Answer:
    try:
        token = applications.open_link(
            posted.actor,
            token=posted["token"],
            user_agent=posted.user_agent,
            limiter=wiring.rate_limiter(),
        )
    except PortalError as refusal:
        return at_link(posted, LINK, PLACE, problem=refusal.message)
    return Answer(CODE.page, token)


def _ask(posted: Posted) -> Answer:
    # Whoever was in when the link ended has no token at hand: the session says which it was.
    link = "" if posted["token"] else posted.ended_link
    form = CODE if link else LINK
    try:
        applications.ask_for_access(
            posted.actor, token=posted["token"], link=link, limiter=wiring.rate_limiter()
        )
    except PortalError as refusal:
        return at_link(posted, form, PLACE, problem=refusal.message)
    return at_link(posted, form, PLACE, message=ASKED)


def _confirm(posted: Posted) -> Answer:
    token, number = applications.confirm_access_code(
        posted.actor, code=posted["code"], limiter=wiring.rate_limiter()
    )
    own = f"/applications/{quote(number, safe='')}"
    wanted = safe_path(posted["next"])
    return Answer(wanted if wanted.startswith(f"{own}/") else own, token)


def _resend(posted: Posted) -> Answer:
    applications.resend_access_code(posted.actor, limiter=wiring.rate_limiter())
    return good_news(posted, CODE, SENT)


ROUTES = (
    form_route("/auth/application", LINK, _open),
    form_route("/auth/application/ask-again", LINK, _ask),
    form_route("/auth/application/code", CODE, _confirm),
    form_route("/auth/application/resend", CODE, _resend),
)
