"""Who the people of the demonstration are, so that what they did can be told."""

from sqlalchemy import true
from sqlmodel import col, select

from portal_app.core import text
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import NotFound
from portal_app.models import Person, PortalUser, StaffUser
from portal_app.services.demo.policy import require_demo
from portal_app.services.transaction import reading


def stand_in(actor: Actor, *, name: str) -> Actor:
    """Return a customer or a member of staff, by their whole name, as an actor; of this brand.

    Raises NotFound for whoever has no sign-in.
    """
    require_demo(actor)
    of_brand = col(PortalUser.brand_id) == actor.brand if actor.brand else true()
    with reading() as session:
        customers = (
            select(PortalUser, Person)
            .join(Person, col(Person.id) == col(PortalUser.person_id))
            .where(of_brand)
        )
        for user, person in session.exec(customers):
            if person.name == text.key(name):
                return Actor(ActorKind.CONSUMER, user.id, person.id, person.name, user.brand_id)
        staff = (
            select(StaffUser, PortalUser.brand_id)
            .join(PortalUser, col(PortalUser.id) == col(StaffUser.user_id))
            .where(of_brand, col(StaffUser.name) == text.key(name))
        )
        found = session.exec(staff).first()
    if found is None:
        raise NotFound
    one, brand = found
    return Actor(ActorKind.STAFF, one.user_id, "", one.name, brand, frozenset({Role(one.role)}))
