"""What happens to a file that has arrived: looked at, sealed, and its landing place emptied."""

import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import uuid4

from sqlmodel import col, select

from portal_app.core import clock, sealing
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.models import Action, Document, UploadSession, UploadState
from portal_app.ports import PortRefused
from portal_app.ports.storage import ObjectStore, Scanner
from portal_app.services.transaction import reading, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import for_brand, go_on, reject, write_down
from portal_app.services.uploads.rules import contents
from portal_app.services.uploads.rules.contents import Unfit
from portal_app.services.uploads.rules.keys import wrap
from portal_app.services.uploads.rules.moves import BEING_CHECKED, OVER, Move
from portal_app.services.uploads.rules.purposes import PHOTOS

NOT_AS_SENT = "This file changed on its way here. Send it again."
IS_GONE = "This file was lost on its way. Send it again."
_IN_MEMORY = 8_388_608
_PIECE = 1_048_576


def check(actor: Actor, *, document: str, store: ObjectStore, scanner: Scanner) -> None:
    """Look at a file that has arrived, then keep it sealed, or refuse it and say why.

    Raises PortUnavailable while the store or the scanner is away: the file waits, and nobody gets
    to see it. What is sealed is the very copy that was looked at.
    """
    policy.require_system(actor)
    held = _claim(actor, identifier(document))
    if held is None:
        return
    actor = for_brand(actor, held[0])
    with _put_back(actor, document), _copy(held, store) as copy:
        try:
            _look(held, copy, scanner)
            kept = _redrawn(held, copy)
        except Unfit as fault:
            _refuse(actor, document, str(fault))
            return
        with kept:
            _seal(actor, document, kept, store)


def empty_landing(actor: Actor, *, document: str, store: ObjectStore) -> None:
    """Remove what has landed of an upload that is over, and what is kept of one taken off."""
    policy.require_system(actor)
    document = identifier(document)
    with reading() as session:
        found = session.exec(
            select(Document, UploadSession)
            .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
            .where(col(Document.id) == document, col(Document.state).in_(OVER))
        ).first()
    if found is None:
        return
    held, way = found
    if way.parts:
        store.drop_parts(way.landing_key, way.parts)
    store.delete(way.landing_key)
    if is_gone := held.state is UploadState.ABANDONED and held.storage_key != "":
        store.delete(held.storage_key)
    with transaction(actor) as tx:
        tx.session.get_one(UploadSession, way.id).emptied_at = clock.now()
        if is_gone:
            kept = tx.session.get_one(Document, held.id)
            kept.storage_key, kept.wrapped_key, kept.stored_size = "", "", 0


def _claim(actor: Actor, document: str) -> tuple[Document, str] | None:
    """Take a file in hand; None when it is not waiting to be checked."""
    with transaction(actor) as tx:
        held = tx.session.get(Document, document, with_for_update=True)
        if held is None or held.state not in BEING_CHECKED:
            return None
        # What a worker left behind that died is begun anew.
        held.state = UploadState.RECEIVED
        go_on(tx, held, Move.SCAN)
        way = select(UploadSession.landing_key).where(col(UploadSession.document_id) == document)
        return held, tx.session.exec(way).one()


@contextmanager
def _put_back(actor: Actor, document: str) -> Generator[None]:
    """Let a file wait again when it could not be looked at or kept."""
    try:
        yield
    except Exception:
        with transaction(actor) as tx:
            held = tx.session.get_one(Document, document, with_for_update=True)
            if held.state is UploadState.SCANNING:
                go_on(tx, held, Move.SCANNER_DOWN)
            elif held.state is UploadState.SEALING:
                go_on(tx, held, Move.MOVE_ERROR)
        raise


@contextmanager
def _copy(held: tuple[Document, str], store: ObjectStore) -> Generator[BinaryIO]:
    """Fetch a copy that nobody else can reach: up to a point in memory, then without a name."""
    document, landing_key = held
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        try:
            with store.read(landing_key) as landed:
                while (piece := landed.read(_PIECE)) and copy.tell() <= document.size:
                    copy.write(piece)
        except PortRefused:
            copy.truncate(0)
        yield cast("BinaryIO", copy)


def _look(held: tuple[Document, str], copy: BinaryIO, scanner: Scanner) -> None:
    document, _ = held
    size = copy.seek(0, 2)
    if not size:
        raise Unfit(IS_GONE)
    if size != document.size or (document.sha256 and fingerprint_of(copy) != document.sha256):
        raise Unfit(NOT_AS_SENT)
    contents.inspect(copy, document.media_type)
    copy.seek(0)
    if scanner.scan(copy):
        raise Unfit(contents.IS_MALWARE)


def _redrawn(held: tuple[Document, str], copy: BinaryIO) -> BinaryIO:
    document, _ = held
    copy.seek(0)
    if document.media_type not in PHOTOS:
        return copy
    into = cast("BinaryIO", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - closed by the caller
    try:
        contents.redrawn(copy, document.media_type, into)
    except BaseException:
        into.close()
        raise
    return into


def _refuse(actor: Actor, document: str, reason: str) -> None:
    with transaction(actor) as tx:
        held = tx.session.get_one(Document, document, with_for_update=True)
        if held.state is UploadState.SCANNING:
            reject(tx, held, reason)


def _seal(actor: Actor, document: str, kept: BinaryIO, store: ObjectStore) -> None:
    """Keep the content under a key of its own, and then say so: never the other way round."""
    with transaction(actor) as tx:
        held = tx.session.get_one(Document, document, with_for_update=True)
        if held.state is UploadState.ABANDONED:
            return  # taken off its form meanwhile
        go_on(tx, held, Move.CLEAN)
    key, place = sealing.new_key(), f"sealed/{uuid4()}"
    size = kept.seek(0, 2)
    kept.seek(0)
    store.write(place, sealing.sealed(key, iter(lambda: kept.read(_PIECE), b"")))
    with transaction(actor) as tx:
        held = tx.session.get_one(Document, document, with_for_update=True)
        if held.state is UploadState.ABANDONED:
            store.delete(place)
            return
        go_on(tx, held, Move.ENCRYPTED_AND_MOVED)
        held.storage_key, held.stored_size = place, size
        held.wrapped_key = wrap(key, document)
        write_down(tx, held, Action.DOCUMENT_IMPORTED)
        tx.enqueue("empty_landing", key=f"empty:{document}", document_id=document)


def fingerprint_of(content: BinaryIO) -> str:
    """Return the SHA-256 of a content in hex."""
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()
