"""Unpacking a zip that somebody else made: flat, unlocked, and never larger than allowed."""

import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_MEMBERS = 1_000
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
)

Fault = tuple[str, str]


@dataclass(slots=True)
class Room:
    """How many bytes a single file may have, and how many are left for all of them."""

    per_file: int
    left: int


class _TooLarge(Exception):
    """There is more in a file than it may have, whatever its header says."""


def is_zip(path: Path) -> bool:
    """Say whether a file begins like a zip."""
    with path.open("rb") as file:
        return file.read(4) in _MAGIC


def unpack(
    path: Path, name: str, folder: Path, room: Room, *, is_wanted: Callable[[str], bool]
) -> tuple[list[tuple[str, Path]], list[Fault]]:
    """Write the wanted files of a zip into `folder`, under numbers; return them and the faults.

    Nothing is ever written under a name that the zip chose.
    """
    found: list[tuple[str, Path]] = []
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if _is_ours(one, is_wanted)]
            if len(members) > _MOST_MEMBERS:
                return [], [(name, "There are too many files in this zip. Send fewer.")]
            for number, member in enumerate(members):
                target = folder / str(number)
                if fault := _unpack_one(archive, member, target, room):
                    faults.append((member.filename, fault))
                else:
                    found.append((member.filename, target))
    except _DAMAGED:
        return [], [(name, "This zip cannot be opened. Make it again and send it again.")]
    return found, faults


def _is_ours(member: zipfile.ZipInfo, is_wanted: Callable[[str], bool]) -> bool:
    """Leave aside folders, notes, and what some systems add to every zip."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_clutter = path.parts[:1] == ("__MACOSX",) or path.name.startswith(".")
    return not member.is_dir() and not is_clutter and is_wanted(path.name)


def _unpack_one(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: Room) -> str:
    """Unpack one file; return what is wrong with it, or ""."""
    if "/" in member.filename or "\\" in member.filename:
        return "This file lies in a folder of the zip. Put the files at the top and send it again."
    if member.flag_bits & _ENCRYPTED:
        return "This file is locked with a password. Send it without one."
    try:
        room.left -= _copy(archive, member, target, min(room.per_file, room.left))
    except _TooLarge:
        return _too_large(room)
    except _DAMAGED:
        return "This file of the zip is damaged. Make the zip again and send it again."
    return ""


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    if member.file_size > most:
        raise _TooLarge
    copied = 0
    with archive.open(member) as source, target.open("wb") as sink:
        while chunk := source.read(_CHUNK):
            copied += len(chunk)
            if copied > most:
                raise _TooLarge
            sink.write(chunk)
    return copied


def _too_large(room: Room) -> str:
    megabytes = room.per_file // 1_000_000
    return (
        f"Unpacked, this file is larger than {megabytes} MB or makes the feed too large."
        " Send it in several feeds."
    )
