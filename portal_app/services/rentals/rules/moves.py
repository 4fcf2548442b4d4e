"""The legal moves of an off-rent request, and who may make them (S3-25)."""

from collections.abc import Mapping
from enum import StrEnum

from portal_app.models import RequestState as State


class Move(StrEnum):
    """Something that is done to a request."""

    ACKNOWLEDGE = "acknowledge"
    CANCEL = "cancel"
    DECLINE = "decline"
    SCHEDULE = "schedule"
    RESCHEDULE = "reschedule"
    RECEIVE_RETURN = "receive_return"
    PICK_UP = "pick_up"
    CHECK_IN = "check_in"


class Side(StrEnum):
    """On which side of the counter a move is made."""

    CUSTOMER = "customer"
    STAFF = "staff"


MOVES: Mapping[tuple[State, Move], tuple[State, Side]] = {
    (State.SUBMITTED, Move.ACKNOWLEDGE): (State.ACKNOWLEDGED, Side.STAFF),
    (State.SUBMITTED, Move.CANCEL): (State.CANCELLED, Side.CUSTOMER),
    (State.SUBMITTED, Move.DECLINE): (State.DECLINED, Side.STAFF),
    (State.ACKNOWLEDGED, Move.SCHEDULE): (State.SCHEDULED, Side.STAFF),
    (State.ACKNOWLEDGED, Move.CANCEL): (State.CANCELLED, Side.CUSTOMER),
    (State.ACKNOWLEDGED, Move.DECLINE): (State.DECLINED, Side.STAFF),
    (State.ACKNOWLEDGED, Move.RECEIVE_RETURN): (State.RETURNED, Side.STAFF),
    (State.SCHEDULED, Move.RESCHEDULE): (State.SCHEDULED, Side.STAFF),
    (State.SCHEDULED, Move.PICK_UP): (State.RETURNED, Side.STAFF),
    (State.SCHEDULED, Move.CANCEL): (State.CANCELLED, Side.STAFF),
    (State.RETURNED, Move.CHECK_IN): (State.COMPLETED, Side.STAFF),
}

FINAL = frozenset({State.COMPLETED, State.DECLINED, State.CANCELLED})
# Their quantity cannot be called off a second time.
OPEN = frozenset(State) - FINAL
# The store has to do something; a scheduled request waits for its day.
NEEDS_ACTION = OPEN - {State.SCHEDULED}


def moves_from(state: State, side: Side) -> frozenset[Move]:
    """Return what this side may do to a request in this state."""
    return frozenset(
        move for (here, move), (_, whose) in MOVES.items() if here is state and whose is side
    )
