"""What staff decide about a file that is kept: who sees it."""

from sqlmodel import Session, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.models import Action, Document, UploadState
from portal_app.services.transaction import transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import write_down
from portal_app.services.uploads.rules.purposes import purpose_of, topic_of


def show(actor: Actor, *, document: str, is_visible: object, key: str) -> bool:
    """Let customers who see the owner see a file too, or no longer, and say which (S4-28).

    Open pages follow at once. An address that somebody has kept is asked about anew each time, so
    it opens nothing from then on (S4-29). Only staff decide this, of files that have been checked.
    """
    entered = Entries()
    wanted = entered.flag("is_visible", is_visible)
    with transaction(actor) as tx:
        held = _require(tx.session, actor, document)
        if (earlier := tx.earlier_answer(key, "uploads.show", document, is_visible)) is not None:
            return earlier == "shown"
        entered.done()
        if held.is_visible != wanted:
            held.is_visible = wanted
            held.changed_at, held.version = clock.now(), held.version + 1
            write_down(tx, held, Action.DOCUMENT_SHOWN if wanted else Action.DOCUMENT_HIDDEN)
            tx.touch(topic_of(held.owner_type, held.owner_id))
        return tx.answer(key, "shown" if wanted else "hidden") == "shown"


def _require(session: Session, actor: Actor, document: object) -> Document:
    wanted = select(Document).where(Document.id == identifier(document)).with_for_update()
    found = session.exec(wanted).first()
    if found is None or not policy.may_send(actor) or found.brand_id != actor.brand:
        raise NotFound
    purpose_of(found.purpose).read(session, actor, found.owner_id)
    if not policy.sees(actor, found):
        raise NotFound
    if not actor.is_staff:
        raise NotAllowed("Only our staff decide who sees a document.")
    if found.state is not UploadState.IMPORTED:
        raise Conflict("This file is still being checked. It can be shown once that is done.")
    return found
