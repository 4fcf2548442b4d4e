"""One case with its conversation (S1-16 to S1-19). Staff notes are read in one place: `_notes`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col, select

from portal_app.core import keyset
from portal_app.core.actor import Actor
from portal_app.models import Case, CaseMoment, CaseNote, CaseState
from portal_app.services import households, messages, uploads
from portal_app.services.cases import policy
from portal_app.services.cases.queries.choices import topics_of
from portal_app.services.cases.queries.rows import rows_of, zone_of
from portal_app.services.cases.rules.moves import FINAL, Move, moves_from
from portal_app.services.cases.rules.words import HAPPENED, RESOLUTIONS
from portal_app.services.cases.views import CaseLink, CaseThread, Outcome
from portal_app.services.messages import Said
from portal_app.services.transaction import reading

PAGE = 50


def case_thread(actor: Actor, *, number: str, before: str = "") -> CaseThread:
    """Return a case with the newest of what was said, or with what was said `before`.

    Staff read their notes among it; nobody else's thread is built from the table of notes.
    """
    with reading() as session:
        case = policy.require_case(session, actor, number)
        (row,) = rows_of(session, actor, [case])
        may_act = policy.may_act(session, actor, case)
        said, earlier = _said(session, actor, case, before)
        links = _links(session, actor, case)
        files = uploads.attachments(session, actor, owner_type="case", owner_ids=[case.id])
        moves = moves_from(case.state, policy.side_of(actor)) if may_act else frozenset[Move]()
        before_it = (case.follow_up_of or "", case.merged_into or "")
        return CaseThread(
            row=row,
            version=case.version,
            said=said,
            earlier=earlier,
            outcome=_outcome(session, actor, case, may_act=may_act),
            may_act=may_act,
            may_attach=may_act and case.state not in FINAL,
            has_households=actor.is_staff or households.is_on(session, actor.brand),
            moves=moves,
            follow_up_of=links.get(before_it[0]),
            merged_into=links.get(before_it[1]),
            follow_ups=tuple(link for key, link in links.items() if key not in before_it),
            files=files.get(case.id, ()),
            assigned_to=(case.assigned_to or "") if actor.is_staff else "",
            topics=_topics(session, actor, case),
            zone=zone_of(session, actor),
        )


def _outcome(session: Session, actor: Actor, case: Case, *, may_act: bool) -> Outcome:
    is_open_to = actor.is_consumer and may_act and case.rating is None
    return Outcome(
        resolution=case.resolution,
        words=RESOLUTIONS[case.resolution] if case.resolution else "",
        notes=case.resolution_notes,
        resolved_at=case.resolved_at,
        closes_at=_closes_at(session, case),
        closed_at=case.closed_at,
        closed_by_name=case.closed_by_name,
        rating=case.rating if may_act else None,
        rating_words=case.rating_words if may_act else "",
        may_rate=is_open_to and case.state in FINAL and not case.merged_into,
    )


def _closes_at(session: Session, case: Case) -> datetime | None:
    """Return when an unanswered solution will count as accepted, if it ever will."""
    if case.state is not CaseState.RESOLVED or case.resolved_at is None:
        return None
    days = policy.policy_of(session, case.brand_id).auto_close_days
    return case.resolved_at + timedelta(days=days) if days else None


def _topics(session: Session, actor: Actor, case: Case) -> tuple[str, ...]:
    own = (f"case:{case.id}", uploads.topic_of("case", case.id))
    if actor.is_staff:
        return (*own, f"case-notes:{case.id}")
    return (*own, *topics_of(policy.require_customer(session, actor), actor.brand))


def _links(session: Session, actor: Actor, case: Case) -> dict[str, CaseLink]:
    """Return the cases around this one that the reader may see too, by their ids.

    Found by their ids first: asked together with what the reader sees, a database may choose to
    walk through everything that they see.
    """
    named = [one for one in (case.follow_up_of, case.merged_into) if one]
    near = [*named, *session.exec(select(Case.id).where(col(Case.follow_up_of) == case.id))]
    if not near:
        return {}
    visible = policy.visible_to(session, actor)
    wanted = select(Case).where(col(Case.id).in_(near), visible).order_by(col(Case.id))
    return {one.id: CaseLink(one.number, one.subject) for one in session.exec(wanted)}


def _said(session: Session, actor: Actor, case: Case, before: str) -> tuple[tuple[Said, ...], str]:
    """Return a page of the conversation in the order of time, and the word for what was before."""
    thread = messages.Thread("case", case.id)
    words = messages.said_in(session, actor, thread, before=before, most=PAGE + 1)
    pages = [words, _moments(session, case, before)]
    if actor.is_staff:
        pages.append(_notes(session, actor, case, before))
    every = sorted((one for page in pages for one in page), key=attrgetter("at", "id"))
    shown = every[-PAGE:]
    is_more = len(every) > PAGE
    if not is_more:
        first = Said(case.id, "message", case.created_at, "", case.opener_name,
                     case.opener_id is None, _is_own(actor, case), case.description)  # fmt: skip
        shown = [first, *shown]
    return tuple(shown), keyset.pack(shown[0].at, shown[0].id) if is_more else ""


def _is_own(actor: Actor, case: Case) -> bool:
    return bool(actor.person_id) and case.opener_id == actor.person_id


def _moments(session: Session, case: Case, before: str) -> list[Said]:
    return [
        Said(one.id, "moment", one.at, HAPPENED.get(one.what, "Changed"), one.by_name,
             one.by_staff, body=one.note)
        for one in _newest(session, CaseMoment, case, before)
    ]  # fmt: skip


def _notes(session: Session, actor: Actor, case: Case, before: str) -> list[Said]:
    return [
        Said(one.id, "note", one.at, HAPPENED.get(one.what, ""), one.by_name,
             by_staff=True, is_own=one.author_id == actor.user_id, body=one.body)
        for one in _newest(session, CaseNote, case, before)
    ]  # fmt: skip


def _newest(session: Session, table: Any, case: Case, before: str) -> Sequence[Any]:
    where: list[ColumnElement[bool]] = [col(table.case_id) == case.id]
    if left_off := keyset.unpack(before):
        where.append(tuple_(col(table.at), col(table.id)) < tuple_(*left_off))
    newest = select(table).where(*where).order_by(col(table.at).desc(), col(table.id).desc())
    return cast("Any", session).exec(newest.limit(PAGE + 1)).all()
