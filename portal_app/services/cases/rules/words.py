"""What a case's state is called, how it is coloured, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from portal_app.models import CasePriority, CaseTopic, CaseVisibility, Resolution
from portal_app.models import CaseState as State


@dataclass(frozen=True, slots=True)
class Look:
    """A state for the eye: its name, a tone (good, warn, bad, info, neutral), the next step."""

    label: str
    tone: str
    next: str


LOOKS: Mapping[State, Look] = {
    State.NEW: Look(
        "New",
        "info",
        "We have received this and will look at it. You can add to it until we do.",
    ),
    State.OPEN: Look(
        "Open",
        "info",
        "We are working on this and write to you here. There is nothing you have to do.",
    ),
    State.AWAITING_INFO: Look(
        "Waiting for you",
        "warn",
        "We asked you something. Write your answer below, and we go on.",
    ),
    State.RESOLVED: Look(
        "Solution proposed",
        "warn",
        "Read the solution. Accept it and the case is closed, or reject it and we go on.",
    ),
    State.CLOSED: Look(
        "Closed",
        "neutral",
        "This case is closed and stays here to read. A reply opens a new case linked to it.",
    ),
}
# What happened, as the history says it; whoever did it is named beside.
HAPPENED: Mapping[str, str] = {
    "opened": "Case opened",
    "follow_up": "Case opened as a follow-up",
    "taken_up": "Taken up",
    "info_requested": "More information asked for",
    "answered": "Answer received",
    "solution_proposed": "Solution proposed",
    "accepted": "Solution accepted",
    "rejected": "Solution rejected",
    "closed": "Case closed",
    "merged": "Closed, because it goes on in another case",
    "absorbed": "Another case was merged into this one",
    "auto_closed": "Closed, because nobody answered the solution",
    "assigned": "Given to",
    "priority": "Priority set to",
}
TOPICS: Mapping[CaseTopic, str] = {
    CaseTopic.CONTRACT: "A contract",
    CaseTopic.PAYMENT: "A payment or an invoice",
    CaseTopic.ITEM: "An item or a vehicle",
    CaseTopic.DETAILS: "My details or my account",
    CaseTopic.OTHER: "Something else",
}
PRIORITIES: Mapping[CasePriority, str] = {
    CasePriority.URGENT: "Urgent",
    CasePriority.HIGH: "High",
    CasePriority.NORMAL: "Normal",
    CasePriority.LOW: "Low",
}
RESOLUTIONS: Mapping[Resolution, str] = {
    Resolution.SOLVED: "Solved",
    Resolution.EXPLAINED: "Explained",
    Resolution.REPLACED: "Replaced or repaired",
    Resolution.NOT_POSSIBLE: "Not possible",
}
VISIBILITIES: Mapping[CaseVisibility, str] = {
    CaseVisibility.EVERYONE: "Everyone in the household",
    CaseVisibility.CHOSEN: "The head, and members who were chosen",
    CaseVisibility.HEAD: "The head only",
    CaseVisibility.NONE: "Nobody: everybody sees their own",
}
# How soon we answer, by priority (response-time targets).
ANSWER_WITHIN: Mapping[CasePriority, timedelta] = {
    CasePriority.URGENT: timedelta(hours=4),
    CasePriority.HIGH: timedelta(hours=8),
    CasePriority.NORMAL: timedelta(hours=24),
    CasePriority.LOW: timedelta(hours=72),
}


# For staff the same state is somebody else's turn.
_FOR_STAFF: Mapping[State, Look] = {
    State.AWAITING_INFO: Look("Waiting for customer", "neutral", ""),
    State.RESOLVED: Look("Solution proposed", "neutral", ""),
}


def look(state: State, *, for_staff: bool = False) -> Look:
    """Return how a case in this state is shown to a customer, or to staff."""
    return _FOR_STAFF.get(state, LOOKS[state]) if for_staff else LOOKS[state]


# How customers read where a case stands, to choose by.
STATUSES: Mapping[State, str] = {state: look(state).label for state in State}
