"""What a file is by its content, whatever its name says; and what no reader could survive."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
# (filetype has no types)

import struct
import warnings
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

import filetype
from PIL import ExifTags, Image, UnidentifiedImageError

from portal_app.services.uploads.rules.purposes import DOCX, JPEG, PDF, PHOTOS, PNG, WEBP, XLSX

MOST_PIXELS = 50_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_RATIO = 120
EMPTY = "This file is empty. Choose another one."
NOT_WHAT_IT_SAYS = "This is not the kind of file that its name says. Save it again and send that."
UNREADABLE = "This file cannot be opened. Save it again and send that."
TOO_MANY_PIXELS = "This picture is larger than we can open. Send a smaller one."
TOO_MUCH_INSIDE = "This file unpacks to more than we can open. Send it as a PDF."
HAS_PROGRAMS = "This file contains a program (a macro). Save it without, or as a PDF."
IS_MALWARE = "This file was found to be harmful, so it was removed. Check your device."
# The test file of the makers of scanners: known here too, so that it is never kept anywhere.
_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_INSIDE = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
# What word processors write; the others are rare, slow, and fail in ways of their own.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    EOFError,
    ValueError,  # names and places in its directory that cannot be
    struct.error,
)
# How the camera was held, and what puts the picture upright again.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PIECE = 262_144
_HEAD, _TAIL = 4_096, 2_048


class Unfit(Exception):
    """The content cannot be kept; the message says why, to whoever sent it."""


def inspect(content: BinaryIO, media_type: str) -> None:
    """Raise Unfit unless the content is what it was said to be, and safe to open."""
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise Unfit(EMPTY)
    _need(not _holds_test_virus(content), IS_MALWARE)
    _need(_is_kind(content, head, media_type), NOT_WHAT_IT_SAYS)
    if media_type in PHOTOS:
        _inspect_picture(content, media_type)
    elif media_type in _INSIDE:
        _inspect_archive(content, media_type)
    elif media_type == PDF:
        content.seek(max(0, content.seek(0, 2) - _TAIL))
        _need(b"%%EOF" in content.read(), UNREADABLE)


def redrawn(content: BinaryIO, media_type: str, into: BinaryIO) -> None:
    """Draw a picture anew: as it looks, without where and with what it was taken."""
    content.seek(0)
    with Image.open(content, formats=[_FORMATS[media_type]]) as picture:
        upright = _upright(picture)
        upright.info.clear()
        upright.save(into, format=_FORMATS[media_type], quality=90, exif=b"", icc_profile=None)
    into.seek(0)


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture as it was held; notes of the camera that cannot be read turn nothing."""
    try:
        held = picture.getexif().get(ExifTags.Base.Orientation)
    except (ValueError, SyntaxError, TypeError, LookupError, struct.error):
        held = None
    turn = _TURNS.get(held) if isinstance(held, int) else None
    return picture if turn is None else picture.transpose(turn)


def _need(is_fit: bool, reason: str) -> None:  # noqa: FBT001 - the condition is the subject
    if not is_fit:
        raise Unfit(reason)


def _holds_test_virus(content: BinaryIO) -> bool:
    content.seek(0)
    before = b""
    while piece := content.read(_PIECE):
        if _TEST_VIRUS in before + piece:
            return True
        before = piece[-len(_TEST_VIRUS) :]
    return False


def _is_kind(content: BinaryIO, head: bytes, media_type: str) -> bool:
    if media_type in _INSIDE:
        content.seek(0)
        return head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(content)
    return filetype.guess_mime(head) == media_type


def _inspect_picture(content: BinaryIO, media_type: str) -> None:
    content.seek(0)
    try:
        with warnings.catch_warnings(), Image.open(content, formats=[_FORMATS[media_type]]) as one:
            # Our own limit is asked first; beyond it nothing is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            frames = getattr(one, "n_frames", 1)
            _need(one.width * one.height * frames <= MOST_PIXELS, TOO_MANY_PIXELS)
            one.load()
    except Image.DecompressionBombError:
        raise Unfit(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise Unfit(UNREADABLE) from fault


def _inspect_archive(content: BinaryIO, media_type: str) -> None:
    content.seek(0)
    size = content.seek(0, 2)
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            _need(len(entries) <= MOST_ENTRIES, TOO_MUCH_INSIDE)
            _need({"[Content_Types].xml", _INSIDE[media_type]} <= names, NOT_WHAT_IT_SAYS)
            _need(not any(_is_program(name) for name in names), HAS_PROGRAMS)
            _need(all(entry.compress_type in _PACKED for entry in entries), UNREADABLE)
            _unpack(archive, entries, most=min(MOST_UNPACKED, max(size, _PIECE) * MOST_RATIO))
    except _NO_ARCHIVE as fault:
        raise Unfit(UNREADABLE) from fault


def _is_program(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.name.startswith("vbaproject") or path.suffix in {".exe", ".js", ".vbs", ".zip"}


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, most: int) -> None:
    """Unpack into nothing, counting what really comes out: what an archive announces may lie."""
    taken = 0
    for entry in entries:
        with archive.open(entry) as packed:
            while piece := packed.read(_PIECE):
                taken += len(piece)
                _need(taken <= most, TOO_MUCH_INSIDE)
                _need(_TEST_VIRUS not in piece, IS_MALWARE)
