"""One step of an upload: the move, what is written down, and who is told."""

from dataclasses import replace

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Action, Document
from portal_app.services.transaction import Transaction
from portal_app.services.uploads.rules.moves import Move, after
from portal_app.services.uploads.rules.purposes import purpose_of, topic_of


def go_on(tx: Transaction, document: Document, move: Move) -> None:
    """Carry a move out; pages that list the file follow."""
    document.state = after(document.state, move)
    document.changed_at, document.version = clock.now(), document.version + 1
    tx.session.add(document)
    if follow := purpose_of(document.purpose).follow:
        follow(tx, document)
    tx.touch(topic_of(document.owner_type, document.owner_id))


def write_down(tx: Transaction, document: Document, action: Action) -> None:
    """Add an entry to the audit trail; the name of a file may say a lot, so it is left out."""
    tx.record(
        action,
        "document",
        document.id,
        owner_type=document.owner_type,
        owner_id=document.owner_id,
        media_type=document.media_type,
        size=document.size,
    )


def for_brand(actor: Actor, document: Document) -> Actor:
    """Let the portal act for the brand whose file it is: its staff read what was done to it."""
    return replace(actor, brand=document.brand_id) if actor.is_system else actor


def reject(tx: Transaction, document: Document, reason: str) -> None:
    """Refuse a file that is being looked at, and have it removed."""
    document.reason = reason
    go_on(tx, document, Move.BAD)
    write_down(tx, document, Action.DOCUMENT_REJECTED)
    tx.enqueue("empty_landing", key=f"empty:{document.id}", document_id=document.id)
