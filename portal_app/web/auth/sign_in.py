"""Signing in: the password, then the second step."""

from urllib.parse import quote

from portal_app import wiring
from portal_app.core.secrets import fingerprint
from portal_app.services import access, households, identity
from portal_app.services.identity import (
    ActivationStarted,
    EnrolmentNeeded,
    SecondFactorNeeded,
    SignedIn,
    SignInOutcome,
)
from portal_app.web.auth.posting import (
    SIGN_IN,
    Answer,
    Form,
    Posted,
    form_route,
    good_news,
    safe_path,
)

CODE = Form("code", "/sign-in/code")
SET_UP = Form("set_up", "/sign-in/set-up")


def _sign_in(posted: Posted) -> Answer:
    outcome = identity.sign_in(
        posted.actor,
        identifier=posted["identifier"],
        password=posted["password"],
        user_agent=posted.user_agent,
        next_path=safe_path(posted["next"]),
        limiter=wiring.rate_limiter(),
    )
    return arrival(outcome)


def arrival(outcome: SignInOutcome) -> Answer:
    """Return where a sign-in leads: in, or to the step that is still to come."""
    match outcome:
        case SecondFactorNeeded():
            return Answer(CODE.page, outcome.token)
        case EnrolmentNeeded():
            return Answer(SET_UP.page, outcome.token)
        case ActivationStarted():
            return Answer("/register", outcome.token)
        case SignedIn():
            return _inside(outcome)


def _inside(outcome: SignedIn) -> Answer:
    actor = households.tied(identity.caller_for(fingerprint(outcome.token)).actor)
    wanted = safe_path(outcome.next_path)
    if outcome.is_staff:
        return Answer(wanted if wanted != "/" and wanted else "/staff", outcome.token)
    if access.settle_account(actor):
        onward = f"?next={quote(wanted)}" if wanted else ""
        return Answer(f"/choose-account{onward}", outcome.token)
    return Answer(wanted or "/", outcome.token)


def _second_factor(posted: Posted) -> Answer:
    return arrival(
        identity.confirm_second_factor(
            posted.actor, code=posted["code"], limiter=wiring.rate_limiter()
        )
    )


def _set_up(posted: Posted) -> Answer:
    return arrival(
        identity.confirm_enrolment(posted.actor, code=posted["code"], limiter=wiring.rate_limiter())
    )


def _set_up_by_text(posted: Posted) -> Answer:
    identity.start_text_enrolment(posted.actor, limiter=wiring.rate_limiter())
    return Answer("/sign-in/set-up?by=text")


def _resend(posted: Posted) -> Answer:
    identity.resend_code(posted.actor, limiter=wiring.rate_limiter())
    return good_news(posted, CODE, "We have sent you a new code.")


ROUTES = (
    form_route("/auth/sign-in", SIGN_IN, _sign_in),
    form_route("/auth/second-factor", CODE, _second_factor),
    form_route("/auth/resend", CODE, _resend),
    form_route("/auth/set-up", SET_UP, _set_up),
    form_route("/auth/set-up/text", SET_UP, _set_up_by_text),
)
