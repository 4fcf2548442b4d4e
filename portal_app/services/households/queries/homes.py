"""A person's households, and what a head sees of the members (S1-02 to S1-06)."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotAllowed, NotFound, SwitchedOff
from portal_app.models import (
    ChangePolicy,
    ChangeRequest,
    ChangeState,
    Feature,
    Household,
    HouseholdMembership,
    MemberRole,
    Person,
)
from portal_app.services import branding, changes
from portal_app.services.households import policy, rules
from portal_app.services.households.queries import waiting
from portal_app.services.households.views import (
    HeadedHome,
    HeadedHomes,
    Home,
    MemberRow,
    Waiting,
)
from portal_app.services.transaction import reading

_Waiting = defaultdict[str, list[Waiting]]
_Row = tuple[HouseholdMembership, Household, Person]


def is_head(actor: Actor) -> bool:
    """Say whether the actor heads any household today; never while they are switched off."""
    if not actor.is_consumer or not actor.person_id:
        return False
    with reading() as session:
        mine = policy.standings(session, actor.person_id)
    return any(one.role is MemberRole.HEAD for one in mine)


def my_households(actor: Actor) -> tuple[Home, ...] | None:
    """Return the households that the actor is in today, the primary one first (S1-02, S1-03).

    None while the brand does without households: then nothing is said about them (S1-01).
    """
    if not actor.is_consumer or not actor.person_id:
        raise NotFound
    with reading() as session:
        if not policy.is_on(session, actor.brand):
            return None
        return tuple(one for one in homes_of(session, actor.person_id) if one.is_current)


def homes_of(session: Session, person_id: str) -> tuple[Home, ...]:
    """Return every household that a person is in or ever was, those of today first."""
    found = session.exec(
        select(HouseholdMembership, Household)
        .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
        .where(col(HouseholdMembership.person_id) == person_id)
    ).all()
    homes = [_home(one, home) for one, home in found]
    return tuple(sorted(homes, key=lambda h: (not h.is_current, not h.is_primary, h.name)))


def headed_homes(actor: Actor) -> HeadedHomes:
    """Return the households that the actor heads today, each with its members (S1-05, S1-06).

    Whoever heads none is refused (S1-04); households in which they are only a member are left out.
    """
    if not actor.is_consumer or not actor.person_id:
        raise NotFound
    with reading() as session:
        features = branding.features_of(session, actor.brand)
        if Feature.HOUSEHOLDS not in features:
            raise SwitchedOff(Feature.HOUSEHOLDS.value)
        mine = policy.standings(session, actor.person_id)
        headed = [one.household_id for one in mine if one.role is MemberRole.HEAD]
        if not headed:
            raise NotAllowed(policy.HEADS_ONLY)
        rows = _current(session, headed)
        subjects = [*headed, *(one.id for one, _, _ in rows)]
        asked = waiting.requests(session, subjects, *rules.KINDS)
        mine_asked = _waiting(session, [o for o in asked if o.person_id == actor.person_id])
        policies = changes.policies_of(session, actor.brand, rules.KINDS)
        return HeadedHomes(
            homes=tuple(_headed(actor, one, rows, mine_asked) for one in headed),
            may_ask=Feature.MANAGE_MEMBERS in features,
            waits={kind: policies[kind] is ChangePolicy.REVIEW for kind in rules.KINDS},
        )


def _current(session: Session, household_ids: Sequence[str]) -> list[_Row]:
    found = session.exec(
        select(HouseholdMembership, Household, Person)
        .join(Household, col(Household.id) == col(HouseholdMembership.household_id))
        .join(Person, col(Person.id) == col(HouseholdMembership.person_id))
        .where(col(Household.id).in_(household_ids))
    )
    rows = [row for row in found if policy.is_current(row[0], row[1])]
    return sorted(rows, key=lambda row: (row[0].role, row[2].given_name, row[2].id))


def _headed(actor: Actor, household_id: str, rows: Sequence[_Row], asked: _Waiting) -> HeadedHome:
    mine = [row for row in rows if row[1].id == household_id]
    home = mine[0][1]
    return HeadedHome(
        household_id=home.id,
        name=home.name,
        address=home.address,
        today=clock.today(policy.zone_of(home.timezone)),
        members=tuple(_member(actor, row, asked) for row in mine),
        waiting=tuple(asked[home.id]),
    )


def _member(actor: Actor, row: _Row, asked: _Waiting) -> MemberRow:
    one, _, person = row
    return MemberRow(
        membership_id=one.id,
        name=person.name,
        role=one.role,
        relationship=one.relationship,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        is_self=person.id == actor.person_id,
        waiting=tuple(asked[one.id]),
    )


def _waiting(session: Session, asked: Sequence[ChangeRequest]) -> _Waiting:
    found: _Waiting = defaultdict(list)
    for request, change in zip(asked, changes.changes_of(session, asked), strict=True):
        lines = tuple((line.label, line.after) for line in change.lines if line.after)
        is_open = request.state is ChangeState.PENDING_REVIEW
        found[request.subject_id].append(
            Waiting(change.number, change.kind, change.title, lines, change.created_at, is_open)
        )
    return found


def _home(one: HouseholdMembership, home: Household) -> Home:
    return Home(
        household_id=home.id,
        name=home.name,
        address=home.address,
        role=one.role,
        relationship=one.relationship,
        is_primary=one.is_primary,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        is_current=policy.is_current(one, home),
    )
