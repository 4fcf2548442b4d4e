"""Files that are attached to a case, by the one upload path (S1-16)."""

from sqlmodel import Session, and_, col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Case
from portal_app.services import uploads
from portal_app.services.cases import policy
from portal_app.services.cases.rules.moves import FINAL


def _attach(session: Session, actor: Actor, number: str) -> uploads.Owner:
    """Whoever may write may attach, until the case is closed."""
    case = policy.require_case(session, actor, number)
    policy.require_act(session, actor, case)
    if case.state in FINAL:
        raise Conflict("This case is closed, so nothing can be attached to it any more.")
    return uploads.Owner(case.id, case.brand_id)


def _read(session: Session, actor: Actor, case_id: str) -> uploads.Owner:
    where = and_(col(Case.id) == case_id, policy.visible_to(session, actor))
    case = session.exec(select(Case).where(where)).first()
    if case is None:
        raise NotFound
    return uploads.Owner(case.id, case.brand_id)


ATTACHMENT = uploads.register(
    uploads.Purpose(
        key="case_attachment",
        owner_type="case",
        kinds=uploads.PAPERS,
        attach=_attach,
        read=_read,
        most=20,
        shows_staff_files=True,
    )
)
