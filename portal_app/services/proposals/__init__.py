"""Proposals: an application as its applicant reads it, with its documents and its messages."""

from portal_app.models import AskedState
from portal_app.services.proposals.commands.asking import ask_for, decide, withdraw_ask
from portal_app.services.proposals.commands.files import DOCUMENT
from portal_app.services.proposals.commands.writing import send_message
from portal_app.services.proposals.queries.desk import application_files, communication_log
from portal_app.services.proposals.queries.proposal import proposal
from portal_app.services.proposals.rules.labels import LABELS
from portal_app.services.proposals.views import (
    Asked,
    DocumentDesk,
    Line,
    Log,
    Proposal,
)

__all__ = [
    "DOCUMENT",
    "LABELS",
    "Asked",
    "AskedState",
    "DocumentDesk",
    "Line",
    "Log",
    "Proposal",
    "application_files",
    "ask_for",
    "communication_log",
    "decide",
    "proposal",
    "send_message",
    "withdraw_ask",
]
