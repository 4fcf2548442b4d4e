"""All files of one thing in one archive, for staff who hand them on (S4-31)."""

import zipfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from sqlmodel import Session, col, select

from portal_app.core import sealing
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Action, Document, UploadState
from portal_app.ports import PortRefused
from portal_app.ports.storage import ObjectStore
from portal_app.services.transaction import reading, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import write_down
from portal_app.services.uploads.rules.keys import unwrap
from portal_app.services.uploads.rules.purposes import purpose_of
from portal_app.services.uploads.views import Download

_IN_MEMORY = 8_388_608
_PIECE = 262_144


def bundle(actor: Actor, *, purpose: str, owner: str, store: ObjectStore) -> Download:
    """Return every kept file of one thing as a zip archive, for its brand's staff.

    `owner` is what the page calls it. Each file counts as taken and is written down as such.
    Raises Conflict where there is none, or where one of them cannot be opened.
    """
    with reading() as session:
        number, held = _require(session, actor, purpose, owner)
    archive = cast("BinaryIO", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - closed once read
    try:
        _pack(archive, held, store)
    except (PortRefused, sealing.Tampered) as fault:
        archive.close()
        raise Conflict("One of these files cannot be opened at the moment.") from fault
    except BaseException:
        archive.close()
        raise
    with transaction(actor) as tx:
        for one in held:
            write_down(tx, one, Action.DOCUMENT_EXPORTED)
    size = archive.seek(0, 2)
    archive.seek(0)
    pieces = _pieces(archive)
    next(pieces)  # begun, so that the archive is closed also where nobody reads it
    return Download(f"Documents {number}.zip", "application/zip", size, pieces)


def _require(
    session: Session, actor: Actor, purpose: str, owner: str
) -> tuple[str, list[Document]]:
    if not actor.is_staff:
        raise NotFound
    wanted = purpose_of(purpose)
    found = policy.require_named(session, actor, wanted, owner)
    kept = (
        select(Document)
        .where(col(Document.owner_type) == wanted.owner_type, col(Document.owner_id) == found.id)
        .where(col(Document.state) == UploadState.IMPORTED)
        .order_by(col(Document.created_at), col(Document.id))
    )
    if not (held := list(session.exec(kept))):
        raise Conflict("There are no documents here yet.")
    return owner, held


def _pack(archive: BinaryIO, held: list[Document], store: ObjectStore) -> None:
    """Write the files into the archive; what is packed inside them already gains nothing."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED, strict_timestamps=False) as packed:
        for place, one in enumerate(held, 1):
            at = one.created_at.timetuple()[:6]
            label = f"{one.label} - " if one.label else ""
            entry = zipfile.ZipInfo(f"{place:02} {label}{one.name}".replace("/", "-"), at)
            with packed.open(entry, "w") as into, store.read(one.storage_key) as kept:
                for piece in sealing.unsealed(unwrap(one.wrapped_key, one.id), kept):
                    into.write(piece)


def _pieces(archive: BinaryIO) -> Iterator[bytes]:
    with archive:
        yield b""
        while piece := archive.read(_PIECE):
            yield piece
