"""Building forms in drafts, and putting a version into use; answers are never touched (S2-19)."""

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict
from portal_app.models import Action, FormKind, FormState, FormTemplate
from portal_app.services.forms import policy
from portal_app.services.forms.commands.standing import keep_standard
from portal_app.services.forms.rules.definitions import definition_of, fields_of, key_for
from portal_app.services.transaction import Transaction, transaction

LONGEST_TITLE, LONGEST_INTRODUCTION = 80, 600
NOT_A_DRAFT = "This version is in use and stays as it is. Change a draft of it."
NOTHING_IN_IT = "Add a question first."
IS_A_SECTION = "Sections belong to every application. Put it away on those that do not need it."


def prepare_forms(actor: Actor) -> None:
    """Give the actor's brand the standard sections, if it does not have them yet."""
    policy.require_manager(actor)
    with transaction(actor) as tx:
        keep_standard(tx, actor.brand)


def start_form(actor: Actor, *, title: str, kind: str, key: str) -> str:
    """Begin a new form as a draft, and return its id."""
    policy.require_manager(actor)
    entries = Entries()
    name = entries.line("title", title, limit=LONGEST_TITLE, missing="Give it a name.")
    sort = entries.choice("kind", kind, FormKind, problem="Choose one of the two.")
    entries.done()
    with transaction(actor) as tx:
        if (earlier := tx.earlier_answer(key, "forms.start_form")) is not None:
            return earlier
        taken = tx.session.exec(
            select(FormTemplate.key).where(policy.visible_to(actor)).distinct()
        ).all()
        made = _draft(actor, key_for(name, taken), 1)
        made.title, made.kind = name, sort or FormKind.QUESTIONNAIRE
        made.per_person, made.position = made.kind is FormKind.SECTION, len(taken)
        tx.session.add(made)
        tx.session.flush()
        _note(tx, made, Action.FORM_CHANGED)
        return tx.answer(key, made.id)


def edit_form(actor: Actor, *, template: str, key: str) -> str:
    """Begin a new version of a form that is in use, or go on with the draft; return its id."""
    policy.require_manager(actor)
    with transaction(actor) as tx:
        if (earlier := tx.earlier_answer(key, "forms.edit_form", template)) is not None:
            return earlier
        found = policy.require_template(tx.session, actor, template)
        mine = select(FormTemplate).where(
            policy.visible_to(actor), col(FormTemplate.key) == found.key
        )
        drafts = mine.where(col(FormTemplate.state) == FormState.DRAFT)
        if (draft := tx.session.exec(drafts).first()) is not None:
            return tx.answer(key, draft.id)
        newest = select(func.max(FormTemplate.number)).where(
            policy.visible_to(actor), col(FormTemplate.key) == found.key
        )
        made = _draft(actor, found.key, (tx.session.exec(newest).one() or 0) + 1)
        for name in ("kind", "title", "introduction", "definition", "per_person", "position"):
            setattr(made, name, getattr(found, name))
        tx.session.add(made)
        tx.session.flush()
        _note(tx, made, Action.FORM_CHANGED)
        return tx.answer(key, made.id)


def change_form(
    actor: Actor,
    *,
    template: str,
    title: str,
    introduction: str,
    per_person: bool,
    version: int,
    key: str,
) -> None:
    """Change what a draft is called, what it says first, and who answers it."""
    entries = Entries()
    name = entries.line("title", title, limit=LONGEST_TITLE, missing="Give it a name.")
    words = entries.text("introduction", introduction, limit=LONGEST_INTRODUCTION)
    entries.done()
    with transaction(actor) as tx:
        if (draft := require_draft(tx, actor, template, version, key, "change")) is None:
            return
        draft.title, draft.introduction, draft.per_person = name, words, bool(per_person)
        keep(tx, draft)


def publish_form(actor: Actor, *, template: str, version: int, key: str) -> None:
    """Put a draft into use; applications that have an older version keep it."""
    with transaction(actor) as tx:
        if (draft := require_draft(tx, actor, template, version, key, "publish")) is None:
            return
        if not fields_of(draft.definition):
            raise Conflict(NOTHING_IN_IT)
        used = tx.session.exec(
            select(FormTemplate)
            .where(policy.visible_to(actor), col(FormTemplate.key) == draft.key)
            .where(col(FormTemplate.state) == FormState.PUBLISHED)
            .with_for_update()
        ).first()
        if used is not None:
            used.state = FormState.RETIRED
            tx.session.flush()
        draft.state = FormState.PUBLISHED
        keep(tx, draft, Action.FORM_PUBLISHED)


def retire_form(actor: Actor, *, template: str, version: int, key: str) -> None:
    """Take a questionnaire out of use, or give a draft up; where it is shared it stays."""
    policy.require_manager(actor)
    with transaction(actor) as tx:
        found = policy.require_template(tx.session, actor, template)
        if tx.earlier_answer(key, "forms.retire_form", template) is not None:
            return
        if found.version != version or found.state is FormState.RETIRED:
            raise Conflict
        if found.kind is FormKind.SECTION and found.state is FormState.PUBLISHED:
            raise Conflict(IS_A_SECTION)
        found.state = FormState.RETIRED
        keep(tx, found, Action.FORM_RETIRED)


def require_draft(
    tx: Transaction, actor: Actor, template: str, version: int, key: str, command: str
) -> FormTemplate | None:
    """Return a draft, locked, in the version that was seen; None if this click was done before."""
    policy.require_manager(actor)
    found = policy.require_template(tx.session, actor, template)
    if tx.earlier_answer(key, f"forms.{command}", template) is not None:
        return None
    if found.state is not FormState.DRAFT:
        raise Conflict(NOT_A_DRAFT)
    if found.version != version:
        raise Conflict
    return found


def _draft(actor: Actor, key: str, number: int) -> FormTemplate:
    now = clock.now()
    return FormTemplate(
        brand_id=actor.brand,
        kind=FormKind.QUESTIONNAIRE,
        key=key,
        number=number,
        title="",
        definition=definition_of(()),
        created_at=now,
        changed_at=now,
        changed_by_name=actor.name[:120],
    )


def keep(tx: Transaction, draft: FormTemplate, action: Action = Action.FORM_CHANGED) -> None:
    """Note that a version was changed, by whom and when."""
    draft.version += 1
    draft.changed_at, draft.changed_by_name = clock.now(), tx.actor.name[:120]
    tx.session.add(draft)
    _note(tx, draft, action)


def _note(tx: Transaction, draft: FormTemplate, action: Action) -> None:
    tx.record(action, "form_template", draft.id, form=draft.key, number=draft.number)
    tx.touch(f"forms:{draft.brand_id}")
