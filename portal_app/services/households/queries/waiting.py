"""Requests about households that staff have not settled."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from portal_app.models import ChangeRequest, ChangeState
from portal_app.services.households import rules

OPEN = (ChangeState.PENDING_REVIEW, ChangeState.APPLY_FAILED)


def requests(session: Session, subject_ids: Collection[str], *kinds: str) -> list[ChangeRequest]:
    """Return what waits about these subjects, oldest first."""
    found = session.exec(
        select(ChangeRequest)
        .where(col(ChangeRequest.subject_id).in_(subject_ids), col(ChangeRequest.kind).in_(kinds))
        .where(col(ChangeRequest.subject_type).in_((rules.HOUSEHOLD, rules.MEMBERSHIP)))
        .where(col(ChangeRequest.state).in_(OPEN))
        .order_by(col(ChangeRequest.created_at), col(ChangeRequest.id))
    )
    return list(found)
