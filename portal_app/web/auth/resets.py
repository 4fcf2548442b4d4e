"""A new password for who has forgotten theirs."""

from portal_app import wiring
from portal_app.core.errors import PortalError
from portal_app.core.text import key as readable
from portal_app.services import identity
from portal_app.web.auth.posting import (
    Answer,
    Form,
    Posted,
    form_route,
    good_news,
    good_news_at_the_door,
)

RESET = Form("reset", "/reset", ("identifier",))
NEW_PASSWORD = Form("new_password", "/reset")
SENT = (
    "If we know that phone number or email address, a link to choose a new password is on its "
    "way to the email address that belongs to it. It works for one hour."
)
DONE = "Your password is changed. Sign in with it now."


def _request(posted: Posted) -> Answer:
    identity.request_reset(
        posted.actor, identifier=posted["identifier"], limiter=wiring.rate_limiter()
    )
    return good_news(posted, RESET, SENT)


def _confirm(posted: Posted) -> Answer:
    token = posted["token"]
    try:
        identity.reset_password(
            posted.actor,
            token=token,
            new_password=posted["new_password"],
            limiter=wiring.rate_limiter(),
        )
    except PortalError as refusal:
        return _back(posted, token, refusal)
    return good_news_at_the_door(posted, DONE)


def _back(posted: Posted, token: str, refusal: PortalError) -> Answer:
    """Show the refusal on the page of the link, whose address holds the token."""
    fields = getattr(refusal, "fields", {})
    left = identity.leave_note(
        posted.actor,
        form=NEW_PASSWORD.name,
        problem="" if fields else refusal.message,
        fields=fields,
        user_agent=posted.user_agent,
    )
    is_token = readable(token).replace("-", "").replace("_", "").isalnum()
    return Answer(f"/reset/{token}" if is_token else "/reset", left)


ROUTES = (
    form_route("/auth/reset", RESET, _request),
    form_route("/auth/reset/confirm", NEW_PASSWORD, _confirm),
)
