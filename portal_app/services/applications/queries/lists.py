"""The brand's applications, for staff."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select, tuple_

from portal_app.core import entries
from portal_app.core.actor import Actor
from portal_app.core.paging import Cursor, page_size, read_cursor
from portal_app.core.settings import settings
from portal_app.models import (
    Application,
    ApplicationParty,
    Invitation,
    InvitationPurpose,
    Person,
)
from portal_app.services.applications import policy
from portal_app.services.applications.rules.words import ORDER, kind_words
from portal_app.services.applications.views import ApplicationPage, ApplicationRow, Wish
from portal_app.services.transaction import reading

PAGE = 50
MOST_COUNTED = 100
_MOST_NAMED = 500
_ASKED = (
    col(Invitation.renewal_asked_at).is_not(None),
    col(Invitation.purpose) == InvitationPurpose.APPLICATION_ACCESS,
)


class View(StrEnum):
    """The saved views of the list."""

    OPEN = "open"
    ASKING = "asking"
    SUBMITTED = "submitted"
    ENDED = "ended"
    ALL = "all"


def applications(
    actor: Actor, *, view: str = "open", search: str = "", after: str = ""
) -> ApplicationPage:
    """Return a page of the brand's applications, the newest first, with the count of each view.

    `view` is a `View` ("open" when it is none); `search` finds words in numbers and names.
    """
    policy.require_staff(actor)
    seen = View(view) if entries.words(view) in set(View) else View.OPEN
    with reading() as session:
        where = [policy.visible_to(actor), _in(seen), _found_by(actor.brand, entries.words(search))]
        day, row_id = col(Application.introduced_on), col(Application.id)
        wanted = select(Application).where(*where)
        if last := read_cursor(after):
            wanted = wanted.where(tuple_(day, row_id) < (last.day, last.id))
        ordered = wanted.order_by(day.desc(), row_id.desc()).limit(PAGE + 1)
        found = session.exec(ordered).all()
        rows = rows_of(session, found[:PAGE])
        more = str(Cursor(rows[-1].introduced_on, rows[-1].id)) if len(found) > PAGE else ""
        return ApplicationPage(rows, more, _counts(session, actor))


def waiting(actor: Actor) -> int:
    """Return how many parties of the brand ask for a new link, counted up to a hundred."""
    policy.require_staff(actor)
    with reading() as session:
        asking = _asking(actor.brand).limit(MOST_COUNTED)
        return session.exec(select(func.count()).select_from(asking.subquery())).one()


def wishes(actor: Actor, *, size: int = PAGE) -> tuple[Wish, ...]:
    """Return the first `size` people who ask for a new link, the longest waiting first (S2-10)."""
    policy.require_staff(actor)
    asking = _asking(actor.brand).subquery()
    wanted = (
        select(Application, Person, asking.c.asked_at)
        .join(asking, asking.c.application_id == col(Application.id))
        .join(Person, col(Person.id) == asking.c.person_id)
        .order_by(asking.c.asked_at, col(Application.id), col(Person.id))
        .limit(page_size(size))
    )
    with reading() as session:
        return tuple(
            Wish(one.number, kind_words(one.kind), person.name, asked_at, settings().timezone)
            for one, person, asked_at in session.exec(wanted)
        )


def rows_of(session: Session, found: Sequence[Application]) -> tuple[ApplicationRow, ...]:
    """Return applications as lists show them, with who is party: one query however many."""
    ids = [one.id for one in found]
    parties: dict[str, list[tuple[ApplicationParty, Person]]] = {}
    named = session.exec(
        select(ApplicationParty, Person)
        .join(Person, col(Person.id) == col(ApplicationParty.person_id))
        .where(col(ApplicationParty.application_id).in_(ids))
        .where(col(ApplicationParty.ended_at).is_(None))
        .order_by(col(ApplicationParty.id))
    )
    for party, person in named:
        parties.setdefault(party.application_id, []).append((party, person))
    return tuple(_row(one, parties.get(one.id, [])) for one in found)


def _row(one: Application, parties: list[tuple[ApplicationParty, Person]]) -> ApplicationRow:
    ordered = sorted(parties, key=lambda pair: ORDER[pair[0].role])
    return ApplicationRow(
        id=one.id,
        number=one.number,
        kind=kind_words(one.kind),
        stage=one.stage,
        parties=tuple(person.name for _, person in ordered),
        introduced_on=one.introduced_on,
        is_ended=one.ended_at is not None,
        submitted_at=one.submitted_at,
        invited=sum(party.portal_enabled for party, _ in ordered),
    )


def _asking(brand: str) -> Any:
    """Return the query of who asks, each once for an application, whichever links they tried."""
    whose = col(Invitation.application_id), col(Invitation.person_id)
    return (
        select(*whose, func.min(col(Invitation.renewal_asked_at)).label("asked_at"))
        .where(col(Invitation.brand_id) == brand, *_ASKED)
        .group_by(*whose)
    )


def _in(view: View) -> ColumnElement[bool]:
    is_open, is_in = col(Application.ended_at).is_(None), col(Application.submitted_at).is_not(None)
    asking = select(Invitation.application_id).where(*_ASKED)
    return {
        View.OPEN: is_open,
        View.ASKING: col(Application.id).in_(asking),
        View.SUBMITTED: and_(is_open, is_in),
        View.ENDED: col(Application.ended_at).is_not(None),
        View.ALL: true(),
    }[view]


def _found_by(brand: str, search: str) -> ColumnElement[bool]:
    if not search:
        return true()
    name: Any = col(Person.given_name) + " " + col(Person.family_name)
    called = select(Person.id).where(col(Person.brand_id) == brand)
    people = called.where(name.icontains(search, autoescape=True)).limit(_MOST_NAMED)
    theirs = select(ApplicationParty.application_id).where(
        col(ApplicationParty.person_id).in_(people)
    )
    return or_(
        col(Application.number).icontains(search, autoescape=True),
        col(Application.id).in_(theirs),
    )


def _counts(session: Session, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Count every view in one query, but never past what is worth knowing."""
    each = [
        select(func.count())
        .select_from(
            select(Application.id)
            .where(policy.visible_to(actor), _in(view))
            .limit(MOST_COUNTED)
            .subquery()
        )
        .scalar_subquery()
        .label(view.value)
        for view in View
    ]
    found: list[int] = cast("Any", session).exec(cast("Any", select)(*each)).one()
    return tuple(zip((view.value for view in View), found, strict=True))
