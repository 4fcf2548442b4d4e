"""Words that staff use again and again in replies; managers look after them."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Action, CaseTemplate
from portal_app.services.cases import policy
from portal_app.services.cases.rules.entered import TITLE_LIMIT
from portal_app.services.messages import BODY_LIMIT
from portal_app.services.transaction import Transaction, transaction


def save_template(
    actor: Actor,
    *,
    title: object,
    words: object,
    template: object = "",
    version: object = 0,
    key: str,
) -> str:
    """Write a new template, or change one, and return its id.

    `version` is the one that was read: a colleague's change in between is not overwritten.
    """
    with transaction(actor) as tx:
        policy.require_manager(actor)
        kept = _held(tx, template) if template != "" else None
        if (earlier := tx.earlier_answer(key, "cases.save_template", template)) is not None:
            return earlier
        entered = Entries()
        name = entered.line("title", title, limit=TITLE_LIMIT, missing="Give it a name.")
        said = entered.text("words", words, limit=BODY_LIMIT, missing="Write the words.")
        entered.done()
        if kept is not None and version != kept.version:
            raise Conflict("A colleague changed this meanwhile. Look at it again first.")
        row = kept or CaseTemplate(
            brand_id=actor.brand, title="", body="", changed_at=clock.now(), version=0
        )
        row.title, row.body, row.changed_at = name, said, clock.now()
        row.version += 1
        tx.session.add(row)
        _write_down(tx, row)
        return tx.answer(key, row.id)


def delete_template(actor: Actor, *, template: object, key: str) -> str:
    """Take a template away; what was sent with it stays as it is."""
    with transaction(actor) as tx:
        policy.require_manager(actor)
        if (earlier := tx.earlier_answer(key, "cases.delete_template", template)) is not None:
            return earlier
        row = _held(tx, template)
        tx.session.delete(row)
        _write_down(tx, row)
        return tx.answer(key, row.id)


def _held(tx: Transaction, template: object) -> CaseTemplate:
    row = tx.session.get(CaseTemplate, identifier(template), with_for_update=True)
    if row is None or row.brand_id != tx.actor.brand:
        raise NotFound
    return row


def _write_down(tx: Transaction, row: CaseTemplate) -> None:
    tx.record(Action.CASE_TEMPLATE_CHANGED, "case_template", row.id, title=row.title)
    tx.touch(f"case-templates:{row.brand_id}")
