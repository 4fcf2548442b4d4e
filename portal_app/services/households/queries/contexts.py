"""For whom a customer may act in place of themselves (S1-20): people and households."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.models import Area, MemberRole, Person
from portal_app.services.households import policy
from portal_app.services.households.rules import ABOUT_HOME, ABOUT_PERSON
from portal_app.services.households.trust import grantors
from portal_app.services.households.views import Context
from portal_app.services.transaction import reading


def contexts(actor: Actor) -> tuple[Context, ...]:
    """Return everybody, then every household, whose cases this customer may take up today.

    Those are the people who let them in, the members of households that they head, and the
    households that they are in; none while the brand has households switched off.
    """
    if not actor.is_consumer or not actor.person_id:
        return ()
    with reading() as session:
        if not policy.is_on(session, actor.brand):
            return ()
        homes = policy.standings(session, actor.person_id)
        around = tuple(
            Context(f"{ABOUT_HOME}{home.household_id}", home.name, is_household=True,
                    may_act=home.role is MemberRole.HEAD)
            for home in homes
        )  # fmt: skip
        headed = [one.household_id for one in homes if one.role is MemberRole.HEAD]
        return (*_people(session, actor.person_id, headed), *around)


def context_of(actor: Actor, *, key: str) -> Context | None:
    """Return what a key that a session remembers stands for; None once that is not theirs."""
    return next((one for one in contexts(actor) if one.key == key), None) if key else None


def context_about(actor: Actor, *, person: str, household: str, now: str = "") -> str:
    """Return the key in which something about a person and a household is looked at.

    `now` is the present one, which stays where it covers this; "" is the actor's own.
    """
    home = f"{ABOUT_HOME}{household}"
    wanted = (home,) if now == home else ()
    if person != actor.person_id:
        wanted = (*wanted, f"{ABOUT_PERSON}{person}", home)
    held = {one.key for one in contexts(actor)}
    return next((key for key in wanted if key in held), "")


def _people(session: Session, person_id: str, headed: list[str]) -> tuple[Context, ...]:
    members = policy.current_members(session, headed)
    names = {one.person_id: one.name for one in members if one.person_id != person_id}
    acts = grantors(session, person_id, Area.CASES, "act") | set(names)
    views = grantors(session, person_id, Area.CASES, "view") - set(names)
    if views:
        held = select(Person).where(col(Person.id).in_(views), col(Person.ended_at).is_(None))
        names |= {one.id: one.name for one in session.exec(held)}
    ordered = sorted(names, key=lambda one: (names[one], one))
    return tuple(
        Context(f"{ABOUT_PERSON}{one}", names[one], is_household=False, may_act=one in acts)
        for one in ordered
    )
