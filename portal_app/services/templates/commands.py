"""Changes to templates: draft, publish, take back. What was sent already never changes."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict
from portal_app.models import Action, MessageTemplate, TemplateVersion, VersionState
from portal_app.services.templates import policy
from portal_app.services.templates.rules.kinds import Kind
from portal_app.services.templates.rules.wording import Wording, checked, kind_of
from portal_app.services.templates.views import STANDARD
from portal_app.services.transaction import Transaction, transaction

NAME_LIMIT = 60
MOST_TEMPLATES = 20
_MEANWHILE = "A colleague changed this template meanwhile. Look at it again first."


def save_draft(
    actor: Actor,
    *,
    kind: object,
    template: object = "",
    name: object = "",
    subject: object = "",
    text: object = "",
    sms: object = "",
    version: object = 0,
    key: str,
) -> str:
    """Keep words that are not sent yet, and return the template's id.

    Without `template` the standard one of the kind is written, or, if `name` is given and the
    kind offers a choice, a further one. `version` is the one that was read. Raises Invalid that
    names the tag which is missing, altered or unknown (S2-15).
    """
    with transaction(actor) as tx:
        policy.require_editor(actor)
        about = kind_of(kind)
        held = _held(tx, template) if template else None
        if (earlier := tx.earlier_answer(key, "templates.save_draft", kind, template)) is not None:
            return earlier
        words = checked(kind=about.key, subject=subject, text=text, sms=sms)
        row = held if held is not None else _standing(tx, about, name)
        if held is not None or row.version:
            _guard(row, version)
        _draft(tx, row, words)
        _done(tx, row, "drafted")
        return tx.answer(key, row.id)


def publish(actor: Actor, *, template: object, version: object, key: str) -> str:
    """Send the draft's words from now on; what was in force is kept as an older version."""
    with transaction(actor) as tx:
        policy.require_publisher(tx.actor)
        row = _held(tx, template)
        if (earlier := tx.earlier_answer(key, "templates.publish", template)) is not None:
            return earlier
        _guard(row, version)
        draft = _in_state(tx, row, VersionState.DRAFT)
        if draft is None:
            raise Conflict("There is no draft to publish. Change the words and save them first.")
        _replace_published(tx, row)
        draft.state, draft.published_at = VersionState.PUBLISHED, clock.now()
        tx.session.add(draft)
        _done(tx, row, "published", number=draft.number)
        return tx.answer(key, row.id)


def bring_back(actor: Actor, *, template: object, number: object, version: object, key: str) -> str:
    """Make a draft of an older version's words; publishing it is one more step."""
    with transaction(actor) as tx:
        row = _held(tx, template)
        if (
            earlier := tx.earlier_answer(key, "templates.bring_back", template, number)
        ) is not None:
            return earlier
        _guard(row, version)
        numbered = select(TemplateVersion).where(
            col(TemplateVersion.template_id) == row.id,
            col(TemplateVersion.number) == (number if type(number) is int else -1),
        )
        older = tx.session.exec(numbered).first()
        if older is None:
            raise Conflict("That version is not there. Look at the list again.")
        _draft(tx, row, Wording(older.subject, older.body, older.sms))
        _done(tx, row, "brought back", number=older.number)
        return tx.answer(key, row.id)


def withdraw(actor: Actor, *, template: object, version: object, key: str) -> str:
    """Stop sending these words: the portal's own are sent again, or one choice is offered less."""
    with transaction(actor) as tx:
        policy.require_publisher(tx.actor)
        row = _held(tx, template)
        if (earlier := tx.earlier_answer(key, "templates.withdraw", template)) is not None:
            return earlier
        _guard(row, version)
        _replace_published(tx, row)
        _done(tx, row, "withdrawn")
        return tx.answer(key, row.id)


def _standing(tx: Transaction, kind: Kind, name: object) -> MessageTemplate:
    """Return the brand's template of that name for a kind, made if it is not there yet."""
    entered = Entries()
    wanted = entered.line("name", name, limit=NAME_LIMIT) if kind.has_choice else ""
    entered.done()
    mine = select(MessageTemplate).where(
        col(MessageTemplate.brand_id) == tx.actor.brand, col(MessageTemplate.kind) == kind.key
    )
    known = tx.session.exec(mine.with_for_update()).all()
    called = wanted or STANDARD
    if found := next((one for one in known if one.name == called), None):
        return found
    if len(known) >= MOST_TEMPLATES:
        raise Conflict(f"There are {MOST_TEMPLATES} already. Change one of them instead.")
    return MessageTemplate(
        brand_id=tx.actor.brand,
        kind=kind.key,
        name=called,
        is_standard=called == STANDARD,
        changed_at=clock.now(),
    )


def _draft(tx: Transaction, row: MessageTemplate, words: Wording) -> None:
    """Write the template's draft; there is one at most, and it is written over."""
    tx.session.add(row)
    tx.session.flush()
    draft = _in_state(tx, row, VersionState.DRAFT)
    if draft is None:
        numbers = select(TemplateVersion.number).where(col(TemplateVersion.template_id) == row.id)
        last = max(tx.session.exec(numbers).all(), default=0)
        draft = TemplateVersion(template_id=row.id, number=last + 1, written_at=clock.now())
    draft.subject, draft.body, draft.sms = words.subject, words.text, words.sms
    draft.written_by, draft.written_at = tx.actor.name, clock.now()
    tx.session.add(draft)


def _replace_published(tx: Transaction, row: MessageTemplate) -> None:
    if before := _in_state(tx, row, VersionState.PUBLISHED):
        before.state = VersionState.REPLACED
        tx.session.add(before)
        tx.session.flush()


def _in_state(tx: Transaction, row: MessageTemplate, state: VersionState) -> TemplateVersion | None:
    wanted = select(TemplateVersion).where(
        col(TemplateVersion.template_id) == row.id, col(TemplateVersion.state) == state
    )
    return tx.session.exec(wanted).first()


def _held(tx: Transaction, template: object) -> MessageTemplate:
    policy.require_editor(tx.actor)
    found = tx.session.get(MessageTemplate, identifier(template), with_for_update=True)
    return policy.require_editable(tx.actor, found)


def _guard(row: MessageTemplate, version: object) -> None:
    if version != row.version:
        raise Conflict(_MEANWHILE)


def _done(tx: Transaction, row: MessageTemplate, what: str, **detail: int) -> None:
    row.version += 1
    row.changed_at = clock.now()
    tx.session.add(row)
    tx.record(
        Action.MESSAGE_TEMPLATE_CHANGED, "message_template", row.id,
        what=what, kind=row.kind, name=row.name, **detail,
    )  # fmt: skip
    tx.touch(f"templates:{row.brand_id}")
