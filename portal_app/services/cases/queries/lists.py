"""A customer's cases: all, those they opened, those that wait for them (S1-14, S1-15)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, tuple_, union_all
from sqlmodel import Session, col, func, or_, select, true

from portal_app.core import keyset
from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.models import Case, CaseState, Person
from portal_app.services import households
from portal_app.services.cases import policy
from portal_app.services.cases.queries.choices import topics_of
from portal_app.services.cases.queries.rows import rows_of, zone_of
from portal_app.services.cases.rules.circle import Circle
from portal_app.services.cases.rules.moves import CUSTOMERS_TURN
from portal_app.services.cases.views import CasePage, Corner
from portal_app.services.transaction import reading

PAGE = 25
MOST_COUNTED = 100
Condition = ColumnElement[bool]


class ListView(StrEnum):
    """The lists of a customer's cases."""

    ALL = "all"
    MINE = "mine"
    ACTION_NEEDED = "action_needed"


def cases_of(
    actor: Actor,
    *,
    view: str = "all",
    search: str = "",
    state: str = "",
    whom: str = "",
    after: str = "",
) -> CasePage:
    """Return a page of cases, what changed last first, with what waits for the reader counted.

    `view` is all, mine or action_needed (anything else reads as all); `state` is "" or a state.
    With `whom`, the key of a context, only what is about that person, or in that household.
    """
    seen = ListView(view) if words(view) in set(ListView) else ListView.ALL
    sieve: list[Condition] = []
    if words(state) in set(CaseState):
        sieve.append(col(Case.state) == CaseState(state))
    with reading() as session:
        circle = policy.require_customer(session, actor)
        sieve += [_found_by(circle, words(search)), *_in_context(whom)]
        found = _page(session, circle, actor.brand, seen, sieve, after)
        last = found[PAGE - 1] if len(found) > PAGE else None
        return CasePage(
            rows=rows_of(session, actor, found[:PAGE]),
            after=keyset.pack(last.changed_at, last.id) if last else "",
            counts=((ListView.ACTION_NEEDED.value, _waiting(session, circle, actor.brand, whom)),),
            topics=topics_of(circle, actor.brand),
            zone=zone_of(session, actor),
            has_households=households.is_on(session, actor.brand),
            may_choose=circle.may_choose,
        )


def cases_corner(actor: Actor, *, whom: str = "") -> Corner:
    """Return whether this customer has cases, and how many wait for them, up to a hundred.

    With `whom`, the key of a context, only what is about that person, or in that household, waits.
    """
    if not actor.is_consumer or not actor.person_id:
        return Corner()
    with reading() as session:
        if not policy.is_on(session, actor.brand):
            return Corner()
        circle = policy.require_customer(session, actor)
        waiting = _waiting(session, circle, actor.brand, whom)
        return Corner(is_on=True, waiting=waiting, topics=topics_of(circle, actor.brand))


def _page(
    session: Session,
    circle: Circle,
    brand: str,
    view: ListView,
    sieve: Sequence[Condition],
    after: str,
) -> list[Case]:
    newest = (col(Case.changed_at), col(Case.id))
    where = [col(Case.brand_id) == brand, *sieve]
    if left_off := keyset.unpack(after):
        where.append(tuple_(*newest) < tuple_(*left_off))
    if view is ListView.MINE:
        wanted = select(Case).where(
            col(Case.opener_id) == circle.person_id, circle.visible(), *where
        )
    else:
        is_act = view is ListView.ACTION_NEEDED
        states = sorted(CUSTOMERS_TURN) if is_act else []
        ids = _newest_of_each(circle, [circle.visible(act=is_act), *where], states)
        wanted = select(Case).where(col(Case.id).in_(ids))
    ordered = wanted.order_by(*(each.desc() for each in newest)).limit(PAGE + 1)
    return list(session.exec(ordered))


def _newest_of_each(circle: Circle, where: Sequence[Condition], states: list[CaseState]) -> Any:
    """Return the ids of a page's worth of cases about each person, which an index holds in order.

    Were they asked for at once, a database would sort all that these people ever asked; with
    `states` it would read past all that are in another one.
    """
    shelves = [col(Case.state) == state for state in states] or [true()]
    each = [
        select(Case.id)
        .where(col(Case.consumer_id) == person, shelf, *where)
        .order_by(col(Case.changed_at).desc(), col(Case.id).desc())
        .limit(PAGE + 1)
        .subquery()
        for person in sorted(circle.people)
        for shelf in shelves
    ]
    return union_all(*(select(one.c.id) for one in each))


def _waiting(session: Session, circle: Circle, brand: str, whom: str) -> int:
    some = select(Case.id).where(
        col(Case.consumer_id).in_(circle.people),
        col(Case.state).in_(CUSTOMERS_TURN),
        col(Case.brand_id) == brand,
        circle.visible(act=True),
        *_in_context(whom),
    )
    counted = select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())
    return session.exec(counted).one()


def _in_context(key: str) -> list[Condition]:
    person, household = households.parts_of(words(key))
    about = [col(Case.consumer_id) == person] if person else []
    return [*about, *([col(Case.household_id) == household] if household else [])]


def _found_by(circle: Circle, search: str) -> Condition:
    if not search:
        return true()
    return or_(
        col(Case.number).icontains(search, autoescape=True),
        col(Case.subject).icontains(search, autoescape=True),
        col(Case.opener_name).icontains(search, autoescape=True),
        col(Case.consumer_id).in_(_called(circle, search)),
    )


def _called(circle: Circle, search: str) -> Any:
    """Return those of the circle who are called like that."""
    name: Any = col(Person.given_name) + " " + col(Person.family_name)
    known = select(Person.id).where(col(Person.id).in_(circle.people))
    return known.where(name.icontains(search, autoescape=True))
