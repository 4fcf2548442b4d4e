"""Cases as lists show them, with the names of those concerned: two queries however many."""

from collections.abc import Sequence
from typing import Any, cast

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Case, CasePriority, Household, Person
from portal_app.services import households
from portal_app.services.cases.rules.words import TOPICS, look
from portal_app.services.cases.views import CaseRow
from portal_app.services.zones import zone_of_person


def rows_of(session: Session, actor: Actor, cases: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Return the rows in the order of the cases; what concerns staff alone is for staff."""
    people = _names(session, Person, {case.consumer_id for case in cases})
    homes: dict[str, str] = {}
    if actor.is_staff or households.is_on(session, actor.brand):
        homes = _names(session, Household, {case.household_id or "" for case in cases} - {""})
    return tuple(
        CaseRow(
            id=case.id,
            number=case.number,
            subject=case.subject,
            topic=case.topic,
            topic_words=TOPICS[case.topic],
            state=case.state,
            look=look(case.state, for_staff=actor.is_staff),
            priority=case.priority if actor.is_staff else CasePriority.NORMAL,
            consumer_id=case.consumer_id,
            consumer_name=people.get(case.consumer_id, ""),
            household_id=case.household_id or "",
            household_name=homes.get(case.household_id or "", ""),
            opener_name=case.opener_name,
            is_mine=bool(actor.person_id) and case.opener_id == actor.person_id,
            assigned_name=case.assigned_name if actor.is_staff else "",
            due_at=case.due_at if actor.is_staff else None,
            created_at=case.created_at,
            changed_at=case.changed_at,
        )
        for case in cases
    )


def zone_of(session: Session, actor: Actor) -> str:
    """Return the time zone in which this reader thinks."""
    return zone_of_person(session, actor.person_id)


def _names(session: Session, table: Any, ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    found = cast("Any", session).exec(select(table).where(col(table.id).in_(ids)))
    return {row.id: row.name for row in found}
