"""Who is in a household today, and who lets whom see or act, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from portal_app.core import clock
from portal_app.models import MemberRole, database
from portal_app.services import households
from tests import factories as f

# In Los Angeles it is still the 20th, in Auckland already the 21st.
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with clock.reading(lambda: NOW):
        yield


def _asked(question, *args):
    with Session(database.engine()) as session:
        return question(session, *args)


def _members(*homes) -> list[str]:
    return [one.person_id for one in _asked(households.current_members, [h.id for h in homes])]


@pytest.mark.requirement("S1-05")
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_in"),
    [
        (None, TODAY - DAY, False),
        (None, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY, None, True),
        (None, None, True),
        (TODAY, TODAY, True),
    ],
)
def test_a_membership_counts_from_its_first_day_to_its_last(any_db, starts_on, ends_on, is_in):
    home = f.household(timezone="America/Los_Angeles")
    person = f.person()
    f.membership(home, person, starts_on=starts_on, ends_on=ends_on)
    assert _members(home) == [person.id] * is_in
    assert bool(_asked(households.standings, person.id)) is is_in


@pytest.mark.requirement("S1-05")
def test_the_day_is_the_households_own(any_db):
    west = f.household(timezone="America/Los_Angeles")
    east = f.household(timezone="Pacific/Auckland")
    person = f.person()
    for home in (west, east):
        f.membership(home, person, ends_on=TODAY)
    assert _members(west, east) == [person.id]
    assert [one.household_id for one in _asked(households.standings, person.id)] == [west.id]


@pytest.mark.requirement("S1-03")
def test_every_household_of_a_person_is_named_the_primary_one_first(any_db):
    person = f.person()
    first, second = f.household(name="Attic"), f.household(name="Cellar")
    f.membership(first, person)
    f.membership(second, person, role=MemberRole.HEAD, is_primary=True)
    found = _asked(households.standings, person.id)
    assert [(one.name, one.role, one.is_primary) for one in found] == [
        ("Cellar", "head", True),
        ("Attic", "member", False),
    ]


@pytest.mark.requirement("S1-01")
def test_nobody_is_in_a_household_while_the_brand_does_without(any_db):
    home, person = f.household(), f.person()
    f.membership(home, person, role=MemberRole.HEAD)
    f.switch("households", is_on=False)
    assert _asked(households.standings, person.id) == ()
    assert _members(home) == []
    f.switch("households", is_on=True)
    assert _members(home) == [person.id]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (None, date(2026, 11, 20), False),
        (None, date(2026, 11, 21), True),
        (date(2026, 11, 22), None, False),
    ],
)
@pytest.mark.requirement("S1-09")
def test_a_grant_counts_by_the_day_of_whoever_gives_it(any_db, starts_on, ends_on, holds):
    giver, other = f.person(timezone="Pacific/Auckland"), f.person()
    f.grant(giver, other, starts_on=starts_on, ends_on=ends_on)
    assert (giver.id in _asked(households.grantors, other.id, "cases", "act")) is holds
    assert (other.id in _asked(households.grantees, giver.id, "cases", "view")) is holds


@pytest.mark.requirement("S1-09")
def test_a_grant_reaches_as_far_as_it_says_and_no_further(any_db):
    giver, other = f.person(), f.person()
    f.grant(giver, other, areas={"cases": "view", "payments": "act"})
    reached = {
        (area, need)
        for area in households.Area
        for need in ("view", "act")
        if _asked(households.grantors, other.id, area, need)
    }
    assert reached == {("cases", "view"), ("payments", "view"), ("payments", "act")}
    assert _asked(households.grantors, giver.id, "cases", "view") == frozenset()


@pytest.mark.requirement("S1-09")
def test_a_revoked_grant_lets_nobody_in(any_db):
    giver, other = f.person(), f.person()
    f.grant(giver, other, revoked_at=NOW)
    assert _asked(households.grantors, other.id, "cases", "view") == frozenset()
