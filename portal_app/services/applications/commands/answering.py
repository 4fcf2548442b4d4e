"""Keeping answers, field by field: nothing that somebody else wrote is lost in silence (S2-08)."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.models import (
    Application,
    ApplicationParty,
    FormAnswer,
    FormAnswerHistory,
    FormShare,
    FormTemplate,
    ShareState,
)
from portal_app.services import forms
from portal_app.services.applications import policy
from portal_app.services.applications.filling_views import AnswerConflict, AnswerSaved
from portal_app.services.applications.rules.topics import answers_topic
from portal_app.services.transaction import Transaction, transaction

HANDED_IN = "This has been handed in and cannot be changed. Ask us, and we open it again."
NO_ROW = "This entry is not there. Add one first."
ROW_GONE = "{} has taken this entry away, so “{}” was not kept. Add an entry again if it is needed."
FULL = f"There can be {forms.MOST_ROWS} at most. Tell us about the others in a message."


def save_answer(
    actor: Actor,
    *,
    number: str,
    form: str,
    party: str,
    field: str,
    value: str,
    version: int,
    key: str,
) -> AnswerSaved | AnswerConflict:
    """Keep what was typed into one field, if nobody else has written there since `version`.

    `party` is whose form it is, "" for the application's; `version` is 0 where nothing stood.
    Raises Invalid with a sentence for what cannot be kept, Conflict once it was handed in.
    """
    with transaction(actor) as tx:
        desk = _require_desk(tx, actor, number, form, party)
        place = forms.place_of(desk.fields, field)
        if place is None or place.field is place.group:
            raise NotFound  # rows come and go by commands of their own
        try:
            wanted = forms.read(place.field, value, desk.application.currency)
        except forms.Unreadable as fault:
            raise Invalid(**{field: str(fault)}) from fault
        if place.group is not None:
            shown = forms.shown(place.field, wanted, desk.application.currency)
            _require_row(tx.session, desk, f"{place.group.key}/{place.row}", shown)
        if earlier := tx.earlier_answer(
            key, "applications.save_answer", number, form, party, field
        ):
            return AnswerSaved(int(earlier), wanted)
        outcome = _write(tx, desk, field, wanted, version)
        if isinstance(outcome, AnswerSaved):
            tx.answer(key, str(outcome.version))
        return outcome


def add_row(actor: Actor, *, number: str, form: str, party: str, group: str, key: str) -> int:
    """Add a row to a group and return which one it is: nobody else gets the same."""
    with transaction(actor) as tx:
        desk = _require_desk(tx, actor, number, form, party)
        place = forms.place_of(desk.fields, f"{group}/1")
        if place is None:
            raise NotFound
        if (
            earlier := tx.earlier_answer(key, "applications.add_row", number, form, party, group)
        ) is not None:
            return int(earlier or 0)
        held = {one.field_key: one for one in _answers(tx.session, desk)}
        row = _free_row(held, group)
        for name, answer in held.items():
            # Only where a row that was taken off is used again, for want of a new one.
            if name.startswith(f"{group}/{row}/") and answer.value:
                _keep(tx, desk, name, "", answer)
        _keep(tx, desk, f"{group}/{row}", "yes", held.get(f"{group}/{row}"))
        tx.answer(key, str(row))
        return row


def remove_row(
    actor: Actor, *, number: str, form: str, party: str, group: str, row: int, key: str
) -> None:
    """Take a row off a group; what stood in it is kept in the history."""
    with transaction(actor) as tx:
        desk = _require_desk(tx, actor, number, form, party)
        name = f"{group}/{row}"
        if forms.place_of(desk.fields, name) is None:
            raise NotFound
        if (
            tx.earlier_answer(key, "applications.remove_row", number, form, party, group, row)
            is not None
        ):
            return
        held = _answer(tx.session, desk, name)
        if held is not None and held.value:
            _keep(tx, desk, name, "", held)


def _free_row(held: Mapping[str, FormAnswer], group: str) -> int:
    """Return a row that nobody has used; else one that was taken off, the longest ago first."""
    rows = {n: held.get(f"{group}/{n}") for n in range(1, forms.MOST_ROWS + 1)}
    taken_off = [(one.edited_at, n) for n, one in rows.items() if one and not one.value]
    free = [n for n, one in rows.items() if one is None] or [n for _, n in sorted(taken_off)]
    if not free:
        raise Conflict(FULL)
    return free[0]


def _require_row(session: Session, desk: "_Desk", row: str, words: str) -> None:
    """Refuse what is written into a row that is not there: nobody would ever see it."""
    held = _answer(session, desk, row)
    if held is None:
        raise Conflict(NO_ROW)
    if not held.value:
        raise Conflict(ROW_GONE.format(held.edited_by_name, words))


class _Desk:
    """One form of one party, locked for writing."""

    def __init__(self, application: Application, share: FormShare, template: FormTemplate) -> None:
        self.application, self.share = application, share
        self.fields = forms.fields_of(template.definition)
        self.party_id: str | None = None


def _require_desk(tx: Transaction, actor: Actor, number: str, form: str, party: str) -> _Desk:
    application = policy.require_application(tx.session, actor, number)
    found = tx.session.exec(
        select(FormShare, FormTemplate)
        .join(FormTemplate, col(FormTemplate.id) == col(FormShare.template_id))
        .where(col(FormShare.application_id) == application.id)
        .where(col(FormShare.template_key) == identifier(form))
        .where(col(FormShare.state) != ShareState.HIDDEN)
        # Two people at one form take turns, so that neither overwrites what the other just wrote.
        .with_for_update(of=FormShare)
    ).first()
    if found is None:
        raise NotFound
    desk = _Desk(application, *found)
    desk.party_id = _party(tx.session, actor, application, found[1], party)
    if not policy.may_answer(found[0], application):
        raise Conflict(HANDED_IN)
    return desk


def _party(
    session: Session, actor: Actor, application: Application, template: FormTemplate, party: str
) -> str | None:
    if not template.per_person:
        if party:
            raise NotFound
        return None
    seen: list[ApplicationParty] = policy.parties_seen(session, actor, application)
    if party not in [one.id for one in seen]:
        raise NotFound
    return party


def _write(
    tx: Transaction, desk: _Desk, field: str, value: str, version: int
) -> AnswerSaved | AnswerConflict:
    held = _answer(tx.session, desk, field)
    if held is not None and held.value == value:
        return AnswerSaved(held.version, value)
    if held is None and not value:
        return AnswerSaved(0, "")
    if held is not None and held.version != version:
        return AnswerConflict(held.value, held.edited_by_name, held.edited_at, held.version)
    return AnswerSaved(_keep(tx, desk, field, value, held), value)


def _keep(tx: Transaction, desk: _Desk, field: str, value: str, held: FormAnswer | None) -> int:
    """Write an answer with its history, and tell whoever has the application open."""
    answer = held or FormAnswer(
        share_id=desk.share.id,
        party_id=desk.party_id,
        field_key=field,
        version=0,
        edited_at=clock.now(),
    )
    actor = tx.actor
    answer.say(value)
    answer.version += 1
    answer.edited_by, answer.edited_by_name = actor.person_id or None, actor.name[:120]
    answer.by_staff, answer.edited_at = actor.is_staff, clock.now()
    tx.session.add(answer)
    tx.session.flush()
    kept = FormAnswerHistory(
        answer_id=answer.id,
        version=answer.version,
        edited_by=answer.edited_by,
        edited_by_name=answer.edited_by_name,
        by_staff=answer.by_staff,
        edited_at=answer.edited_at,
    )
    kept.say(value)
    tx.session.add(kept)
    if desk.share.state is ShareState.SHARED:
        desk.share.state = ShareState.IN_PROGRESS
        tx.session.add(desk.share)
    application = desk.application
    tx.touch(answers_topic(application.id), f"applications:{application.brand_id}")
    return answer.version


def _answer(session: Session, desk: _Desk, field: str) -> FormAnswer | None:
    found = _of(desk).where(col(FormAnswer.field_key) == field)
    return session.exec(found).first()


def _answers(session: Session, desk: _Desk) -> list[FormAnswer]:
    return list(session.exec(_of(desk)))


def _of(desk: _Desk):  # noqa: ANN202 - a select, whose type is longer than it
    mine = col(FormAnswer.party_id) == desk.party_id
    return select(FormAnswer).where(
        col(FormAnswer.share_id) == desk.share.id,
        mine if desk.party_id else col(FormAnswer.party_id).is_(None),
    )
