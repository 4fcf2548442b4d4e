"""What a reader of the audit trail gets back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: when, by whom, to what."""

    seq: int
    at: datetime
    who: str
    actor_kind: str
    action: str
    sentence: str
    object_type: str
    object_id: str
    ip: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """Some of the trail, newest first; `after` asks for what is older."""

    rows: tuple[Entry, ...]
    after: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the whole trail stands as it was written.

    `head` is the fingerprint of the newest entry: kept elsewhere and handed back as the `anchor`,
    it also proves that the end was not cut off.
    """

    length: int
    seq: int
    head: str
    is_whole: bool
    broken_at: int | None
    sentence: str
