from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from portal_app.core.actor import ANONYMOUS, Actor, ActorKind
from portal_app.core.errors import NotFound
from portal_app.models import Account, ContactRole, PortalAccess
from portal_app.services import contracts
from tests import factories as f

TODAY = date(2026, 11, 20)  # what the clock of the tests says
HOSTILE = ["", "nobody", "x" * 5000, "a\x00b", "\ud800", "' OR 1=1 --", None, 7, ["a"], {"a": 1}]


def sees(actor, account):
    return account.id in {choice.id for choice in contracts.accounts_of(actor)}


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({}, True),
        ({"role": ContactRole.BILLING}, True),
        ({"starts_on": TODAY, "ends_on": TODAY}, True),
        ({"ends_on": date(2026, 11, 19)}, False),
        ({"starts_on": date(2026, 11, 21)}, False),
        ({"ended_at": datetime(2026, 11, 1, tzinfo=UTC)}, False),
    ],
)
def test_a_contact_sees_the_account_for_as_long_as_it_lasts(any_db, clock, contact, expected):
    account = f.account()
    actor = f.consumer_actor(account, **contact)
    assert sees(actor, account) is expected
    with Session(any_db) as session:
        if expected:
            assert contracts.require_account(session, actor, account.id).id == account.id
        else:
            with pytest.raises(NotFound):
                contracts.require_account(session, actor, account.id)


@pytest.mark.parametrize(
    ("zone", "moment", "contact", "expected"),
    [
        # 15:00 UTC on the 20th is 04:00 on the 21st in Auckland.
        ("Pacific/Auckland", (2026, 11, 20, 15, 0), {"ends_on": TODAY}, False),
        ("Pacific/Auckland", (2026, 11, 20, 15, 0), {"starts_on": date(2026, 11, 21)}, True),
        # 03:00 UTC on the 20th is still the 19th in Los Angeles.
        ("America/Los_Angeles", (2026, 11, 20, 3, 0), {"starts_on": TODAY}, False),
        ("America/Los_Angeles", (2026, 11, 20, 3, 0), {"ends_on": date(2026, 11, 19)}, True),
        ("UTC", (2026, 11, 20, 23, 59), {"ends_on": TODAY}, True),
        ("UTC", (2026, 11, 21, 0, 0), {"ends_on": TODAY}, False),
    ],
)
def test_a_contact_begins_and_ends_by_the_accounts_own_calendar(
    any_db, clock, zone, moment, contact, expected
):
    clock.at(*moment)
    account = f.account(timezone=zone)
    assert sees(f.consumer_actor(account, **contact), account) is expected


@pytest.mark.parametrize("access", [state for state in PortalAccess if state != "registered"])
def test_an_account_outside_the_portal_is_seen_by_none_of_its_contacts(db, clock, access):
    account = f.account(portal_access=access)
    assert not sees(f.consumer_actor(account), account)


def test_an_ended_account_is_seen_by_none_of_its_contacts(db, clock):
    account = f.account(ended_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert not sees(f.consumer_actor(account), account)


@pytest.mark.asvs("8.4.1")
def test_staff_see_all_of_their_brand_and_nothing_of_another(any_db, clock):
    account = f.account(portal_access=PortalAccess.NOT_READY)
    other = f.brand(key="orchard", name="Orchard")
    foreign = f.account(brand_id=other.id)
    staff = f.staff_actor()
    assert (sees(staff, account), sees(staff, foreign)) == (True, False)
    assert sees(f.staff_actor(brand_id=other.id), foreign)


def test_a_person_sees_nothing_through_an_account_of_another_brand(any_db, clock):
    account = f.account()
    actor = f.consumer_actor(account)
    moved = Actor(ActorKind.CONSUMER, actor.user_id, actor.person_id, actor.name, "other-brand")
    assert not sees(moved, account)


def test_nobody_sees_nothing_and_the_portal_itself_sees_all(any_db, clock):
    account = f.account()
    assert contracts.accounts_of(ANONYMOUS) == ()
    assert contracts.accounts_of(Actor(ActorKind.CONSUMER)) == ()
    assert sees(Actor.system("tests"), account)


def test_accounts_to_choose_from_are_listed_once_and_by_name(any_db, clock):
    account = f.account(name="Zeta")
    actor = f.consumer_actor(account)
    person = f.fetch(f.m.Person, id=actor.person_id)
    f.contact(account, person, role=ContactRole.BILLING)
    f.contact(f.account(name="Alpha"), person)
    assert [choice.name for choice in contracts.accounts_of(actor)] == ["Alpha", "Zeta"]


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_account_id_is_not_found(any_db, clock, value):
    actor = f.consumer_actor(f.account())
    with Session(any_db) as session, pytest.raises(NotFound):
        contracts.require_account(session, actor, value)


def test_visible_contracts_are_those_of_visible_accounts(any_db, clock):
    mine, theirs = f.contract(f.account()), f.contract(f.account())
    account = f.fetch(Account, id=mine.account_id)
    actor = f.consumer_actor(account)
    with Session(any_db) as session:
        seen = session.exec(select(f.m.Contract.id).where(contracts.visible_to(actor))).all()
    assert seen == [mine.id]
    assert theirs.id not in seen


@pytest.mark.requirement("S3-17")
def test_the_profile_shows_what_is_held(any_db, clock):
    store = f.store(name="Dockside", phone="+1 813 555 0100")
    account = f.account(store_id=store.id, main_phone="(813) 555-1234", postal_code="33602")
    actor = f.consumer_actor(account)
    held = contracts.profile(actor, account=account.id)
    assert (held.main_phone, held.postal_code, held.email) == (
        "(813) 555-1234",
        "33602",
        "office@example.com",
    )
    assert (held.person, held.store.phone) == ("Rosa Lindqvist", "+1 813 555 0100")
    with pytest.raises(NotFound):
        contracts.profile(f.consumer_actor(f.account()), account=account.id)
