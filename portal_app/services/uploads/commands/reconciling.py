"""Putting right what was left behind: no file is lost, and no object belongs to nobody."""

import logging
from collections.abc import Iterator
from itertools import islice

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, Document, UploadSession, UploadState
from portal_app.ports.storage import ObjectStore, Stored
from portal_app.services.transaction import reading, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.sending import arrived, receive
from portal_app.services.uploads.commands.steps import for_brand, go_on, write_down
from portal_app.services.uploads.commands.waiting import drop_left
from portal_app.services.uploads.rules.limits import CHECKED_WITHIN, SETTLES_WITHIN
from portal_app.services.uploads.rules.moves import BEING_CHECKED, OPEN, OVER, Move
from portal_app.services.uploads.views import Reconciled

log = logging.getLogger("portal.uploads")
_AT_ONCE = 500


def reconcile(actor: Actor, *, slot: str, store: ObjectStore) -> Reconciled:
    """Take in what arrived unconfirmed, give up what never did, and remove what is nobody's.

    Files that have waited long are checked again; those that came with a form which nobody has
    sent are dropped. What ought to be in the store and is not is logged and returned: nobody can
    bring it back, but everybody should know.
    """
    policy.require_system(actor)
    received, abandoned = _end_open(actor, store)
    again = _check_again(actor, slot)
    dropped = drop_left(actor)
    removed, kept = _remove_strays(store)
    missing = tuple(_missing(kept))
    for document in missing:
        log.error("the content of a document is missing", extra={"document": document})
    return Reconciled(received, abandoned, again, removed, dropped, missing)


def _end_open(actor: Actor, store: ObjectStore) -> tuple[int, int]:
    """End every upload whose time is over: whole, it was meant to be sent; else it was not."""
    with reading() as session:
        late = (
            select(Document, UploadSession)
            .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
            .where(col(UploadSession.emptied_at).is_(None), col(Document.state).in_(OPEN))
            .where(col(UploadSession.expires_at) < clock.now())
            .limit(_AT_ONCE)
        )
        found = session.exec(late).all()
    received = sum(_end(actor, held, way, store) for held, way in found)
    return received, len(found) - received


def _end(actor: Actor, held: Document, way: UploadSession, store: ObjectStore) -> bool:
    actor = for_brand(actor, held)
    try:
        there = arrived(held, way, store)
    except Conflict:
        there = None
    if there is not None and there.size == held.size:
        receive(actor, held, there)
        return True
    with transaction(actor) as tx:
        document = tx.session.get_one(Document, held.id, with_for_update=True)
        if document.state in OPEN:
            go_on(tx, document, Move.TTL)
            write_down(tx, document, Action.UPLOAD_ABANDONED)
        tx.enqueue("empty_landing", key=f"empty:{held.id}", document_id=held.id)
    return False


def _check_again(actor: Actor, slot: str) -> int:
    """Leave a job for each file that is still being checked, or whose landing is not empty."""
    long_ago = clock.now() - CHECKED_WITHIN
    with transaction(actor) as tx:
        of_long_ago = col(Document.changed_at) < long_ago
        waiting = select(Document.id).where(col(Document.state).in_(BEING_CHECKED), of_long_ago)
        stuck = tx.session.exec(waiting.limit(_AT_ONCE)).all()
        for one in stuck:
            tx.enqueue("check_upload", key=f"check:{one}:{slot}", document_id=one)
        full = (
            select(Document.id)
            .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
            .where(col(Document.state).in_(OVER), of_long_ago)
            .where(col(UploadSession.emptied_at).is_(None))
        )
        for one in tx.session.exec(full.limit(_AT_ONCE)).all():
            tx.enqueue("empty_landing", key=f"empty:{one}:{slot}", document_id=one)
    return len(stuck)


def _remove_strays(store: ObjectStore) -> tuple[int, set[str]]:
    """Remove every settled object that no row knows; return also the keys that rows know."""
    removed, known_keys = 0, set[str]()
    for batch in _batches(store):
        keys = [one.key for one in batch]
        with reading() as session:
            kept = select(Document.storage_key).where(col(Document.storage_key).in_(keys))
            landing = select(UploadSession.landing_key).where(
                col(UploadSession.landing_key).in_(keys), col(UploadSession.emptied_at).is_(None)
            )
            known = {*session.exec(kept), *session.exec(landing)}
        known_keys |= known
        for one in batch:
            if one.key not in known and one.changed_at < clock.now() - SETTLES_WITHIN:
                store.delete(one.key)
                removed += 1
    return removed, known_keys


def _batches(store: ObjectStore) -> Iterator[list[Stored]]:
    for prefix in ("landing/", "sealed/"):
        objects = iter(store.objects(prefix))
        while batch := list(islice(objects, _AT_ONCE)):
            yield batch


def _missing(kept: set[str]) -> Iterator[str]:
    """Yield every kept document whose content the store did not list."""
    settled = clock.now() - CHECKED_WITHIN
    with reading() as session:
        wanted = select(Document.id, Document.storage_key).where(
            col(Document.state) == UploadState.IMPORTED, col(Document.changed_at) < settled
        )
        for document, place in session.exec(wanted):
            if place not in kept:
                yield document
