"""Files that are attached to a case, by the one upload path (S1-16).

What is sent with the form for a new case waits under the form, which is its sender's alone, until
there is a case.
"""

from datetime import timedelta

from sqlmodel import Session, and_, col, select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Case, Document
from portal_app.services import uploads
from portal_app.services.cases import policy
from portal_app.services.cases.rules.forms import FORM, form_of
from portal_app.services.cases.rules.moves import FINAL
from portal_app.services.transaction import Transaction


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


def take_over(tx: Transaction, case: Case, key: object) -> None:
    """Attach to a new case what was sent with its form."""
    uploads.hand_over(
        tx,
        waiting=WITH_FORM,
        form=form_of(tx.actor, key),
        to=ATTACHMENT,
        heir=uploads.Owner(case.id, case.brand_id),
    )


def _attach_to_form(session: Session, actor: Actor, key: str) -> uploads.Owner:
    """Whoever may open a case may send files with its form."""
    if not actor.is_staff:
        policy.require_customer(session, actor)
    return uploads.Owner(form_of(actor, key), actor.brand)


def _read_of_form(session: Session, actor: Actor, form: str) -> uploads.Owner:
    """Nobody but the sender reads what waits, staff neither."""
    mine = (
        select(Document.id)
        .where(col(Document.owner_type) == FORM, col(Document.owner_id) == form)
        .where(col(Document.uploaded_by) == actor.user_id)
    )
    if not actor.user_id or session.exec(mine.limit(1)).first() is None:
        raise NotFound
    return uploads.Owner(form, actor.brand)


WITH_FORM = uploads.register(
    uploads.Purpose(
        key="case_form_attachment",
        owner_type=FORM,
        kinds=uploads.PAPERS,
        attach=_attach_to_form,
        read=_read_of_form,
        most=ATTACHMENT.most,
        shows_customer_files=False,
        waits=timedelta(days=1),
    )
)
