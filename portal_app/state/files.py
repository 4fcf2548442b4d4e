"""What pages show of the files that belong to something, and what they say may be sent."""

from dataclasses import dataclass, field

from portal_app.core.settings import settings
from portal_app.services import uploads
from portal_app.state.formats import file_size, short_moment

_RECEIPT, _GROUP = 12, 4


@dataclass(frozen=True)
class FileRow:
    """A file in a list; it has an address once it may be taken away."""

    id: str
    name: str
    meta: str
    status: str
    tone: str
    note: str = ""
    href: str = ""
    is_refused: bool = False

    @classmethod
    def of(cls, file: uploads.Attachment, zone: str, *, for_staff: bool = False) -> "FileRow":
        """Format a file for a list; customers do not read which of the staff sent it."""
        sender = "our team" if file.by_staff and not for_staff else file.by_name
        when = short_moment(file.created_at, zone)
        what = f"{file.label} · " if file.label else ""
        sent = f"{what}{file_size(file.size)} · sent by {sender}, {when}"
        status, tone, note = _words(file)
        return cls(
            id=file.id,
            name=file.name,
            meta=f"{sent}\n{_receipt(file.sha256)}".strip(),
            status=status,
            tone=tone,
            note=note,
            href=f"/files/documents/{file.id}" if file.is_ready else "",
            is_refused=file.is_refused,
        )


@dataclass(frozen=True)
class UploadRules:
    """What may be sent for one purpose: `kinds` is the type of each ending."""

    purpose: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    names: str = ""
    megabytes: int = 0
    most: int = 0
    hint: str = ""

    @classmethod
    def of(cls, purpose: uploads.Purpose) -> "UploadRules":
        """Say what a purpose takes."""
        names, megabytes = uploads.names_of(purpose.kinds), settings().upload_megabytes
        return cls(
            purpose=purpose.key,
            kinds={ending: kind for kind in purpose.kinds for ending in uploads.KINDS[kind][1]},
            names=names,
            megabytes=megabytes,
            most=purpose.most,
            hint=f"{names}, up to {megabytes} MB each, {purpose.most} at most.",
        )


def _words(file: uploads.Attachment) -> tuple[str, str, str]:
    """Return the status of a file, its tone, and what comes next."""
    if file.is_refused:
        return "Refused", "bad", file.reason
    if file.is_ready:
        return "Received", "good", ""
    return "Being checked", "info", "It can be opened once it has been checked for harmful content."


def _receipt(sha256: str) -> str:
    """Return the start of a file's fingerprint, by which what was sent can be told again."""
    groups = [sha256[at : at + _GROUP] for at in range(0, min(len(sha256), _RECEIPT), _GROUP)]
    return f"Receipt {' '.join(groups)}" if groups else ""
