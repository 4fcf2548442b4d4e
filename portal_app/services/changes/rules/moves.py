"""The legal moves of a change request, and who may make them (S0-06, S0-11)."""

from collections.abc import Mapping
from enum import StrEnum

from portal_app.core.errors import Conflict
from portal_app.models import ChangeState as State


class Move(StrEnum):
    """Something that is done to a request."""

    AUTO_APPROVE = "auto_approve"
    HOLD_FOR_REVIEW = "hold_for_review"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    APPLY = "apply"
    APPLY_FAILED = "apply_failed"
    RETRY = "retry"


class Side(StrEnum):
    """Who makes a move."""

    CUSTOMER = "customer"
    STAFF = "staff"
    PORTAL = "portal"


MOVES: Mapping[tuple[State, Move], tuple[State, Side]] = {
    (State.SUBMITTED, Move.AUTO_APPROVE): (State.APPROVED, Side.PORTAL),
    (State.SUBMITTED, Move.HOLD_FOR_REVIEW): (State.PENDING_REVIEW, Side.PORTAL),
    (State.PENDING_REVIEW, Move.APPROVE): (State.APPROVED, Side.STAFF),
    (State.PENDING_REVIEW, Move.REJECT): (State.REJECTED, Side.STAFF),
    (State.PENDING_REVIEW, Move.WITHDRAW): (State.WITHDRAWN, Side.CUSTOMER),
    (State.APPROVED, Move.APPLY): (State.APPLIED, Side.PORTAL),
    (State.APPROVED, Move.APPLY_FAILED): (State.APPLY_FAILED, Side.PORTAL),
    (State.APPLY_FAILED, Move.RETRY): (State.APPROVED, Side.STAFF),
    (State.APPLY_FAILED, Move.REJECT): (State.REJECTED, Side.STAFF),
}

FINAL = frozenset({State.APPLIED, State.REJECTED, State.WITHDRAWN})
# Somebody of the staff has to do something.
OPEN = frozenset({State.PENDING_REVIEW, State.APPLY_FAILED})


def after(state: State, move: Move) -> State:
    """Return where a request goes by a move; Conflict where it is too late for it."""
    if (state, move) not in MOVES:
        raise Conflict("This request was dealt with meanwhile. Look at it again, then decide.")
    return MOVES[state, move][0]


def moves_from(state: State, side: Side) -> frozenset[Move]:
    """Return what this side may do to a request in this state."""
    return frozenset(
        move for (here, move), (_, whose) in MOVES.items() if here is state and whose is side
    )
