"""Who may send a file, who may go on with it, and who may read it."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, NotFound, TooMany
from portal_app.core.settings import settings
from portal_app.models import Document, Person, PortalUser, UploadSession, UploadState
from portal_app.services.uploads.rules.entered import Entered
from portal_app.services.uploads.rules.limits import (
    A_HOUR,
    MEGABYTE,
    MOST_BY_CUSTOMER,
    MOST_BY_STAFF,
)
from portal_app.services.uploads.rules.moves import HELD, OPEN
from portal_app.services.uploads.rules.purposes import Owner, Purpose, purpose_of

Way = tuple[Document, UploadSession]


def require_system(actor: Actor) -> None:
    """Let only the portal itself go on."""
    if not actor.is_system:
        raise NotFound


def may_send(actor: Actor) -> bool:
    """Say whether somebody is there who could send files at all."""
    return actor.is_guest or (bool(actor.user_id) and (actor.is_consumer or actor.is_staff))


def is_own(actor: Actor, document: Document) -> bool:
    """Say whether this very person sent a file, by their sign-in or by a link."""
    by_person = bool(actor.person_id) and document.person_id == actor.person_id
    return by_person or (bool(actor.user_id) and document.uploaded_by == actor.user_id)


def _sent_by(actor: Actor) -> ColumnElement[bool]:
    if actor.is_staff:
        return col(Document.uploaded_by) == actor.user_id
    return or_(
        col(Document.person_id) == actor.person_id, col(Document.uploaded_by) == actor.user_id
    )


def require_owner(session: Session, actor: Actor, purpose: Purpose, owner: object) -> Owner:
    """Return what a file is to be attached to, if this actor may do that now."""
    if not may_send(actor):
        raise NotFound
    return purpose.attach(session, actor, identifier(owner))


def require_named(session: Session, actor: Actor, purpose: Purpose, owner: object) -> Owner:
    """Return what files are attached to, if this actor may see it, also once it takes no more."""
    if not may_send(actor):
        raise NotFound
    return (purpose.named or purpose.attach)(session, actor, identifier(owner))


def lock_sender(session: Session, actor: Actor) -> None:
    """Have whoever sends two files at the same moment send one after the other."""
    sender = select(PortalUser.id).where(col(PortalUser.id) == actor.user_id)
    if actor.is_guest:
        sender = select(Person.id).where(col(Person.id) == actor.person_id)
    session.exec(sender.with_for_update()).first()


def begun_before(
    session: Session, actor: Actor, purpose: Purpose, owner: Owner, entered: Entered
) -> Document | None:
    """Return the upload of this very file that this person left unfinished, to go on with.

    Raises Conflict where the file has been sent already.
    """
    if not entered.sha256:
        return None
    same = (
        select(Document, UploadSession.expires_at)
        .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
        .where(col(Document.owner_type) == purpose.owner_type)
        .where(col(Document.owner_id) == owner.id, col(Document.sha256) == entered.sha256)
        .where(col(Document.size) == entered.size, col(Document.state).in_(HELD))
        .order_by(col(Document.created_at).desc())
    )
    for found, until in session.exec(same).all():
        is_like_it = found.media_type == entered.media_type and until > clock.now()
        if found.state in OPEN and is_own(actor, found) and is_like_it:
            return found
        if found.state not in OPEN and sees(actor, found):
            raise Conflict(f"This file is here already, as {found.name}.")
    return None


def require_room(session: Session, actor: Actor, purpose: Purpose, owner: Owner, size: int) -> None:
    """Refuse a file for which there is no room: on its owner, in this hour, or in the quota."""
    on_owner = (col(Document.owner_type) == purpose.owner_type, col(Document.owner_id) == owner.id)
    held = col(Document.state).in_(HELD)
    count = select(func.count()).select_from(Document)
    if session.exec(count.where(*on_owner, held)).one() >= purpose.most:
        raise Conflict(
            f"There are {purpose.most} files here already, which is as many as it takes."
        )
    mine = _sent_by(actor)
    lately = col(Document.created_at) > clock.now() - A_HOUR
    most = MOST_BY_STAFF if actor.is_staff else MOST_BY_CUSTOMER
    if session.exec(count.where(mine, lately)).one() >= most:
        raise TooMany(f"You have sent {most} files in an hour. Send the others a little later.")
    total = session.exec(select(func.sum(col(Document.size))).where(mine, held)).one() or 0
    if not actor.is_staff and total + size > settings().upload_quota_megabytes * MEGABYTE:
        raise Conflict("You have sent as much as we can keep for you. Ask us to make room.")


def require_own(session: Session, actor: Actor, document: object, *, lock: bool = False) -> Way:
    """Return an upload of this very person's."""
    wanted = (
        select(Document, UploadSession)
        .join(UploadSession, col(UploadSession.document_id) == col(Document.id))
        .where(col(Document.id) == identifier(document))
    )
    found = session.exec(wanted.with_for_update(of=Document) if lock else wanted).first()
    if found is None or not may_send(actor) or not is_own(actor, found[0]):
        raise NotFound
    return found


def require_readable(session: Session, actor: Actor, document: object) -> Document:
    """Return a file whose owner lets this actor read it, once it has been checked and kept."""
    found = session.get(Document, identifier(document))
    if found is None or not may_send(actor) or found.brand_id != actor.brand:
        raise NotFound
    purpose_of(found.purpose).read(session, actor, found.owner_id)
    if not sees(actor, found):
        raise NotFound
    if found.state is not UploadState.IMPORTED:
        raise Conflict("This file is still being checked. It can be opened in a moment.")
    return found


def sees(actor: Actor, document: Document) -> bool:
    """Say whether somebody who sees the owner also sees this file of it."""
    if document.state is UploadState.ABANDONED:
        return False  # it never came, or was taken off its form
    is_ones_own = is_own(actor, document)
    if document.state is UploadState.REJECTED and not is_ones_own:
        return actor.is_staff
    return actor.is_staff or is_ones_own or document.is_visible
