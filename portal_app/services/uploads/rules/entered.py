"""What a browser says about a file before it is sent: its name, type, size and fingerprint."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from portal_app.core.entries import Entries
from portal_app.core.settings import settings
from portal_app.services.uploads.rules.limits import MEGABYTE
from portal_app.services.uploads.rules.purposes import KINDS, Purpose, names_of

LONGEST_NAME = 120
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What a path, a header or a reader from right to left would take for something else.
_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]+'
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A file that may be sent."""

    name: str
    media_type: str
    size: int
    sha256: str
    label: str = ""


def read_entered(
    purpose: Purpose,
    name: object,
    media_type: object,
    size: object,
    sha256: object,
    label: object = "",
) -> Entered:
    """Return what was said of a file; Invalid with the field `file` where it is not taken."""
    entries = Entries()
    clean = clean_name(name)
    kind = media_type if isinstance(media_type, str) else ""
    ends = PurePosixPath(clean.lower()).suffix
    if kind not in purpose.kinds or ends not in KINDS[kind][1]:
        entries.refuse("file", f"We take {names_of(purpose.kinds)} files. Choose one of these.")
    length = entries.whole("file", size, problem="Choose a file.")
    if length > settings().upload_megabytes * MEGABYTE:
        entries.refuse("file", f"This is larger than {settings().upload_megabytes} MB.")
    if length == 0:
        entries.refuse("file", "This file is empty. Choose another one.")
    given = sha256 if isinstance(sha256, str) else "?"
    if given and not _SHA256.fullmatch(given):
        entries.refuse("file", "This file could not be read. Choose it again.")
    about = label if isinstance(label, str) else "?"
    if purpose.labels and about not in purpose.labels:
        entries.refuse("file", "Choose what this document is first.")
    entries.done()
    return Entered(clean, kind, length, given, about if purpose.labels else "")


def clean_name(name: object) -> str:
    """Return a name that every system can keep, with its ending."""
    text = name if isinstance(name, str) else ""
    clean = " ".join(_NOT_IN_NAMES.sub(" ", text[:1_000]).split()).strip(". ")
    path = PurePosixPath(clean or "file")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix[:12])]}{path.suffix[:12]}"
