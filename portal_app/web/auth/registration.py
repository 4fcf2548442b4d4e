"""Registering by phone number, and finishing it with the code from the letter."""

from portal_app import wiring
from portal_app.services import access
from portal_app.web.auth.posting import (
    Answer,
    Form,
    Posted,
    form_route,
    good_news,
    good_news_at_the_door,
)

REGISTER = Form("register", "/register", ("phone", "email", "postal_code"))
CODE = Form("register_code", "/register/code")


def _register(posted: Posted) -> Answer:
    token = access.start_registration(
        posted.actor,
        phone=posted["phone"],
        email=posted["email"],
        postal_code=posted["postal_code"],
        new_password=posted["new_password"],
        key=posted["key"],
        user_agent=posted.user_agent,
        limiter=wiring.rate_limiter(),
    )
    return Answer(CODE.page, token)


def _confirm(posted: Posted) -> Answer:
    message = access.confirm_registration(
        posted.actor, code=posted["code"], limiter=wiring.rate_limiter()
    )
    return good_news_at_the_door(posted, message)


def _resend(posted: Posted) -> Answer:
    access.resend_registration_code(posted.actor, limiter=wiring.rate_limiter())
    message = "If those details match ours, we have sent a new code to your email."
    return good_news(posted, CODE, message)


ROUTES = (
    form_route("/auth/register", REGISTER, _register),
    form_route("/auth/confirm-registration", CODE, _confirm),
    form_route("/auth/register/resend", CODE, _resend),
)
