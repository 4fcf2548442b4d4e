"""Cases of the owner's for the matrix: each call gets one of its own."""

import secrets

from portal_app import models as m
from portal_app.core import clock
from tests import factories as f
from tests.permissions.world import World
from tests.services.uploads import rows


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


def affairs(world: World) -> None:
    """Give the owner a case with all that can hang on one, and a representative."""
    whom, author, now = person(world), world.people["owner"].user_id, clock.now()
    number = case(world, m.CaseState.RESOLVED)
    found = f.fetch(m.Case, number=number)
    found.household_id = world.household
    f._save(found)
    said = {"case_id": found.id, "at": now, "by_name": "Rosa Lindqvist"}
    thread = {"owner_type": "case", "owner_id": found.id, "at": now, "by_name": "Rosa Lindqvist"}
    f._save(m.Message(**thread, author_id=author, person_id=whom, body="Pier 7 is locked."))
    f._save(m.CaseNote(**said, author_id=author, body="Pier 7 again."))
    f._save(m.CaseMoment(**said, what="opened"))
    _once(m.CaseReader(household_id=world.household, person_id=whom, chosen_at=now))
    _once(m.NotificationChoice(person_id=whom, changed_at=now))
    f.grant(f.fetch(m.Person, id=whom), f.person(brand_id=world.brand))
    rows.upload(found, author, m.UploadState.IMPORTED, owner_type="case",
                purpose="case_attachment", name="Pier 7.jpg")  # fmt: skip


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


def _once(row: m.CaseReader | m.NotificationChoice) -> None:
    if not f.fetch_all(type(row), person_id=row.person_id):
        f._save(row)
