"""Setting up an account through an invitation: the link is exchanged here, never by looking."""

from portal_app import wiring
from portal_app.core.errors import PortalError
from portal_app.services import invitations
from portal_app.web.auth.posting import (
    Answer,
    Form,
    Posted,
    at_link,
    form_route,
    good_news,
    good_news_at_the_door,
)

PLACE = "/activate"
LINK = Form("activate", "/activate/unknown")
CODE = Form("activate_code", "/activate/code")
PASSWORD = Form("activate_password", "/activate/password")
ASKED = (
    "We have been told that you would like a new link. Somebody looks at it and sends you one, or "
    "calls you."
)
SENT = "We have sent you a new code. The one before no longer works."


def _start(posted: Posted) -> Answer:
    try:
        token = invitations.start_activation(
            posted.actor,
            token=posted["token"],
            user_agent=posted.user_agent,
            limiter=wiring.rate_limiter(),
        )
    except PortalError as refusal:
        return at_link(posted, LINK, PLACE, problem=refusal.message)
    return Answer(CODE.page, token)


def _ask_again(posted: Posted) -> Answer:
    try:
        invitations.ask_for_new_link(
            posted.actor, token=posted["token"], limiter=wiring.rate_limiter()
        )
    except PortalError as refusal:
        return at_link(posted, LINK, PLACE, problem=refusal.message)
    return at_link(posted, LINK, PLACE, message=ASKED)


def _confirm(posted: Posted) -> Answer:
    token = invitations.confirm_activation(
        posted.actor, code=posted["code"], limiter=wiring.rate_limiter()
    )
    return Answer(PASSWORD.page, token)


def _resend(posted: Posted) -> Answer:
    invitations.resend_activation_code(posted.actor, limiter=wiring.rate_limiter())
    return good_news(posted, CODE, SENT)


def _finish(posted: Posted) -> Answer:
    message = invitations.finish_activation(posted.actor, new_password=posted["new_password"])
    return good_news_at_the_door(posted, message)


ROUTES = (
    form_route("/auth/activate", LINK, _start),
    form_route("/auth/activate/ask-again", LINK, _ask_again),
    form_route("/auth/activate/code", CODE, _confirm),
    form_route("/auth/activate/resend", CODE, _resend),
    form_route("/auth/activate/password", PASSWORD, _finish),
)
