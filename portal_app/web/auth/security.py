"""Changing how one signs in: each of these gives the browser a new token."""

from urllib.parse import quote

from portal_app import wiring
from portal_app.core.actor import Access
from portal_app.services import identity
from portal_app.services.identity import CodeSent
from portal_app.web.auth.posting import Answer, Form, Posted, form_route, good_news, safe_path

PAGE = "/security"
STEP_UP = Form("step_up", PAGE)
PASSWORD = Form("password", PAGE)
FACTOR = Form("factor", PAGE)
FACTOR_OFF = Form("factor_off", PAGE)
DEVICES = Form("devices", PAGE)


def _step_up(posted: Posted) -> Answer:
    outcome = identity.step_up(
        posted.actor,
        password=posted["password"],
        code=posted["code"],
        limiter=wiring.rate_limiter(),
    )
    target = safe_path(posted["next"])
    if isinstance(outcome, CodeSent):
        return Answer(f"{PAGE}?step=code" + (f"&next={quote(target)}" if target else ""))
    return Answer(target or PAGE, outcome.token)


def _change_password(posted: Posted) -> Answer:
    renewed = identity.change_password(
        posted.actor,
        current=posted["current"],
        new_password=posted["new_password"],
        limiter=wiring.rate_limiter(),
    )
    return _done(renewed.token, "password")


def _start_texts(posted: Posted) -> Answer:
    identity.start_text_enrolment(posted.actor, limiter=wiring.rate_limiter())
    return Answer(f"{PAGE}?factor=text")


def _confirm_factor(posted: Posted) -> Answer:
    outcome = identity.confirm_enrolment(
        posted.actor, code=posted["code"], limiter=wiring.rate_limiter()
    )
    return _done(outcome.token, "factor-on")


def _switch_factor_off(posted: Posted) -> Answer:
    outcome = identity.disable_second_factor(
        posted.actor, password=posted["password"], limiter=wiring.rate_limiter()
    )
    return _done(outcome.token, "factor-off")


def _done(token: str, what: str) -> Answer:
    return Answer(f"{PAGE}?done={what}", token)


def _end_others(posted: Posted) -> Answer:
    ended = identity.end_other_sessions(posted.actor)
    message = "Every other device is signed out." if ended else "No other device was signed in."
    return good_news(posted, DEVICES, message)


def _sign_out_everywhere(posted: Posted) -> Answer:
    identity.sign_out_everywhere(posted.actor)
    return Answer("/sign-in?ended=everywhere", signs_out=True)


_OWN = Access.SIGNED_IN
ROUTES = (
    form_route("/auth/step-up", STEP_UP, _step_up, _OWN),
    form_route("/auth/password", PASSWORD, _change_password, _OWN),
    form_route("/auth/factor/text", FACTOR, _start_texts, _OWN),
    form_route("/auth/factor/confirm", FACTOR, _confirm_factor, _OWN),
    form_route("/auth/factor/off", FACTOR_OFF, _switch_factor_off, _OWN),
    form_route("/auth/sign-out-elsewhere", DEVICES, _end_others, _OWN),
    form_route("/auth/sign-out-everywhere", DEVICES, _sign_out_everywhere, _OWN),
)
