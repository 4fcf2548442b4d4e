"""What people agreed to: by which channels they may be sent marketing, and the proof of it."""

from portal_app.models import ConsentChannel, ConsentSource
from portal_app.services.consents.commands import choose, receipt_document
from portal_app.services.consents.queries import allows, preferences
from portal_app.services.consents.rules import CHANNELS
from portal_app.services.consents.views import Answer, Preference, Preferences

__all__ = [
    "CHANNELS",
    "Answer",
    "ConsentChannel",
    "ConsentSource",
    "Preference",
    "Preferences",
    "allows",
    "choose",
    "preferences",
    "receipt_document",
]
