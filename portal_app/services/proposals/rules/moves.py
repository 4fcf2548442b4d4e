"""Where a document that was asked for may go from where it stands."""

from enum import StrEnum

from portal_app.core.errors import Conflict
from portal_app.models import AskedState as State


class Move(StrEnum):
    """What happens to it."""

    ASK_AGAIN = "ask_again"
    ARRIVE = "arrive"
    GET_LOST = "get_lost"
    ACCEPT = "accept"
    REJECT = "reject"


MOVES = {
    (State.REQUESTED, Move.ARRIVE): State.RECEIVED,
    (State.RECEIVED, Move.ARRIVE): State.RECEIVED,
    (State.RECEIVED, Move.GET_LOST): State.REQUESTED,
    (State.RECEIVED, Move.ACCEPT): State.ACCEPTED,
    (State.RECEIVED, Move.REJECT): State.REJECTED,
    # Accepted before it was checked, and then refused by the check.
    (State.ACCEPTED, Move.GET_LOST): State.REQUESTED,
    (State.REJECTED, Move.ARRIVE): State.RECEIVED,
    (State.REJECTED, Move.ASK_AGAIN): State.REQUESTED,
    (State.ACCEPTED, Move.ASK_AGAIN): State.REQUESTED,
}


def may(state: State, move: Move) -> bool:
    """Say whether it can go on like this."""
    return (state, move) in MOVES


def after(state: State, move: Move) -> State:
    """Return where it goes; Conflict when it cannot go there from here."""
    if not may(state, move):
        raise Conflict("This document has gone on meanwhile. Look at the list again.")
    return MOVES[state, move]
