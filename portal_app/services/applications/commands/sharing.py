"""Which forms of an application customers see, and who of them sees whose answers."""

from collections.abc import Sequence
from urllib.parse import quote

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotFound
from portal_app.core.ids import new_id
from portal_app.models import (
    Action,
    Application,
    FormKind,
    FormShare,
    FormTemplate,
    ShareState,
    SharingMode,
)
from portal_app.services import forms, notifications
from portal_app.services.applications import policy
from portal_app.services.applications.commands.links import touch
from portal_app.services.transaction import Transaction, transaction

_AFTER_SECTIONS = 100


def share_form(actor: Actor, *, number: str, form: str, is_on: bool, key: str) -> None:
    """Make a form available on an application, or put it away; its answers are kept (S2-19)."""
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "applications.share_form", number, form, is_on) is not None:
            return
        forms.keep_standard(tx, application.brand_id)
        share = _share(tx, application, identifier(form), is_on=is_on)
        _show(share, is_on=is_on)
        action = Action.APPLICATION_FORM_SHARED if is_on else Action.APPLICATION_FORM_HIDDEN
        tx.record(action, "application", application.id, form=form)
        touch(tx, application.id, application.brand_id)


def set_sharing(actor: Actor, *, number: str, mode: str, key: str) -> None:
    """Let the parties see one another's answers, or their own alone (S2-08)."""
    entries = Entries()
    chosen = entries.choice("mode", mode, SharingMode, problem="Choose one of the two.")
    entries.done()
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "applications.set_sharing", number, mode) is not None:
            return
        application.sharing_mode = chosen or SharingMode.SHARED
        tx.record(Action.APPLICATION_SHARING_SET, "application", application.id, mode=mode)
        touch(tx, application.id, application.brand_id)


def reopen(actor: Actor, *, number: str, form: str = "", key: str) -> None:
    """Let customers change what they handed in, one form or all of them, and tell them so."""
    with transaction(actor) as tx:
        application = policy.require_for_staff(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "applications.reopen", number, form) is not None:
            return
        wanted = (
            select(FormShare)
            .where(col(FormShare.application_id) == application.id)
            .where(col(FormShare.state) == ShareState.COMPLETE)
        )
        if form:
            wanted = wanted.where(col(FormShare.template_key) == identifier(form))
        shares = tx.session.exec(wanted).all()
        if not shares:
            raise Conflict("There is nothing handed in to reopen. Look at it again.")
        for share in shares:
            share.state, share.changed_at = ShareState.REOPENED, clock.now()
        application.submitted_at, application.submitted_by_name = None, ""
        tx.record(Action.APPLICATION_REOPENED, "application", application.id, forms=len(shares))
        _tell_reopened(tx, application, shares)
        touch(tx, application.id, application.brand_id)


def _tell_reopened(tx: Transaction, application: Application, shares: Sequence[FormShare]) -> None:
    titles = select(FormTemplate.title).where(
        col(FormTemplate.id).in_([share.template_id for share in shares])
    )
    ordered = titles.order_by(col(FormTemplate.position), col(FormTemplate.id))
    notifications.tell(
        tx,
        topic="application.reopened",
        brand_id=application.brand_id,
        to=dict.fromkeys(one.person_id for one in policy.parties_let_in(tx.session, application)),
        facts={"number": application.number, "forms": ", ".join(tx.session.exec(ordered))},
        link=f"/applications/{quote(application.number, safe='')}",
    )


def share_sections(tx: Transaction, application: Application) -> None:
    """Put the brand's sections on an application, where they are not yet."""
    forms.keep_standard(tx, application.brand_id)
    for template in forms.in_use(tx.session, application.brand_id):
        if template.kind is FormKind.SECTION:
            _put(tx, application, template, ShareState.SHARED)


def _show(share: FormShare, *, is_on: bool) -> None:
    if is_on and share.state is ShareState.HIDDEN:
        share.state = ShareState.SHARED
    elif not is_on:
        share.state = ShareState.HIDDEN
    share.changed_at = clock.now()
    share.version += 1


def _share(tx: Transaction, application: Application, key: str, *, is_on: bool) -> FormShare:
    """Return the form on the application, put there if it is not and is wanted."""
    wanted = (
        select(FormShare)
        .where(col(FormShare.application_id) == application.id)
        .where(col(FormShare.template_key) == key)
        .where(col(FormShare.party_id).is_(None))
        .with_for_update()
    )
    if (found := tx.session.exec(wanted).first()) is not None:
        return found
    usable = {one.key: one for one in forms.in_use(tx.session, application.brand_id)}
    if key not in usable or not is_on:
        raise NotFound
    _put(tx, application, usable[key], ShareState.SHARED)
    return tx.session.exec(wanted).one()


def _put(
    tx: Transaction, application: Application, template: FormTemplate, state: ShareState
) -> None:
    """Put a form on an application in the version that is in use; one that is there stays."""
    known = select(FormShare.id).where(
        col(FormShare.application_id) == application.id,
        col(FormShare.template_key) == template.key,
        col(FormShare.party_id).is_(None),
    )
    if tx.session.exec(known).first() is not None:
        return
    now, is_section = clock.now(), template.kind is FormKind.SECTION
    share = FormShare(
        id=new_id(),
        application_id=application.id,
        template_id=template.id,
        template_key=template.key,
        state=state,
        required=is_section,
        position=template.position if is_section else _AFTER_SECTIONS + template.position,
        shared_at=now,
        changed_at=now,
    )
    tx.session.add(share)
    tx.session.flush()
