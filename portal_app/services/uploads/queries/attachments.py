"""The files of things, as the pages of those things list them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Document, UploadState
from portal_app.services.transaction import reading
from portal_app.services.uploads import policy
from portal_app.services.uploads.rules.moves import OPEN
from portal_app.services.uploads.rules.purposes import purpose_of
from portal_app.services.uploads.views import Attachment

_MOST = 200


def attachments(
    session: Session, actor: Actor, *, owner_type: str, owner_ids: Sequence[str]
) -> dict[str, tuple[Attachment, ...]]:
    """Return the files of each owner, the oldest first, as far as this actor sees them.

    Whether the actor sees the owners is asked by the caller, who has just read them for this actor.
    """
    if not owner_ids:
        return {}
    hidden = (*OPEN, UploadState.ABANDONED)
    wanted = (
        select(Document)
        .where(col(Document.owner_type) == owner_type, col(Document.owner_id).in_(owner_ids))
        .where(col(Document.state).not_in(hidden))
        .order_by(col(Document.created_at), col(Document.id))
        .limit(_MOST)
    )
    found: dict[str, tuple[Attachment, ...]] = {}
    for one in session.exec(wanted):
        if policy.sees(actor, one):
            found[one.owner_id] = (*found.get(one.owner_id, ()), _view(actor, one))
    return found


def module_of(actor: Actor, *, document: str) -> str:
    """Return what customers need a licence for to read a file, "" for none."""
    with reading() as session:
        return purpose_of(policy.require_readable(session, actor, document).purpose).module


def _view(actor: Actor, one: Document) -> Attachment:
    return Attachment(
        id=one.id,
        name=one.name,
        size=one.size,
        media_type=one.media_type,
        sha256=one.sha256,
        state=one.state,
        reason=one.reason,
        is_visible=one.is_visible,
        label=one.label,
        is_own=policy.is_own(actor, one),
        by_name=one.uploaded_by_name,
        by_staff=one.by_staff,
        created_at=one.created_at,
        is_ready=one.state is UploadState.IMPORTED,
        is_refused=one.state is UploadState.REJECTED,
    )
