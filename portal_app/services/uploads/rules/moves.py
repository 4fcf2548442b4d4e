"""Where an upload may go from where it stands."""

from enum import StrEnum

from portal_app.core.errors import Conflict
from portal_app.models import UploadState as State


class Move(StrEnum):
    """What happens to an upload."""

    FIRST_BYTE = "first_byte"
    RESUME = "resume"
    STORAGE_EVENT = "storage_event"
    SCAN = "scan"
    CLEAN = "clean"
    BAD = "bad"
    SCANNER_DOWN = "scanner_down"
    ENCRYPTED_AND_MOVED = "encrypted_and_moved"
    MOVE_ERROR = "move_error"
    RETRY = "retry"
    TTL = "ttl"
    TAKEN_OFF = "taken_off"


MOVES = {
    (State.REQUESTED, Move.FIRST_BYTE): State.UPLOADING,
    (State.REQUESTED, Move.TTL): State.ABANDONED,
    (State.UPLOADING, Move.RESUME): State.UPLOADING,
    (State.UPLOADING, Move.TTL): State.ABANDONED,
    (State.UPLOADING, Move.STORAGE_EVENT): State.RECEIVED,
    (State.RECEIVED, Move.SCAN): State.SCANNING,
    (State.SCANNING, Move.CLEAN): State.SEALING,
    (State.SCANNING, Move.BAD): State.REJECTED,
    (State.SCANNING, Move.SCANNER_DOWN): State.RECEIVED,
    (State.SEALING, Move.ENCRYPTED_AND_MOVED): State.IMPORTED,
    (State.SEALING, Move.MOVE_ERROR): State.FAILED,
    (State.FAILED, Move.RETRY): State.SEALING,
    # Until its form is sent, a file can be taken off it, wherever it stands.
    **{(s, Move.TAKEN_OFF): State.ABANDONED for s in State if s is not State.ABANDONED},
}
OPEN = frozenset({State.REQUESTED, State.UPLOADING})
BEING_CHECKED = frozenset({State.RECEIVED, State.SCANNING, State.SEALING, State.FAILED})
OVER = frozenset({State.IMPORTED, State.REJECTED, State.ABANDONED})
# What counts towards what somebody may keep here.
HELD = OPEN | BEING_CHECKED | {State.IMPORTED}


def after(state: State, move: Move) -> State:
    """Return where an upload goes; Conflict when it cannot go there from here."""
    if (state, move) not in MOVES:
        raise Conflict("This file has gone on meanwhile. Look at the list of files again.")
    return MOVES[state, move]
