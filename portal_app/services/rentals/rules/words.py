"""What a request's state is called, how it is coloured, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from portal_app.models import RequestState as State
from portal_app.models import ReturnMethod
from portal_app.services import wording


@dataclass(frozen=True, slots=True)
class Look:
    """A state for the eye: its name, a tone (good, warn, bad, info, neutral), the next step."""

    label: str
    tone: str
    next: str


METHOD_WORDS: Mapping[ReturnMethod, str] = {
    ReturnMethod.PICKUP: "Pick up",
    ReturnMethod.DROP_OFF: "Bring back",
}
HAPPENED: Mapping[State, str] = {
    State.SUBMITTED: "Request sent",
    State.ACKNOWLEDGED: "Confirmed by the store",
    State.SCHEDULED: "Time agreed",
    State.RETURNED: "Items received",
    State.COMPLETED: "Checked in",
    State.DECLINED: "Declined by the store",
    State.CANCELLED: "Cancelled",
}
_LABELS: Mapping[State, tuple[str, str]] = {
    State.SUBMITTED: ("Sent", "info"),
    State.ACKNOWLEDGED: ("Confirmed", "good"),
    State.SCHEDULED: ("Scheduled", "info"),
    State.RETURNED: ("Received", "good"),
    State.COMPLETED: ("Completed", "neutral"),
    State.DECLINED: ("Declined", "warn"),
    State.CANCELLED: ("Cancelled", "neutral"),
}
_NEXT: Mapping[State, str] = {
    State.SUBMITTED: "Your store looks at this and confirms when rent stops. It runs until then.",
    State.RETURNED: "Your store has the items and checks them in.",
    State.COMPLETED: "The items are off your account. There is nothing left to do.",
    State.DECLINED: "Rent goes on. Call your store, or send a new request.",
    State.CANCELLED: "Rent goes on as before. You can send a new request at any time.",
}
_NEXT_BY_METHOD: Mapping[tuple[State, ReturnMethod], str] = {
    (State.ACKNOWLEDGED, ReturnMethod.PICKUP): (
        "Your store has confirmed when rent stops, and arranges the pick-up with you."
    ),
    (State.ACKNOWLEDGED, ReturnMethod.DROP_OFF): (
        "Your store has confirmed when rent stops. Bring the items back to the store."
    ),
    (State.SCHEDULED, ReturnMethod.PICKUP): (
        "Have the items ready at the agreed place and time. Call your store to change this."
    ),
    (State.SCHEDULED, ReturnMethod.DROP_OFF): (
        "Bring the items to the store at the agreed time. Call your store to change this."
    ),
}


def look(state: State, method: ReturnMethod) -> Look:
    """Return how a request in this state is shown."""
    label, tone = _LABELS[state]
    return Look(label, tone, _NEXT_BY_METHOD.get((state, method)) or _NEXT[state])


def local_text(moment: datetime, zone: str) -> str:
    """Write a moment as the store's people say it: `24 November 2026 at 08:00 (EST)`."""
    return f"{wording.moment(moment, zone)} ({moment.astimezone(ZoneInfo(zone)):%Z})"
