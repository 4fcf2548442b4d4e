"""What a reader of uploads gets back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from portal_app.models import UploadState
from portal_app.ports.storage import Part, Ticket


@dataclass(frozen=True, slots=True)
class Begun:
    """A place for one file: a form to post it with, or its parts; neither once it is here."""

    document: str
    state: UploadState
    ticket: Ticket | None = None
    is_in_parts: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Where to put the parts that are not there yet."""

    document: str
    part_size: int
    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the pages of its owner list it; `sha256` is of what was sent."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    state: UploadState
    reason: str
    is_visible: bool
    label: str
    is_own: bool
    by_name: str
    by_staff: bool
    created_at: datetime
    is_ready: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way to a reader: `content` is read once, piece by piece."""

    name: str
    media_type: str
    size: int
    content: Iterator[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was put right: uploads taken in, given up, checked again, left with a form; objects."""

    received: int = 0
    abandoned: int = 0
    checked_again: int = 0
    removed: int = 0
    dropped: int = 0
    missing: tuple[str, ...] = ()
