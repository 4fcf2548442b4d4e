"""Who the people of the demonstration are, so that what they did can be told."""

from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import NotFound
from portal_app.models import Person, PortalUser, StaffUser
from portal_app.services.demo.policy import require_demo
from portal_app.services.transaction import reading


def stand_in(actor: Actor, *, name: str) -> Actor:
    """Return a customer or a member of staff of this brand, by their whole name, as an actor."""
    require_demo(actor)
    of_brand = col(PortalUser.brand_id) == actor.brand
    with reading() as session:
        customers = (
            select(PortalUser, Person)
            .join(Person, col(Person.id) == col(PortalUser.person_id))
            .where(of_brand)
        )
        for user, person in session.exec(customers):
            if person.name == text.key(name):
                return Actor(ActorKind.CONSUMER, user.id, person.id, person.name, actor.brand)
        staff = (
            select(StaffUser)
            .join(PortalUser, col(PortalUser.id) == col(StaffUser.user_id))
            .where(of_brand, col(StaffUser.name) == text.key(name))
        )
        found = session.exec(staff).first()
        if found is None:
            raise NotFound
        roles = frozenset({Role(found.role)})
        return Actor(ActorKind.STAFF, found.user_id, "", found.name, actor.brand, roles)
