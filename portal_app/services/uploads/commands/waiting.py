"""Files that are sent with a form, before there is anything that they could belong to."""

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, Document, UploadSession, UploadState
from portal_app.services.transaction import Transaction, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import go_on, write_down
from portal_app.services.uploads.rules.moves import HELD, OPEN, OVER, Move
from portal_app.services.uploads.rules.purposes import (
    Owner,
    Purpose,
    all_purposes,
    purpose_of,
    topic_of,
)

ON_ITS_WAY = (
    "A file is still on its way. Wait until it has arrived, or remove it, then send the form again."
)
SENT = "This file has been sent with the form, so it cannot be removed here any more."
_AT_ONCE = 500


def hand_over(tx: Transaction, *, waiting: Purpose, form: str, to: Purpose, heir: Owner) -> int:
    """Give what was sent with a form to what has come of it, and return how many files that is.

    Called in the unit of work that carries the form out, so that either both happen or neither.
    `form` is the id of the owner under which they wait. Raises Conflict while one of them is still
    being sent; what was refused stays behind.
    """
    policy.lock_sender(tx.session, tx.actor)
    held = [one for one, is_late in _waiting(tx.session, waiting, form) if not is_late]
    if any(one.state in OPEN for one in held):
        raise Conflict(ON_ITS_WAY)
    for one in held:
        one.owner_type, one.owner_id, one.purpose = to.owner_type, heir.id, to.key
        one.is_visible = to.shows_staff_files if one.by_staff else to.shows_customer_files
        one.version += 1
        write_down(tx, one, Action.DOCUMENT_HANDED_OVER)
    if held:
        tx.touch(topic_of(to.owner_type, heir.id))
    return len(held)


def take_off(actor: Actor, *, document: object) -> bool:
    """Take a file off the form with which it was sent, and say whether it was still there.

    Its content is removed by a job. Raises NotFound for what is not this very person's, Conflict
    once the form has been sent: the file belongs to what has come of it.
    """
    with transaction(actor) as tx:
        policy.lock_sender(tx.session, tx.actor)
        held, way = policy.require_own(tx.session, actor, document, lock=True)
        if purpose_of(held.purpose).waits is None:
            raise Conflict(SENT)
        if held.state is UploadState.ABANDONED:
            return False
        go_on(tx, held, Move.TAKEN_OFF)
        way.emptied_at = None  # until what is kept of it is gone as well
        write_down(tx, held, Action.DOCUMENT_REMOVED)
        tx.enqueue("empty_landing", key=f"removed:{held.id}", document_id=held.id)
        return True


def drop_left(actor: Actor) -> int:
    """Drop every file whose form was never sent off, and return how many those are.

    Only rows go here, and only of files that are settled; the content is nobody's then, and is
    removed as such.
    """
    dropped = 0
    for purpose in all_purposes():
        if purpose.waits is None:
            continue
        with transaction(actor) as tx:
            left = (
                select(Document, UploadSession)
                .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
                .where(col(Document.owner_type) == purpose.owner_type)
                .where(col(Document.created_at) < clock.now() - purpose.waits)
                .where(col(Document.state).in_(OVER), col(UploadSession.emptied_at).is_not(None))
                .limit(_AT_ONCE)
                .with_for_update(of=Document)
            )
            for held, way in tx.session.exec(left).all():
                write_down(tx, held, Action.DOCUMENT_DROPPED)
                tx.session.delete(way)
                tx.session.flush()
                tx.session.delete(held)
                dropped += 1
    return dropped


def _waiting(session: Session, waiting: Purpose, form: str) -> list[tuple[Document, bool]]:
    """Return what waits with a form, each with whether its time to arrive is over."""
    wanted = (
        select(Document, UploadSession.expires_at)
        .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
        .where(col(Document.owner_type) == waiting.owner_type, col(Document.owner_id) == form)
        .where(col(Document.state).in_(HELD))
        .order_by(col(Document.created_at), col(Document.id))
        .with_for_update(of=Document)
    )
    now = clock.now()
    found = session.exec(wanted).all()
    return [(one, one.state in OPEN and until <= now) for one, until in found]
