"""A store of objects in a folder of this machine, which lets in what an S3 store would let in.

What it signs for a browser is a policy in the form that S3 reads: one key, one type, one size, and
until when. `take` and `take_part` are what an S3 store does by itself; the portal's routes call
them here.
"""

import base64
import binascii
import json
import os
import re
import shutil
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from portal_app.core.secrets import bind, equal
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.storage import Landing, Part, Stored, Ticket

ADDRESS = "/uploads/landing"
# With a dot: what was being written when the power went.
_KEY = re.compile(r"(landing|sealed)/\.?[0-9a-f-]{36}")
_PIECE = 1_048_576
_NO_POLICY = "This way in is not open."


class DiskStore:
    """Fulfils `ports.storage.ObjectStore`."""

    origin = ""

    def __init__(self, folder: Path, *, secret: str, now: Callable[[], datetime]) -> None:
        """Keep objects under `folder`; `secret` signs what browsers may send."""
        self._folder, self._secret, self._now = folder, secret, now

    # What browsers are told ---------------------------------------------------------------

    def ticket(self, landing: Landing) -> Ticket:
        """Sign a form; see `ports.storage.ObjectStore`."""
        policy = self._policy(landing, landing.size)
        fields = {"key": landing.key, "Content-Type": landing.media_type, "policy": policy}
        return Ticket(ADDRESS, {**fields, "signature": self._sign(policy)})

    def begin_parts(self, landing: Landing) -> str:
        """Open an upload in parts, which is called by its key."""
        self._make(self._parts(landing.key))
        return landing.key

    def missing_parts(self, landing: Landing, parts: str, *, part_size: int) -> list[Part]:
        """Sign an address for each part that is not there yet."""
        folder, found = self._parts(parts), list[Part]()
        for number, size in enumerate(_sizes(landing.size, part_size), 1):
            here = folder / str(number)
            if not here.exists() or here.stat().st_size != size:
                policy = self._policy(landing, size, number=number)
                address = f"{ADDRESS}/{policy}.{self._sign(policy)}"
                found.append(Part(number, size, address))
        return found

    # What browsers send -------------------------------------------------------------------

    def take(self, fields: Mapping[str, str], content: BinaryIO, *, media_type: str) -> None:
        """Keep what was posted with a form of ours; PortRefused for anything that it is not for."""
        policy = self._opened(fields.get("policy", ""), fields.get("signature", ""))
        size = content.seek(0, 2)
        content.seek(0)
        is_meant = (
            fields.get("key") == policy["key"]
            and fields.get("Content-Type") == policy["type"] == media_type
            and size == policy["size"]
            and not policy["number"]
        )
        if not is_meant:
            raise PortRefused(_NO_POLICY)
        self.write(policy["key"], iter(lambda: content.read(_PIECE), b""))

    def part_size(self, token: str) -> int:
        """Return how many bytes a part's address is for; PortRefused when it is none of ours."""
        return int(self._opened(*token.partition(".")[::2])["size"])

    def take_part(self, token: str, content: bytes) -> None:
        """Keep one part that was put to its address."""
        policy = self._opened(*token.partition(".")[::2])
        if len(content) != policy["size"] or not policy["number"]:
            raise PortRefused(_NO_POLICY)
        folder = self._parts(policy["key"])
        if not folder.is_dir():  # given up, or joined: what came now would stay for ever
            raise PortRefused(_NO_POLICY)
        self._put(folder / str(policy["number"]), [content])

    # What the portal does ----------------------------------------------------------------

    def join_parts(self, landing: Landing, parts: str) -> None:
        """Make one object of the parts."""
        folder = self._parts(parts)
        names = sorted((int(one.name) for one in folder.glob("[0-9]*")), key=int)
        if sum((folder / str(name)).stat().st_size for name in names) != landing.size:
            message = "parts are missing"
            raise PortRefused(message)
        self.write(landing.key, (piece for name in names for piece in _pieces(folder / str(name))))
        shutil.rmtree(folder, ignore_errors=True)

    def drop_parts(self, key: str, parts: str) -> None:
        """Let go of an upload in parts."""
        shutil.rmtree(self._parts(parts or key), ignore_errors=True)

    def head(self, key: str) -> Stored | None:
        """Return what is known of an object."""
        path = self._path(key)
        return self._stored(path) if path.is_file() else None

    @contextmanager
    def read(self, key: str) -> Generator[BinaryIO]:
        """Open an object for reading."""
        try:
            file = self._path(key).open("rb")
        except FileNotFoundError as fault:
            raise PortRefused(key) from fault
        except OSError as fault:
            raise PortUnavailable(f"the folder of documents: {fault.strerror}") from fault
        with file:
            yield file

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Keep an object, whole or not at all."""
        self._put(self._path(key), content)

    def delete(self, key: str) -> None:
        """Remove an object."""
        self._path(key).unlink(missing_ok=True)

    def objects(self, prefix: str) -> Iterator[Stored]:
        """Go through every object whose key begins like this."""
        folder = self._folder / prefix.partition("/")[0]
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if _KEY.fullmatch(f"{folder.name}/{path.name}"):
                with suppress(FileNotFoundError):  # removed or renamed meanwhile
                    yield self._stored(path)

    def prepare(self, origins: Sequence[str]) -> list[str]:  # noqa: ARG002 - it is the portal's own
        """Make the folder, for nobody else to look into."""
        self._make(self._folder)
        return []

    def faults(self, origins: Sequence[str]) -> list[str]:  # noqa: ARG002 - it is the portal's own
        """Say what is wrong with the folder, having put something there and taken it away."""
        key = f"landing/{uuid4()}"
        self.write(key, [b"doctor"])
        self.delete(key)
        inside = [one for one in self._folder.iterdir() if one.is_dir()]
        is_open = any(one.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) for one in inside)
        return [f"others may look into {self._folder}: chmod -R go= it."] if is_open else []

    # Inside -------------------------------------------------------------------------------

    def _stored(self, path: Path) -> Stored:
        known = path.stat()
        changed = datetime.fromtimestamp(known.st_mtime, UTC)
        return Stored(f"{path.parent.name}/{path.name}", known.st_size, changed)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise PortRefused(_NO_POLICY)
        return self._folder / key

    def _parts(self, key: str) -> Path:
        return self._folder / "parts" / self._path(key).name

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise PortUnavailable(f"the folder of documents: {fault.strerror}") from fault

    def _put(self, path: Path, content: Iterable[bytes]) -> None:
        """Write beside, then rename: nobody ever sees half a file, also after a crash."""
        self._make(path.parent)
        beside = path.parent / f".{uuid4()}"
        try:
            with beside.open("xb") as file:
                for piece in content:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            beside.rename(path)
        except OSError as fault:
            raise PortUnavailable(f"the folder of documents: {fault.strerror}") from fault
        finally:
            beside.unlink(missing_ok=True)

    def _policy(self, landing: Landing, size: int, *, number: int = 0) -> str:
        conditions = [
            {"key": landing.key},
            {"Content-Type": landing.media_type},
            ["content-length-range", size, size],
            *([{"x-part-number": number}] if number else []),
        ]
        until = {"expiration": landing.expires_at.isoformat(), "conditions": conditions}
        return base64.urlsafe_b64encode(json.dumps(until).encode()).decode()

    def _sign(self, policy: str) -> str:
        return bind(self._secret, "upload-policy", policy)

    def _opened(self, policy: str, signature: str) -> dict[str, Any]:
        """Return what a policy of ours allows, while it is open."""
        is_text = policy.isascii() and signature.isascii()
        if not is_text or not equal(self._sign(policy), signature):
            raise PortRefused(_NO_POLICY)
        try:
            read = json.loads(base64.urlsafe_b64decode(policy))
        except (binascii.Error, ValueError) as fault:
            raise PortRefused(_NO_POLICY) from fault
        if datetime.fromisoformat(read["expiration"]) <= self._now():
            raise PortRefused(_NO_POLICY)
        key, kind, lengths, *number = read["conditions"]
        named = cast("list[dict[str, int]]", number)
        return {
            "key": key["key"],
            "type": kind["Content-Type"],
            "size": lengths[1],
            "number": named[0]["x-part-number"] if named else 0,
        }


def _sizes(size: int, part_size: int) -> list[int]:
    whole, rest = divmod(size, part_size)
    return [part_size] * whole + ([rest] if rest else [])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
