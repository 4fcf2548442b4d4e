"""An application as its parties fill it in: the list of forms, and one of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.core.settings import settings
from portal_app.models import (
    Application,
    ApplicationParty,
    FormAnswerHistory,
    FormKind,
    Invitation,
    Person,
    PortalSession,
    SharingMode,
)
from portal_app.services import forms
from portal_app.services.applications import policy
from portal_app.services.applications.filling_views import (
    Answered,
    Edit,
    Filling,
    Task,
    TaskList,
)
from portal_app.services.applications.queries.answers import Book, Shared, book_of, gaps, parties_of
from portal_app.services.applications.rules.words import OPEN, kind_words
from portal_app.services.transaction import reading

MOST_EDITS = 20


def tasks(actor: Actor, *, number: str) -> TaskList:
    """Return the sections and questionnaires of an application, with how far each is (S2-21)."""
    with reading() as session:
        found = policy.require_application(session, actor, number)
        book = book_of(session, found)
        listed = tasks_of(session, actor, found, book)
        kinds = {one.share.template_key: one.template.kind for one in book.forms}
        sections = tuple(one for one in listed if kinds[one.form] is FormKind.SECTION)
        return TaskList(
            id=found.id,
            number=found.number,
            kind=kind_words(found.kind),
            sections=sections,
            questionnaires=tuple(one for one in listed if one not in sections),
            sharing=found.sharing_mode,
            submitted_at=found.submitted_at,
            submitted_by=found.submitted_by_name,
            is_open=any(one.share.state in OPEN for one in book.forms),
            until=_until(session, actor),
            zone=settings().timezone,
            others_to_go=_others_to_go(session, found, book, listed),
        )


def filling(actor: Actor, *, number: str, form: str, party: str = "") -> Filling:
    """Return one form with what stands in it, who wrote it and when (S2-07, S2-08).

    `party` is whose form it is, "" for one that the application answers once.
    """
    with reading() as session:
        found = policy.require_application(session, actor, number)
        book = book_of(session, found)
        listed = tasks_of(session, actor, found, book)
        wanted = (identifier(form), identifier(party) if party else "")
        places = [(one.form, one.party) for one in listed]
        if wanted not in places:
            raise NotFound
        at = places.index(wanted)
        task, after = listed[at], listed[at + 1] if at + 1 < len(listed) else None
        shared = next(one for one in book.forms if one.share.template_key == task.form)
        return Filling(
            id=found.id,
            number=found.number,
            kind=kind_words(found.kind),
            form=task.form,
            title=task.title,
            introduction=shared.template.introduction,
            party=task.party,
            person=task.person,
            is_own=task.is_own,
            fields=shared.fields,
            answers=_answered(actor, book, shared, task.party),
            may_edit=policy.may_answer(shared.share, found),
            state=shared.share.state,
            done=task.done,
            asked=task.asked,
            currency=found.currency,
            zone=settings().timezone,
            following=f"{after.form}/{after.party or 'all'}" if after else "",
        )


def edits(actor: Actor, *, number: str, form: str, party: str = "", field: str) -> tuple[Edit, ...]:
    """Return who wrote what into one field, the newest first, for staff."""
    with reading() as session:
        found = policy.require_for_staff(session, actor, number)
        book = book_of(session, found, hidden=True)
        shared = next((one for one in book.forms if one.share.template_key == form), None)
        place = forms.place_of(shared.fields, field) if shared else None
        if shared is None or place is None:
            raise NotFound
        whose = identifier(party) if party else ""
        answer = book.answers.get((shared.share.id, whose), {}).get(field)
        if answer is None:
            return ()
        kept = session.exec(
            select(FormAnswerHistory)
            .where(col(FormAnswerHistory.answer_id) == answer.id)
            .order_by(col(FormAnswerHistory.version).desc())
            .limit(MOST_EDITS)
        )
        return tuple(
            Edit(
                one.edited_by_name,
                one.edited_at,
                forms.shown(place.field, one.value, found.currency),
            )
            for one in kept
        )


def tasks_of(session: Session, actor: Actor, found: Application, book: Book) -> list[Task]:
    """Return the forms of a book, once for everybody whose answers this actor sees."""
    parties = policy.parties_seen(session, actor, found)
    people = _people(session, parties)
    own = policy.stands_for(actor)
    listed: list[Task] = []
    for shared in book.forms:
        for party in parties_of(shared, parties):
            person = people.get(party)
            done, asked = book.progress(shared, party)
            last = book.last(shared.share, party)
            listed.append(
                Task(
                    form=shared.share.template_key,
                    title=shared.template.title,
                    party=party,
                    person=person.name if person else "",
                    is_own=person is not None and person.id in own,
                    state=shared.share.state,
                    done=done,
                    asked=asked,
                    changed_by=last.edited_by_name if last else "",
                    changed_at=last.edited_at if last else None,
                )
            )
    # One's own first, then the others' in the order of their roles; the application's last.
    order = {one.id: place for place, one in enumerate(parties)}
    return sorted(listed, key=lambda one: (not one.is_own, order.get(one.party, len(order))))


def _people(session: Session, parties: list[ApplicationParty]) -> dict[str, Person]:
    found = session.exec(
        select(Person).where(col(Person.id).in_([one.person_id for one in parties]))
    )
    known = {person.id: person for person in found}
    return {one.id: known[one.person_id] for one in parties}


def _answered(actor: Actor, book: Book, shared: Shared, party: str) -> dict[str, Answered]:
    found = book.answers.get((shared.share.id, party), {})
    return {
        key: Answered(
            key,
            one.value,
            one.version,
            one.edited_by_name,
            bool(actor.person_id) and one.edited_by == actor.person_id,
            one.edited_at,
        )
        for key, one in found.items()
    }


def _others_to_go(session: Session, found: Application, book: Book, listed: Sequence[Task]) -> bool:
    """Say whether those whose answers are not `listed` have questions left that must be answered.

    Where everybody sees everything there are none of these.
    """
    if found.sharing_mode is SharingMode.SHARED:
        return False
    seen = {(one.form, one.party) for one in listed}
    parties = policy.parties_answering(session, found)
    return any((form, party) not in seen for form, party in gaps(book, parties))


def _until(session: Session, actor: Actor) -> datetime | None:
    """Return when a guest's link ends; somebody who signs in has none."""
    own = session.get(PortalSession, actor.session_id) if actor.is_guest else None
    link = session.get(Invitation, own.invitation_id) if own and own.invitation_id else None
    return link.expires_at if link else None
