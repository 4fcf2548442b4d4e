"""Finding the files of a feed: in a folder, in a zip, or one alone. Nothing is read too early."""

import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portal_app.services.imports.commands import zips
from portal_app.services.imports.rules.fields import RecordType
from portal_app.services.imports.rules.types import TYPES
from portal_app.services.imports.views import Refusal

_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_MEGABYTE = 1_000_000
_NOT_THERE = "There is nothing at this place. Check where your system puts its feed."
_NAMES = ", ".join(f"{name}.csv" for name in TYPES)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a feed may be, in millions of bytes."""

    file_megabytes: int
    unpacked_megabytes: int


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of a feed that is going to be read."""

    name: str
    path: Path
    form: str
    kind: RecordType
    size: int


@dataclass(frozen=True, slots=True)
class Feed:
    """The files to read, in the order in which they refer to one another; and the others."""

    files: tuple[FeedFile, ...]
    refusals: tuple[Refusal, ...]

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(file.size for file in self.files)


@contextmanager
def opened(path: Path, *, name: str, limits: Limits) -> Generator[Feed]:
    """Yield the files of the feed at `path`; what was unpacked is removed afterwards.

    `name` is what people call it. A feed that cannot be used at all has refusals and no files.
    """
    with tempfile.TemporaryDirectory(prefix="portal-feed-") as folder:
        if not path.exists():
            found, refusals = [], [whole_file(name, _NOT_THERE)]
        elif path.is_dir():
            found, refusals = _listed(path), list[Refusal]()
        elif zips.is_zip(path) or name.lower().endswith(".zip"):
            found, refusals = _unpacked(path, name, Path(folder), limits)
        else:
            found, refusals = [(name, path)], list[Refusal]()
        yield _sorted_out(found, refusals, limits)


def _listed(folder: Path) -> list[tuple[str, Path]]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return [(path.name, path) for path in files if _form(path.name)]


def _unpacked(
    path: Path, name: str, folder: Path, limits: Limits
) -> tuple[list[tuple[str, Path]], list[Refusal]]:
    if path.stat().st_size > limits.file_megabytes * _MEGABYTE:
        return [], [_too_large(name, limits)]
    room = zips.Room(limits.file_megabytes * _MEGABYTE, limits.unpacked_megabytes * _MEGABYTE)
    found, faults = zips.unpack(path, name, folder, room, is_wanted=lambda one: bool(_form(one)))
    return found, [whole_file(*fault) for fault in faults]


def _form(name: str) -> str:
    return _SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")


def whole_file(name: str, sentence: str, *, is_warning: bool = False) -> Refusal:
    """Return the refusal of a file as a whole."""
    return Refusal(name[:80], 0, "", "", sentence, is_warning)


def _sorted_out(found: Iterable[tuple[str, Path]], refusals: list[Refusal], limits: Limits) -> Feed:
    by_type: dict[str, list[FeedFile]] = {}
    total = 0
    for name, path in found:
        size = path.stat().st_size
        total += size
        if reason := _reason_against(name, size, total, limits):
            refusals.append(reason)
        else:
            kind = TYPES[_stem(name)]
            by_type.setdefault(kind.name, []).append(
                FeedFile(name[:80], path, _form(name), kind, size)
            )
    files = [by_type[name][0] for name in TYPES if len(by_type.get(name, ())) == 1]
    refusals.extend(_doubled(by_type))
    if not files and not refusals:
        refusals.append(whole_file("", f"There is no file in this feed. Name them {_NAMES}."))
    return Feed(tuple(files), tuple(refusals))


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.lower()


def _reason_against(name: str, size: int, total: int, limits: Limits) -> Refusal | None:
    if _stem(name) not in TYPES or not _form(name):
        return whole_file(name, f"This name is not known. Name the files {_NAMES}, or .jsonl.")
    if size > limits.file_megabytes * _MEGABYTE:
        return _too_large(name, limits)
    if total > limits.unpacked_megabytes * _MEGABYTE:
        return _too_much(name, limits)
    return None


def _too_large(name: str, limits: Limits) -> Refusal:
    return whole_file(
        name, f"This file is larger than {limits.file_megabytes} MB. Send it in several feeds."
    )


def _too_much(name: str, limits: Limits) -> Refusal:
    sentence = f"The feed is larger than {limits.unpacked_megabytes} MB. Send it in several parts."
    return whole_file(name, sentence)


def _doubled(by_type: dict[str, list[FeedFile]]) -> list[Refusal]:
    sentence = "There is more than one file of this type in the feed. Keep one of them."
    return [
        whole_file(file.name, sentence)
        for files in by_type.values()
        if len(files) > 1
        for file in files
    ]
