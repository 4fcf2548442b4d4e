"""Reading a file of a feed row by row, whatever its encoding, delimiter and form."""

import codecs
import csv
import io
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from portal_app.services.imports.commands.files import FeedFile

_CHUNK = 1 << 20
_LONGEST_LINE = 1_000_000
_LONGEST_HEADER = 20_000
_DELIMITERS = ",;\t"
_MOST_UNKNOWN = 20
_ENDS_EARLY = "unexpected end of data"


class FileRefused(Exception):
    """A file that cannot be read at all; its text says what to do."""


@dataclass(slots=True)
class RawRow:
    """The cells of one row that are not empty, by the name of their column."""

    line: int
    cells: dict[str, str]


@dataclass(slots=True)
class BadRow:
    """A row that could not be taken apart."""

    line: int
    sentence: str
    field: str = ""
    value: str = ""


@dataclass(slots=True)
class Reading:
    """A file being read: where the reader is, and which columns it did not know."""

    file: FeedFile
    position: int = 0
    unknown: set[str] = field(default_factory=set[str])

    def rows(self) -> Iterator[RawRow | BadRow]:
        """Yield every row; raises FileRefused when the file cannot be read."""
        encoding = _encoding(self.file)
        with self.file.path.open("rb") as raw:
            stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
            read = _csv_rows if self.file.form == "csv" else _json_rows
            for row in read(self, stream):
                self.position = min(raw.tell(), self.file.size)
                yield row

    def known(self, name: str) -> bool:
        """Say whether the type has a field of this name; remember it if not."""
        if name in self.file.kind.names:
            return True
        if len(self.unknown) < _MOST_UNKNOWN:
            self.unknown.add(name[:60])
        return False


def _encoding(file: FeedFile) -> str:
    """Find out in which encoding the whole file is, without keeping it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, is_windows, is_empty = True, True, True
    with file.path.open("rb") as raw:
        while chunk := raw.read(_CHUNK):
            is_empty = False
            if b"\0" in chunk:
                raise FileRefused("This is not a text file. Save it as CSV in UTF-8.")
            is_utf8 = is_utf8 and _decodes(decoder, chunk, final=False)
            is_windows = is_windows and not chunk.translate(None, _ALL_BUT_UNDEFINED)
    if is_empty:
        raise FileRefused("This file is empty. Its first line must name the columns.")
    if is_utf8 and _decodes(decoder, b"", final=True):
        return "utf-8-sig"
    if is_windows and file.form == "csv":
        return "cp1252"
    raise FileRefused("The encoding of this file is not known. Save it in UTF-8.")


# The five bytes that mean nothing in Windows-1252.
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_ALL_BUT_UNDEFINED = bytes(byte for byte in range(256) if byte not in _UNDEFINED)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(reading: Reading, stream: io.TextIOWrapper) -> Iterator[RawRow | BadRow]:
    first = stream.readline(_LONGEST_HEADER)
    delimiter = _delimiter(first)
    reader = csv.reader(_from(first, stream), delimiter=delimiter, strict=True)
    header = _header(reading, _first_of(reader))
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield BadRow(line, _quoting(str(fault), line, reader.line_num))
        else:
            if any(cells):
                yield _row(line, header, cells)
        line = reader.line_num + 1


def _first_of(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next(reader, list[str]())
    except csv.Error:
        raise FileRefused("The quotation marks of the first line do not match.") from None


def _from(first: str, stream: io.TextIOWrapper) -> Generator[str]:
    yield first
    yield from stream


def _delimiter(first: str) -> str:
    for delimiter in _DELIMITERS:
        if "external_id" in _names(next(csv.reader([first], delimiter=delimiter), list[str]())):
            return delimiter
    raise FileRefused(
        "The first line must name the columns, external_id among them, with commas, semicolons or"
        " tabs between them."
    )


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _header(reading: Reading, cells: list[str]) -> list[str]:
    """Return the name of each column, "" for one that is not read."""
    names = _names(cells)
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise FileRefused(f"The column {twice[0]} stands there twice. Keep one.")
    if missing := [name for name in reading.file.kind.required if name not in names]:
        raise FileRefused(f"Add the column{'s'[: len(missing) - 1]} {', '.join(missing)}.")
    return [name if name and reading.known(name) else "" for name in names]


def _row(line: int, header: list[str], cells: list[str]) -> RawRow | BadRow:
    if len(cells) != len(header):
        return BadRow(
            line,
            f"There are {len(cells)} cells here and {len(header)} columns. Put values that hold"
            " a delimiter in quotation marks, and check that the file is complete.",
        )
    pairs = zip(header, cells, strict=True)
    return RawRow(line, {name: kept for name, cell in pairs if name and (kept := cell.strip())})


def _quoting(fault: str, first: int, last: int) -> str:
    if fault == _ENDS_EARLY or last > first:
        return (
            f"The quotation marks do not close between here and line {last}; nothing in between"
            " was read. Write a mark inside a value twice."
        )
    return "The quotation marks of this line do not match. Write a mark inside a value twice."


def _json_rows(reading: Reading, stream: io.TextIOWrapper) -> Iterator[RawRow | BadRow]:
    for line, text in enumerate(stream, start=1):
        if text.strip():
            yield _json_row(reading, line, text)


def _json_row(reading: Reading, line: int, text: str) -> RawRow | BadRow:
    try:
        found = _parsed(text)
    except (ValueError, RecursionError):
        return BadRow(line, "This line is not JSON. Write one object on each line.")
    if not isinstance(found, dict):
        return BadRow(line, "Write one object on each line, such as {“external_id”: “A-1”}.")
    return _flat(reading, line, found)  # pyright: ignore[reportUnknownArgumentType]


def _parsed(text: str) -> Any:
    if len(text) > _LONGEST_LINE:
        raise ValueError
    # Numbers stay as they were written: an amount is never a float.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _flat(reading: Reading, line: int, found: dict[str, Any]) -> RawRow | BadRow:
    cells: dict[str, str] = {}
    for key, value in found.items():
        name = key.strip().lower()
        if not reading.known(name) or value is None:
            continue
        if isinstance(value, dict | list):
            return BadRow(line, "Give one value here, not a list or an object.", name)
        kept = ("true" if value else "false") if isinstance(value, bool) else str(value).strip()
        if kept:
            cells[name] = kept
    return RawRow(line, cells)
