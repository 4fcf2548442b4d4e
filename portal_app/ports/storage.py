"""What the portal asks of a store of objects, and of whoever looks for malware."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Landing:
    """What may arrive at one place: exactly this many bytes of this type, until then."""

    key: str
    media_type: str
    size: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A signed form: post `fields`, then the file as `file`, to `url`."""

    url: str
    fields: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Part:
    """Where to put one part of a large file; numbers start at 1, `size` is in bytes."""

    number: int
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One object of a store."""

    key: str
    size: int
    changed_at: datetime


class ObjectStore(Protocol):
    """Keeps objects by key: those that land from browsers, and those that the portal sealed.

    Everything but `ticket` may raise PortUnavailable. Deleting what is not there is no fault.
    """

    @property
    def origin(self) -> str:
        """Where browsers send files: an origin, or "" when it is the portal itself."""
        ...

    def ticket(self, landing: Landing) -> Ticket:
        """Sign a form that lets exactly this arrive, and nothing else."""
        ...

    def begin_parts(self, landing: Landing) -> str:
        """Open an upload in parts and return what the store calls it."""
        ...

    def missing_parts(self, landing: Landing, parts: str, *, part_size: int) -> list[Part]:
        """Sign an address for each part that is not there yet."""
        ...

    def join_parts(self, landing: Landing, parts: str) -> None:
        """Make one object of the parts; PortRefused when they are not the whole of it."""
        ...

    def drop_parts(self, key: str, parts: str) -> None:
        """Let go of an upload in parts."""
        ...

    def head(self, key: str) -> Stored | None:
        """Return what is known of an object; None when there is none."""
        ...

    def read(self, key: str) -> AbstractContextManager[BinaryIO]:
        """Open an object for reading; PortRefused when there is none."""
        ...

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep an object, whole or not at all."""
        ...

    def delete(self, key: str) -> None:
        """Remove an object."""
        ...

    def objects(self, prefix: str) -> Iterator[Stored]:
        """Go through every object whose key begins like this."""
        ...

    def prepare(self, origins: Sequence[str]) -> list[str]:
        """Make the store ready for pages of these origins; say what it does not offer."""
        ...

    def faults(self, origins: Sequence[str]) -> list[str]:
        """Say what is wrong with the store; nothing when files can come, stay and go."""
        ...


class Scanner(Protocol):
    """Looks for malware."""

    def ping(self) -> str:
        """Return what looks, in words; raises PortUnavailable when it does not answer."""
        ...

    def scan(self, content: BinaryIO) -> str:
        """Return the name of what was found, or "" for nothing.

        Raises PortUnavailable when nobody can say: the file then waits.
        """
        ...
