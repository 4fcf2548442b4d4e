"""What a reader of a conversation gets back, and how one is named."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation about one thing."""

    owner_type: str
    owner_id: str


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a conversation.

    `kind` is message, moment or note; a note is for staff and stands in no customer's thread.
    """

    id: str
    kind: str
    at: datetime
    title: str
    by_name: str
    by_staff: bool
    is_own: bool = False
    body: str = ""
