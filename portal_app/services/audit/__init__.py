"""The account of who did what: its history for staff, and the proof that nobody changed it."""

from portal_app.services.audit.commands import note_refusal
from portal_app.services.audit.queries import history, history_about, verify
from portal_app.services.audit.rules import sentence
from portal_app.services.audit.views import ChainReport, Entry, History

__all__ = [
    "ChainReport",
    "Entry",
    "History",
    "history",
    "history_about",
    "note_refusal",
    "sentence",
    "verify",
]
