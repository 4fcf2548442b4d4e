"""Cases of the owner's for the matrix: each call gets one of its own."""

import secrets

from portal_app import models as m
from portal_app.core import clock
from tests import factories as f
from tests.permissions.world import World


def person(world: World) -> str:
    """Return the person of the owner."""
    return str(f.fetch(m.PortalUser, id=world.people["owner"].user_id).person_id)


def case(world: World, state: m.CaseState = m.CaseState.OPEN) -> str:
    """Make a case about the owner in a state and return its number."""
    whom, now = person(world), clock.now()
    return f._save(
        m.Case(
            brand_id=world.brand, number=f"CS-{secrets.token_hex(5).upper()}", state=state,
            consumer_id=whom, opener_id=whom, opener_name="Rosa Lindqvist", subject="A key is lost",
            description="Pier 7 is locked.", created_at=now, changed_at=now,
        )
    ).number  # fmt: skip


def led_household(world: World) -> tuple[str, str]:
    """Make a household that the owner heads and return it, with a member's id."""
    owner = f.fetch(m.Person, id=person(world))
    home = f.household(brand_id=world.brand)
    member = f.person(brand_id=world.brand)
    f.membership(home, owner, role=m.MemberRole.HEAD)
    f.membership(home, member)
    return home.id, member.id


def template(world: World) -> str:
    """Make a template of the brand's and return its id."""
    return f._save(
        m.CaseTemplate(
            brand_id=world.brand, title="Paid back", body="Done.", changed_at=clock.now()
        )
    ).id
