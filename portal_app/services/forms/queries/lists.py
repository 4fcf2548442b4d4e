"""The brand's forms, for those who build them."""

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.models import FormState, FormTemplate
from portal_app.services.forms import policy
from portal_app.services.forms.rules.definitions import fields_of
from portal_app.services.forms.views import FormRow, FormSheet
from portal_app.services.transaction import reading


def form_rows(actor: Actor) -> tuple[FormRow, ...]:
    """Return every form that is in use or being built: sections first, in their order."""
    policy.require_manager(actor)
    with reading() as session:
        found = session.exec(
            select(FormTemplate)
            .where(policy.visible_to(actor))
            .where(col(FormTemplate.state) != FormState.RETIRED)
            .order_by(
                col(FormTemplate.kind).desc(), col(FormTemplate.position), col(FormTemplate.id)
            )
        ).all()
    by_key: dict[str, list[FormTemplate]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    return tuple(_row(versions) for versions in by_key.values())


def form_sheet(actor: Actor, *, template: str) -> FormSheet:
    """Return one version of a form with its fields."""
    policy.require_manager(actor)
    with reading() as session:
        wanted = select(FormTemplate).where(
            col(FormTemplate.id) == identifier(template), policy.visible_to(actor)
        )
        found = session.exec(wanted).first()
        if found is None:
            raise NotFound
        return FormSheet(
            id=found.id,
            key=found.key,
            title=found.title,
            introduction=found.introduction,
            kind=found.kind,
            state=found.state,
            number=found.number,
            per_person=found.per_person,
            fields=fields_of(found.definition),
            version=found.version,
        )


def _row(versions: list[FormTemplate]) -> FormRow:
    used = next((one for one in versions if one.state is FormState.PUBLISHED), None)
    draft = next((one for one in versions if one.state is FormState.DRAFT), None)
    newest = draft or used or versions[0]
    return FormRow(
        key=newest.key,
        title=newest.title,
        kind=newest.kind,
        in_use=used.id if used else "",
        number=used.number if used else 0,
        draft=draft.id if draft else "",
        changed_by=newest.changed_by_name,
        changed_at=newest.changed_at,
    )
