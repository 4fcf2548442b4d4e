"""What a browser does: asks for a place, sends, says that it is done, or gives up."""

from datetime import datetime
from uuid import uuid4

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, Document, UploadSession, UploadState
from portal_app.ports import PortRefused
from portal_app.ports.storage import Landing, ObjectStore, Stored
from portal_app.services.transaction import Transaction, reading, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import go_on, reject, write_down
from portal_app.services.uploads.rules import limits
from portal_app.services.uploads.rules.entered import Entered, read_entered
from portal_app.services.uploads.rules.moves import OPEN, Move
from portal_app.services.uploads.rules.purposes import Owner, Purpose, purpose_of
from portal_app.services.uploads.views import Begun, Parts

NOT_HERE = "This file has not arrived yet. Send it again."
NOT_WHOLE = "Some of this file is missing. Try again: what has arrived is not sent twice."
TOO_LATE = "This took too long, so the way in has closed. Choose the file again."
OTHER_SIZE = "What arrived is not as long as the file that you chose. Send it again."


def begin(
    actor: Actor,
    *,
    purpose: object,
    owner: object,
    name: object,
    media_type: object,
    size: object,
    sha256: object = "",
    label: object = "",
    key: str,
    store: ObjectStore,
) -> Begun:
    """Open a place for one file of exactly this size (bytes) and type, and say how to send it.

    The same `key` again opens the same place anew, and so does the same file while it has not
    arrived, so that a broken upload goes on. `owner` is what the page calls it. Raises NotFound
    where this actor may not attach, Invalid for a file that is not taken (or whose `label` is none
    of those that the purpose knows), Conflict for one that is
    here already, Conflict and TooMany where there is no room.
    """
    with transaction(actor) as tx:
        wanted = purpose_of(purpose)
        found = policy.require_owner(tx.session, actor, wanted, owner)
        document = tx.earlier_answer(key, "uploads.begin", purpose, owner)
        if document is None:
            entered = read_entered(wanted, name, media_type, size, sha256, label)
            document = tx.answer(key, _place(tx, wanted, found, entered).id)
    return _begun(actor, document, store)


def part_addresses(actor: Actor, *, document: str, store: ObjectStore) -> Parts:
    """Say where to put each part that is not there yet; the first call opens the upload."""
    with reading() as session:
        held, way = policy.require_own(session, actor, document)
        landing, parts = _landing(held, way), way.parts
    if not limits.goes_in_parts(landing.size):
        raise Conflict(NOT_HERE)
    _require_open(held, landing.expires_at)
    if not parts:
        parts = _keep_parts(actor, document, store.begin_parts(landing))
    missing = store.missing_parts(landing, parts, part_size=limits.PART_SIZE)
    return Parts(held.id, limits.PART_SIZE, tuple(missing))


def confirm(actor: Actor, *, document: str, store: ObjectStore) -> UploadState:
    """Look whether the file is here, and have it checked; again, it says where the file stands.

    Raises Conflict while it is not here, or not whole. Nobody is believed: the store is asked.
    """
    with reading() as session:
        held, way = policy.require_own(session, actor, document)
    if held.state not in OPEN:
        return held.state
    return receive(actor, held, arrived(held, way, store))


def cancel(actor: Actor, *, document: str) -> UploadState:
    """Give an upload up, and have what has arrived of it removed."""
    with transaction(actor) as tx:
        held, _ = policy.require_own(tx.session, actor, document, lock=True)
        if held.state in OPEN:
            go_on(tx, held, Move.TTL)
            write_down(tx, held, Action.UPLOAD_CANCELLED)
            tx.enqueue("empty_landing", key=f"empty:{held.id}", document_id=held.id)
        return held.state


def arrived(held: Document, way: UploadSession, store: ObjectStore) -> Stored | None:
    """Return what is at the landing place, joined from its parts if it came in parts."""
    landing = _landing(held, way)
    found = store.head(landing.key)
    if found is None and way.parts:
        try:
            store.join_parts(landing, way.parts)
        except PortRefused as refusal:
            raise Conflict(NOT_WHOLE) from refusal
        found = store.head(landing.key)
    return found


def receive(actor: Actor, held: Document, found: Stored | None) -> UploadState:
    """Take an upload in if all of it is here, and leave the job that checks it."""
    if found is None:
        raise Conflict(NOT_HERE)
    with transaction(actor) as tx:
        document = tx.session.get_one(Document, held.id, with_for_update=True)
        if document.state not in OPEN:
            return document.state
        if document.state is UploadState.REQUESTED:
            go_on(tx, document, Move.FIRST_BYTE)
        go_on(tx, document, Move.STORAGE_EVENT)
        if found.size != document.size:
            go_on(tx, document, Move.SCAN)
            reject(tx, document, OTHER_SIZE)
            return document.state
        write_down(tx, document, Action.UPLOAD_RECEIVED)
        tx.enqueue("check_upload", key=f"check:{document.id}", document_id=document.id)
        return document.state


def _place(tx: Transaction, purpose: Purpose, owner: Owner, entered: Entered) -> Document:
    """Return the place where this file was on its way already, or a new one."""
    policy.lock_sender(tx.session, tx.actor)
    if before := policy.begun_before(tx.session, tx.actor, purpose, owner, entered):
        return before
    policy.require_room(tx.session, tx.actor, purpose, owner, entered.size)
    return _open(tx, purpose, owner, entered)


def _open(tx: Transaction, purpose: Purpose, owner: Owner, entered: Entered) -> Document:
    now = clock.now()
    document = Document(
        brand_id=owner.brand_id,
        owner_type=purpose.owner_type,
        owner_id=owner.id,
        purpose=purpose.key,
        name=entered.name,
        media_type=entered.media_type,
        label=entered.label,
        size=entered.size,
        sha256=entered.sha256,
        is_visible=_is_shown(purpose, tx.actor),
        uploaded_by=tx.actor.user_id or None,
        person_id=tx.actor.person_id or None,
        uploaded_by_name=tx.actor.name,
        by_staff=tx.actor.is_staff,
        created_at=now,
        changed_at=now,
    )
    in_parts = limits.goes_in_parts(entered.size)
    way = UploadSession(
        document_id=document.id,
        landing_key=f"landing/{uuid4()}",
        expires_at=now + (limits.PARTS_OPEN_FOR if in_parts else limits.OPEN_FOR),
    )
    tx.session.add(document)
    tx.session.flush()
    tx.session.add(way)
    write_down(tx, document, Action.UPLOAD_BEGUN)
    return document


def _is_shown(purpose: Purpose, sender: Actor) -> bool:
    return purpose.shows_staff_files if sender.is_staff else purpose.shows_customer_files


def _begun(actor: Actor, document: str, store: ObjectStore) -> Begun:
    with reading() as session:
        held, way = policy.require_own(session, actor, document)
    if held.state not in OPEN:
        return Begun(held.id, held.state)
    _require_open(held, way.expires_at)
    if limits.goes_in_parts(held.size):
        return Begun(held.id, held.state, is_in_parts=True)
    return Begun(held.id, held.state, ticket=store.ticket(_landing(held, way)))


def _keep_parts(actor: Actor, document: str, parts: str) -> str:
    """Remember what the store calls the upload; of two at the same moment the first stands."""
    with transaction(actor) as tx:
        held, way = policy.require_own(tx.session, actor, document, lock=True)
        _require_open(held, way.expires_at)
        if not way.parts:
            way.parts = parts
            go_on(tx, held, Move.FIRST_BYTE)
        return way.parts


def _require_open(held: Document, until: datetime) -> None:
    if held.state not in OPEN or until <= clock.now():
        raise Conflict(TOO_LATE)


def _landing(held: Document, way: UploadSession) -> Landing:
    return Landing(way.landing_key, held.media_type, held.size, way.expires_at)
