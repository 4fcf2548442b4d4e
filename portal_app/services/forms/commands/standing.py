"""The forms that a brand has before anybody built one."""

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.models import FormKind, FormState, FormTemplate
from portal_app.services.forms.rules.definitions import definition_of
from portal_app.services.forms.rules.standard import STANDARD
from portal_app.services.transaction import Transaction

PORTAL = "The portal"


def keep_standard(tx: Transaction, brand_id: str) -> None:
    """Give a brand the standard sections that it does not have yet; the same again does nothing."""
    known = set(
        tx.session.exec(select(FormTemplate.key).where(col(FormTemplate.brand_id) == brand_id))
    )
    now = clock.now()
    for position, standard in enumerate(STANDARD):
        if standard.key in known:
            continue
        values = {
            "id": new_id(),
            "brand_id": brand_id,
            "kind": FormKind.SECTION,
            "key": standard.key,
            "number": 1,
            "state": FormState.PUBLISHED,
            "title": standard.title,
            "introduction": standard.introduction,
            "definition": definition_of(standard.fields),
            "per_person": True,
            "position": position,
            "changed_by_name": PORTAL,
            "created_at": now,
            "changed_at": now,
            "version": 1,
        }
        tx.insert_once(FormTemplate, values, "brand_id", "key", "number")


def in_use(session: Session, brand_id: str) -> list[FormTemplate]:
    """Return the forms of a brand that are in use: sections in their order, then questionnaires."""
    found = session.exec(
        select(FormTemplate)
        .where(col(FormTemplate.brand_id) == brand_id)
        .where(col(FormTemplate.state) == FormState.PUBLISHED)
        .order_by(col(FormTemplate.position), col(FormTemplate.id))
    )
    return sorted(found, key=lambda one: one.kind is FormKind.QUESTIONNAIRE)
