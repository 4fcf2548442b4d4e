"""Who may see a case, who may act on it, and for whom somebody may open one.

A customer's right hangs on whom a case is about, as things stand today: themselves, somebody who
lets them see or act in the area of cases, or a member of a household. Which members see the
household's cases is the brand's choice (S1-14); a case is seen by a household only while the person
it is about belongs to it. Having opened a case gives no right of its own.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.models import (
    Case,
    CaseMoment,
    CasePolicy,
    CaseReader,
    CaseState,
    CaseVisibility,
    Feature,
)
from portal_app.services import branding, households
from portal_app.services.cases.rules.circle import Circle, Homes
from portal_app.services.cases.rules.moves import FINAL, MOVES, Move, Side, moves_from
from portal_app.services.cases.rules.words import HAPPENED, look
from portal_app.services.reading import remembered

ONLY_STAFF = "Only our staff can do that."


def circle_of(session: Session, person_id: str, brand: str) -> Circle:
    """Return whose cases a person may see and act on today.

    Without households it is their own alone: acting for others belongs to that module (S1-01).
    """
    own = frozenset({person_id})
    if not households.is_on(session, brand):
        return Circle(person_id, own, own)
    acts = own | households.grantors(session, person_id, "cases", "act")
    views = acts | households.grantors(session, person_id, "cases", "view")
    homes = households.standings(session, person_id)
    members = households.current_members(session, [home.household_id for home in homes])
    led = _with_members((home for home in homes if home.role == "head"), members)
    mode = policy_of(session, brand).visibility
    seen = _with_members(_seen(session, person_id, mode, homes), members)
    return Circle(person_id, views, acts, seen, led, homes, members, mode)


def _seen(
    session: Session,
    person_id: str,
    mode: CaseVisibility,
    homes: tuple[households.Standing, ...],
) -> Iterable[households.Standing]:
    if mode is CaseVisibility.NONE:
        return ()
    if mode is CaseVisibility.EVERYONE:
        return homes
    chosen = set[str]()
    if mode is CaseVisibility.CHOSEN:
        mine = select(CaseReader.household_id).where(col(CaseReader.person_id) == person_id)
        chosen = set(session.exec(mine))
    return [home for home in homes if home.role == "head" or home.household_id in chosen]


def _with_members(
    homes: Iterable[households.Standing], members: tuple[households.Member, ...]
) -> Homes:
    return tuple(
        (
            home.household_id,
            frozenset(one.person_id for one in members if one.household_id == home.household_id),
        )
        for home in homes
    )


@remembered
def policy_of(session: Session, brand: str) -> CasePolicy:
    """Return how a brand treats cases; as it started if it has set nothing."""
    return session.get(CasePolicy, brand) or CasePolicy(brand_id=brand, version=0)


def is_on(session: Session, brand: str) -> bool:
    """Say whether customers of a brand have cases at all."""
    return branding.is_on(session, brand, Feature.CASES)


def require_customer(session: Session, actor: Actor) -> Circle:
    """Return a customer's circle; nobody else has one, and nobody where cases are off."""
    if not actor.is_consumer or not actor.person_id:
        raise NotFound
    if not is_on(session, actor.brand):
        raise NotFound
    return circle_of(session, actor.person_id, actor.brand)


def require_staff(actor: Actor) -> None:
    """Refuse everybody but staff, who are told nothing."""
    if not actor.is_staff:
        raise NotFound


def require_admin(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    require_staff(actor)
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can change how cases are treated.")


def require_manager(actor: Actor) -> None:
    """Refuse everybody but managers and administrators."""
    require_staff(actor)
    if not actor.has(Access.MANAGER):
        raise NotAllowed("Only a manager can change the templates.")


def visible_to(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the cases that this actor may see: staff see their brand's."""
    if actor.is_staff:
        return col(Case.brand_id) == actor.brand
    if actor.is_system and not actor.brand:
        return true()
    circle = require_customer(session, actor)
    return and_(col(Case.brand_id) == actor.brand, circle.visible())


def require_case(session: Session, actor: Actor, number: object, *, lock: bool = False) -> Case:
    """Return a case that this actor may see."""
    wanted = select(Case).where(col(Case.number) == identifier(number), visible_to(session, actor))
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def require_staffs_case(session: Session, actor: Actor, number: object) -> Case:
    """Return a case, locked, for staff; whoever else sees it is told that it is not for them."""
    case = require_case(session, actor, number, lock=True)
    if not actor.is_staff:
        raise NotAllowed(ONLY_STAFF)
    return case


def may_act(session: Session, actor: Actor, case: Case) -> bool:
    """Say whether the actor may do something to a case that they see."""
    if actor.is_staff:
        return case.brand_id == actor.brand
    return actor.is_consumer and circle_of(session, actor.person_id, actor.brand).may_act(case)


def moves_of(session: Session, actor: Actor, case: Case) -> frozenset[Move]:
    """Return what this actor may do to a case now."""
    if not may_act(session, actor, case):
        return frozenset()
    return moves_from(case.state, side_of(actor))


def side_of(actor: Actor) -> Side:
    """Return on which side of the counter the actor stands."""
    if actor.is_system:
        return Side.PORTAL
    return Side.STAFF if actor.is_staff else Side.CUSTOMER


def require_act(session: Session, actor: Actor, case: Case) -> None:
    """Refuse whoever only reads a case."""
    if not may_act(session, actor, case):
        raise NotAllowed("You can read this case. The person it is about, or the head, can reply.")


def require_move(session: Session, actor: Actor, case: Case, move: Move) -> CaseState:
    """Return where a case goes by a move; Conflict says what somebody else did meanwhile."""
    side = side_of(actor)
    require_act(session, actor, case)
    if all(known is not move for _, known in MOVES[side]):
        raise NotAllowed(ONLY_STAFF if side is Side.CUSTOMER else "Only the customer can do that.")
    if (case.state, move) not in MOVES[side]:
        raise Conflict(_too_late(session, case, move))
    return MOVES[side][case.state, move]


def _too_late(session: Session, case: Case, move: Move) -> str:
    if move is Move.COMMENT and case.state in FINAL:
        return "This case is closed. Open a follow-up to write about it again."
    last = session.exec(
        select(CaseMoment)
        .where(col(CaseMoment.case_id) == case.id)
        .order_by(col(CaseMoment.at).desc(), col(CaseMoment.id).desc())
        .limit(1)
    ).first()
    words = HAPPENED.get(last.what, "") if last else ""
    who = f" by {last.by_name}" if last and last.by_name else ""
    label = look(case.state).label.lower()
    return f"{words or 'It was changed'}{who}: this case is {label} by now. Look at it again."
