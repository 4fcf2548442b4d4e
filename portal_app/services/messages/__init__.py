"""Conversations between customers and staff, whatever they are about.

Whoever owns the thing says who may read and write there; this keeps what was said.
"""

from portal_app.services.messages.commands import require_calm, say
from portal_app.services.messages.queries import said_in, writers
from portal_app.services.messages.rules import BODY_LIMIT, MOST_AN_HOUR, read_words
from portal_app.services.messages.views import Said, Thread

__all__ = [
    "BODY_LIMIT",
    "MOST_AN_HOUR",
    "Said",
    "Thread",
    "read_words",
    "require_calm",
    "said_in",
    "say",
    "writers",
]
