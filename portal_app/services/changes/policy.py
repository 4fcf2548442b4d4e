"""Who may ask for a change, see it, and decide about it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, func, select

from portal_app.core.actor import Access, Actor, Role
from portal_app.core.entries import identifier
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import ChangePolicy, ChangeRequest, ChangeRule, ChangeStep, Person, StaffUser
from portal_app.services import identity
from portal_app.services.changes.rules.kinds import Kind, kind_of
from portal_app.services.changes.rules.workflow import ONE_DECISION, Rule, Step
from portal_app.services.transaction import Transaction

OWN = "This is about yourself, so a colleague has to decide it."
_NEEDS = {Role.AGENT: Access.STAFF, Role.MANAGER: Access.MANAGER, Role.ADMIN: Access.ADMIN}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for the requests that this actor may see.

    Staff see their brand's, customers those about themselves.
    """
    if actor.is_staff:
        return col(ChangeRequest.brand_id) == actor.brand
    if actor.is_consumer and actor.person_id:
        return col(ChangeRequest.person_id) == actor.person_id
    return true() if actor.is_system and not actor.brand else false()


def require_request(
    session: Session, actor: Actor, number: object, *, lock: bool = False
) -> ChangeRequest:
    """Return a request that this actor may see."""
    wanted = select(ChangeRequest).where(
        col(ChangeRequest.number) == identifier(number), visible_to(actor)
    )
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    return found


def require_staff(actor: Actor) -> None:
    """Refuse everybody but staff, who are told nothing."""
    if not actor.is_staff:
        raise NotFound


def require_self(tx: Transaction) -> Person:
    """Return the customer's own person, locked: two tabs ask one after the other."""
    if not tx.actor.is_consumer or not tx.actor.person_id:
        raise NotFound
    person = identity.person_held(tx.session, tx.actor.person_id, lock=True)
    if person is None:
        raise NotFound
    return person


def require_person(session: Session, actor: Actor, person: object, *, lock: bool = False) -> Person:
    """Return a person of the staff's own brand."""
    require_staff(actor)
    found = identity.person_held(session, identifier(person), lock=lock)
    if found is None or found.brand_id != actor.brand:
        raise NotFound
    return found


def is_about(session: Session, actor: Actor, person_id: str | None) -> bool:
    """Say whether a member of staff is this person: by their sign-in, or by their address."""
    if person_id is None:
        return False
    if actor.person_id and actor.person_id == person_id:
        return True
    same_address = (
        select(StaffUser.id)
        .join(Person, func.lower(col(Person.email)) == func.lower(col(StaffUser.email)))
        .where(col(StaffUser.user_id) == actor.user_id, col(Person.id) == person_id)
        .where(col(Person.email) != "")
    )
    return session.exec(same_address).first() is not None


def may_decide(session: Session, actor: Actor, request: ChangeRequest) -> bool:
    """Say whether this actor may decide: staff of the brand, but never about themselves (S0-11)."""
    is_own = actor.user_id in {request.requester_id, request.subject_id}
    is_ours = actor.is_staff and request.brand_id == actor.brand
    return is_ours and not is_own and not is_about(session, actor, request.person_id)


def require_decidable(
    session: Session, actor: Actor, number: object, *, lock: bool = True
) -> ChangeRequest:
    """Return a request that this actor may decide about."""
    require_staff(actor)
    request = require_request(session, actor, number, lock=lock)
    if not may_decide(session, actor, request):
        raise NotAllowed(OWN)
    return request


def may_do(actor: Actor, step: ChangeStep) -> bool:
    """Say whether the actor's role reaches far enough for a step."""
    return actor.has(_NEEDS[Role(step.role)])


def require_step(actor: Actor, step: ChangeStep) -> ChangeStep:
    """Return a step that this actor may take."""
    if not may_do(actor, step):
        raise NotAllowed(f"“{step.title}” is for {_WHO[Role(step.role)]}.")
    return step


_WHO = {Role.AGENT: "staff", Role.MANAGER: "a manager", Role.ADMIN: "an administrator"}


def require_admin(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    require_staff(actor)
    if not actor.has(Access.ADMIN):
        raise NotAllowed("Only an administrator can change what waits for a review.")


def rules_kept(session: Session, brand: str) -> dict[str, ChangeRule]:
    """Return what a brand has set, by the key of the kind."""
    kept = session.exec(select(ChangeRule).where(col(ChangeRule.brand_id) == brand))
    return {rule.kind: rule for rule in kept}


def rule_from(kept: ChangeRule | None, kind: Kind) -> Rule:
    """Return a rule as a brand has set it, else as the kind started."""
    if kept is None or kept.policy not in kind.policies:
        return Rule(kind.policies[0])
    steps = tuple(Step(step["title"], Role(step["role"])) for step in kept.steps)
    return Rule(kept.policy, steps or ONE_DECISION)


def rule_of(session: Session, brand: str, kind: Kind) -> Rule:
    """Return how a brand treats a kind."""
    return rule_from(session.get(ChangeRule, (brand, kind.key)), kind)


def policies_of(session: Session, brand: str, kinds: Collection[str]) -> dict[str, ChangePolicy]:
    """Return what each of these kinds waits for in a brand, by its key."""
    kept = rules_kept(session, brand)
    return {kind: rule_from(kept.get(kind), kind_of(kind)).policy for kind in kinds}


def at_once() -> Rule:
    """Return the rule for what staff correct themselves: it waits for nobody (S0-11)."""
    return Rule(ChangePolicy.AUTO)
