"""What a feed of applications may hold, and who is shut out when it changes."""

import pytest

from portal_app.models import Application, ApplicationParty, Invitation, InvitationState, PartyRole
from portal_app.services import applications
from tests import factories as f
from tests.services.imports.feeding import ACCOUNT, counts, feed, refusals

PEOPLE = (
    "external_id,given_name,family_name,email,mobile\n"
    "P-1,Samira,Holloway,samira@example.com,218-555-0190\n"
    "P-2,Callum,Holloway,callum@example.com,218-555-0191\n"
)
HEADER = "external_id,number,kind,account,rate,term_months,deposit,currency\n"
PARTIES = "external_id,application,person,role\n"
ONE = "M-1,MA-1,mortgage,,6.125,360,82400.00,\n"


def _applied(tmp_path, *rows: str):
    given = HEADER + "".join(rows)
    return feed(tmp_path / str(hash(rows)), people=PEOPLE, accounts=ACCOUNT, applications=given)


def _parties(tmp_path, *rows: str):
    given = PARTIES + "".join(f"{row}\n" for row in rows)
    return feed(tmp_path / str(hash(rows)), application_parties=given)


def test_amounts_are_in_the_applications_own_currency(any_db, tmp_path):
    yen = "M-2,MA-2,mortgage,,,,82400,JPY\n"
    assert _applied(tmp_path, ONE, yen).is_clean
    held = f.fetch(Application, number="MA-1")
    assert (held.rate_milli, held.term_months, held.deposit_minor) == (6125, 360, 8_240_000)
    assert (held.currency, held.sharing_mode.value) == ("USD", "shared")
    other = f.fetch(Application, number="MA-2")
    assert (other.deposit_minor, other.currency) == (82_400, "JPY")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("M-1,MA-1,mortgage,,6.1255,360,1.00,\n", "rate"),
        ("M-1,MA-1,mortgage,,-1,360,1.00,\n", "rate"),
        ("M-1,MA-1,mortgage,,6,0,1.00,\n", "term_months"),
        ("M-1,MA-1,mortgage,,6,360,-1.00,\n", "deposit"),
        ("M-1,MA-1,mortgage,,6,360,1.00,XXQ\n", "currency"),
        ("M-1,MA-1,mortgage,A-1,6,360,1.00,EUR\n", "currency"),
    ],
)
def test_what_cannot_be_a_term_is_refused_by_its_field(any_db, tmp_path, row, field):
    assert ("applications.csv", 2, field) in refusals(_applied(tmp_path, row))
    assert f.fetch_all(Application) == []


def test_an_application_stays_in_its_currency(any_db, tmp_path):
    _applied(tmp_path, ONE)
    moved = _applied(tmp_path, "M-1,MA-1,mortgage,,6.125,360,82400.00,EUR\n")
    assert refusals(moved) == [("applications.csv", 2, "currency")]


@pytest.mark.parametrize(
    ("second", "field"),
    [
        ("X-2,M-1,P-1,guarantor", "person"),
        ("X-2,M-1,P-2,primary_applicant", "role"),
    ],
)
def test_nobody_is_party_twice_and_one_is_the_primary_applicant(any_db, tmp_path, second, field):
    _applied(tmp_path, ONE)
    report = _parties(tmp_path, "X-1,M-1,P-1,primary_applicant", second)
    assert refusals(report) == [("application_parties.csv", 3, field)]
    later = _parties(tmp_path, second)
    assert refusals(later) == [("application_parties.csv", 2, field)]


@pytest.mark.requirement("S2-06")
@pytest.mark.parametrize(
    "after",
    [
        PARTIES + "X-1,M-1,P-1,other\n",
        "external_id,application,person,role,deleted\nX-1,M-1,P-1,applicant,true\n",
    ],
)
def test_whoever_may_not_come_in_any_more_is_shut_out_by_the_feed(any_db, clock, tmp_path, after):
    _applied(tmp_path, ONE)
    _parties(tmp_path, "X-1,M-1,P-1,applicant")
    party = f.fetch(ApplicationParty)
    applications.copy_access_link(f.staff_actor(), number="MA-1", party=party.id, key="copy-1")
    assert f.fetch(ApplicationParty).portal_enabled
    report = feed(tmp_path / "after", application_parties=after)
    assert sum(counts(report, "application_parties").values()) == 1
    assert not f.fetch(ApplicationParty).portal_enabled
    assert f.fetch(Invitation).state is InvitationState.REVOKED


def test_the_same_role_again_shuts_nobody_out(any_db, clock, tmp_path):
    _applied(tmp_path, ONE)
    _parties(tmp_path, "X-1,M-1,P-1,applicant")
    party = f.fetch(ApplicationParty)
    applications.copy_access_link(f.staff_actor(), number="MA-1", party=party.id, key="copy-1")
    _parties(tmp_path, "X-1,M-1,P-1,primary_applicant")
    held = f.fetch(ApplicationParty)
    assert (held.portal_enabled, held.role) == (True, PartyRole.PRIMARY_APPLICANT)
