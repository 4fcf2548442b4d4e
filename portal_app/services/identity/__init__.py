"""Who people are: sign-ins, sessions, second factors."""

from portal_app.services.identity.commands.sessions import (
    end_session,
    end_sessions_of,
    keep_notes,
    open_session,
    rotate,
    stay,
)
from portal_app.services.identity.queries.callers import caller_for
from portal_app.services.identity.views import Caller

__all__ = [
    "Caller",
    "caller_for",
    "end_session",
    "end_sessions_of",
    "keep_notes",
    "open_session",
    "rotate",
    "stay",
]
