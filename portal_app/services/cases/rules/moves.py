"""The legal moves of a case, and who may make them (S1-16 to S1-18, S1-21)."""

from collections.abc import Mapping
from enum import StrEnum

from portal_app.models import CaseState as State


class Move(StrEnum):
    """Something that is done to a case."""

    TAKE_UP = "take_up"
    COMMENT = "comment"
    REQUEST_INFO = "request_info"
    PROPOSE_SOLUTION = "propose_solution"
    ACCEPT_SOLUTION = "accept_solution"
    REJECT_SOLUTION = "reject_solution"
    CLOSE = "close"
    AUTO_CLOSE = "auto_close"


class Side(StrEnum):
    """Who makes a move."""

    CUSTOMER = "customer"
    STAFF = "staff"
    PORTAL = "portal"


_CUSTOMER: Mapping[tuple[State, Move], State] = {
    (State.NEW, Move.COMMENT): State.NEW,
    (State.NEW, Move.CLOSE): State.CLOSED,
    (State.OPEN, Move.COMMENT): State.OPEN,
    (State.OPEN, Move.CLOSE): State.CLOSED,
    (State.AWAITING_INFO, Move.COMMENT): State.OPEN,
    (State.AWAITING_INFO, Move.CLOSE): State.CLOSED,
    (State.RESOLVED, Move.COMMENT): State.RESOLVED,
    (State.RESOLVED, Move.ACCEPT_SOLUTION): State.CLOSED,
    (State.RESOLVED, Move.REJECT_SOLUTION): State.OPEN,
}
_STAFF: Mapping[tuple[State, Move], State] = {
    (State.NEW, Move.TAKE_UP): State.OPEN,
    (State.NEW, Move.COMMENT): State.NEW,
    (State.NEW, Move.CLOSE): State.CLOSED,
    (State.OPEN, Move.COMMENT): State.OPEN,
    (State.OPEN, Move.REQUEST_INFO): State.AWAITING_INFO,
    (State.OPEN, Move.PROPOSE_SOLUTION): State.RESOLVED,
    (State.OPEN, Move.CLOSE): State.CLOSED,
    (State.AWAITING_INFO, Move.TAKE_UP): State.OPEN,
    (State.AWAITING_INFO, Move.COMMENT): State.AWAITING_INFO,
    (State.AWAITING_INFO, Move.PROPOSE_SOLUTION): State.RESOLVED,
    (State.AWAITING_INFO, Move.CLOSE): State.CLOSED,
    (State.RESOLVED, Move.COMMENT): State.RESOLVED,
}
_PORTAL: Mapping[tuple[State, Move], State] = {
    (State.RESOLVED, Move.AUTO_CLOSE): State.CLOSED,
}
MOVES: Mapping[Side, Mapping[tuple[State, Move], State]] = {
    Side.CUSTOMER: _CUSTOMER,
    Side.STAFF: _STAFF,
    Side.PORTAL: _PORTAL,
}

FINAL = frozenset({State.CLOSED})
OPEN = frozenset(State) - FINAL
# It is the customer's turn: an answer, or yes or no to a solution.
CUSTOMERS_TURN = frozenset({State.AWAITING_INFO, State.RESOLVED})
# It is our turn.
STAFFS_TURN = OPEN - CUSTOMERS_TURN


def moves_from(state: State, side: Side) -> frozenset[Move]:
    """Return what this side may do to a case in this state."""
    return frozenset(move for here, move in MOVES[side] if here is state)
