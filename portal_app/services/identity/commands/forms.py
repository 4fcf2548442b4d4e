"""What a form that was posted leaves for the page that is shown next."""

from collections.abc import Mapping

from sqlmodel import Session

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.models import Invitation, PortalSession, SessionStage
from portal_app.services.identity.commands.sessions import keep_notes, open_session
from portal_app.services.transaction import transaction

_LONGEST_VALUE = 254


def leave_note(
    actor: Actor,
    *,
    form: str,
    problem: str = "",
    fields: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    message: str = "",
    user_agent: str = "",
    link: str = "",
) -> str:
    """Keep a refusal, or good news, for the page `form`; never anything secret.

    `link` is the one that is over and was asked to be replaced: a new session goes on telling it.
    Returns the token of a new session when this browser had none, else "".
    """
    note = {
        "form": form,
        "at": clock.now().isoformat(),
        "problem": problem,
        "fields": dict(fields or {}),
        "typed": {name: value[:_LONGEST_VALUE] for name, value in (typed or {}).items()},
        "message": message,
    }
    with transaction(actor) as tx:
        session = tx.session.get(PortalSession, actor.session_id) if actor.session_id else None
        token = ""
        if session is None or session.revoked_at is not None:
            session, token = open_session(
                tx,
                brand_id=actor.brand,
                user_id=None,
                stage=SessionStage.ANONYMOUS,
                invitation_id=_known(tx.session, link),
                user_agent=user_agent,
                ip=actor.ip,
            )
        keep_notes(tx, session, **session.notes | {"note": note})
    return token


def _known(session: Session, link: object) -> str | None:
    """Return a link's id if there is such a link."""
    wanted = text.key(link)
    return wanted if wanted and session.get(Invitation, wanted) else None
