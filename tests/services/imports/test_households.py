"""What a feed of households may hold, and who can follow whom."""

import pytest

from portal_app.core import live
from portal_app.models import Grant, Household, HouseholdMembership
from tests import factories as f
from tests.services.imports.feeding import counts, feed, refusals

PEOPLE = "external_id,given_name,family_name\nP-1,Rosa,Lindqvist\nP-2,Ada,Crowe\n"
HOMES = "external_id,name,timezone\nH-1,Lindqvist family,America/Chicago\nH-2,Cottage,\n"
HEADER = "external_id,household,person,role,starts_on,ends_on,is_primary\n"
GRANTS = "external_id,grantor,grantee,responsibility,starts_on,ends_on\n"


def _basis(tmp_path):
    assert feed(tmp_path / "basis", people=PEOPLE, households=HOMES).is_clean


def _memberships(tmp_path, *rows: str):
    return feed(tmp_path / str(hash(rows)), household_memberships=HEADER + "\n".join(rows) + "\n")


def test_a_household_without_a_zone_lives_in_the_portals(any_db, tmp_path):
    _basis(tmp_path)
    assert f.fetch(Household, external_id="H-1").timezone == "America/Chicago"
    assert f.fetch(Household, external_id="H-2").timezone == "UTC"


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (("B-1,H-1,P-1,head,,,", "B-2,H-1,P-2,head,2026-01-01,,"), "role"),
        (("B-1,H-1,P-1,member,,2026-02-01,", "B-2,H-1,P-1,member,2026-02-01,,"), "person"),
        (("B-1,H-1,P-1,member,,,true", "B-2,H-2,P-1,member,,,true"), "is_primary"),
    ],
)
def test_what_cannot_be_at_the_same_time_is_refused_whenever_it_comes(
    any_db, tmp_path, rows, field
):
    _basis(tmp_path)
    together = _memberships(tmp_path, *rows)
    assert refusals(together) == [("household_memberships.csv", 3, field)]
    later = _memberships(tmp_path, rows[1])
    assert refusals(later) == [("household_memberships.csv", 2, field)]
    assert len(f.fetch_all(HouseholdMembership)) == 1


def test_one_head_may_follow_another_in_any_order_of_rows(any_db, tmp_path):
    _basis(tmp_path)
    assert _memberships(tmp_path, "B-1,H-1,P-1,head,2020-01-01,,").is_clean
    after = ("B-2,H-1,P-2,head,2026-06-01,,", "B-1,H-1,P-1,head,2020-01-01,2026-05-31,")
    assert _memberships(tmp_path, *after).is_clean
    swapped = ("B-2,H-1,P-2,member,2026-06-01,,", "B-1,H-1,P-1,head,2020-01-01,2099-05-31,")
    assert _memberships(tmp_path, *swapped).is_clean


def test_an_ended_record_is_in_nobodys_way(any_db, tmp_path):
    _basis(tmp_path)
    _memberships(tmp_path, "B-1,H-1,P-1,head,,,")
    gone = "external_id,household,person,role,deleted\nB-1,H-1,P-1,head,true\nB-2,H-1,P-2,head,\n"
    report = feed(tmp_path / "gone", household_memberships=gone)
    assert counts(report, "household_memberships") == {"new": 1, "ended": 1}


def test_nobody_represents_themselves(any_db, tmp_path):
    _basis(tmp_path)
    row = "G-1,P-1,P-1,authorized_representative,,\nG-2,P-1,P-2,custom,2026-02-01,2026-01-01\n"
    assert refusals(feed(tmp_path, grants=GRANTS + row)) == [
        ("grants.csv", 2, "grantee"),
        ("grants.csv", 3, "ends_on"),
    ]


def test_a_representative_of_a_feed_sees_to_cases_and_to_no_money(any_db, tmp_path):
    _basis(tmp_path)
    feed(tmp_path, grants=GRANTS + "G-1,P-1,P-2,authorized_representative,,\n")
    areas = f.fetch(Grant).areas
    assert (areas["cases"], areas["contracts"], areas["payments"]) == ("act", "view", "none")


def test_whoever_is_concerned_hears_of_it(db, tmp_path):
    _basis(tmp_path)
    heard: set[str] = set()
    stop = live.on_announcement(lambda topics: heard.update(topics))
    try:
        _memberships(tmp_path, "B-1,H-1,P-1,head,,,")
    finally:
        stop()
    made = f.fetch(HouseholdMembership)
    assert {f"household:{made.household_id}", f"person:{made.person_id}"} <= heard
