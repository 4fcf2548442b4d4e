"""Schedules and methods from a feed: what is kept, what is refused, what the portal decides."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.services import payments
from tests import factories as f
from tests.services.imports.feeding import ACCOUNT, counts, feed, refusals
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM, take_payments

CONTRACTS = (
    "external_id,number,kind,status,account,missed_payment_fee\n"
    "C-1,SD-1,service_contract,active,A-1,25.00\n"
)
PLAN = (
    "external_id,contract,sequence,due_on,amount,state\n"
    "C-1/1,C-1,1,2026-10-20,100.00,paid\nC-1/2,C-1,2,2026-11-20,100.00,\n"
    "C-1/3,C-1,3,2026-12-20,100.00,\n"
)
METHODS = (
    "external_id,contract,kind,brand,last4,exp_month,exp_year,gateway_token,is_default\n"
    "M-1,C-1,card,Visa,4242,10,2026,tok-1,true\n"
    "M-2,C-1,bank_account,First Bank,6789,,,tok-2,false\n"
)


def load(tmp_path, **files):
    given = {"accounts": ACCOUNT, "contracts": CONTRACTS, "instalments": PLAN}
    return feed(tmp_path, **(given | {"payment_methods": METHODS} | files))


@pytest.mark.requirement("S0-15")
@pytest.mark.requirement("S0-17")
def test_schedule_and_methods_are_kept_and_the_same_feed_changes_nothing(any_db, clock, tmp_path):
    report = load(tmp_path / "one")
    assert refusals(report) == []
    assert counts(report, "instalments") == {"new": 3}
    assert counts(report, "payment_methods") == {"new": 2}
    again = load(tmp_path / "two")
    assert counts(again, "instalments") == {"unchanged": 3}
    card = f.fetch(m.PaymentMethod, external_id="M-1")
    assert (card.default_since is not None, card.last4) == (True, "4242")
    assert f.fetch(m.PaymentMethod, external_id="M-2").default_since is None


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("X,C-1,2,2026-12-21,100.00,\n", "place"),
        ("X,C-1,9,2026-12-21,100.00,processing\n", "state"),
        ("X,C-1,9,2026-12-21,100.00,missed\n", "retry_on"),
        ("X,C-1,9,2026-02-30,100.00,\n", "due_on"),
        ("X,C-1,9,2026-12-21,-1.00,\n", "amount"),
        ("X,C-9,9,2026-12-21,100.00,\n", "contract"),
    ],
)
def test_impossible_payment_is_refused_by_its_field(db, clock, tmp_path, row, field):
    report = load(tmp_path, instalments=PLAN + row)
    assert [one[2] for one in refusals(report)] == [field]
    assert counts(report, "instalments") == {"new": 3, "refused": 1}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("X,C-1,card,Visa,4242424242424242,12,2030,t,\n", "last4"),
        ("X,C-1,card,Visa,4242,12,2030,4242 4242 4242 4242,\n", "gateway_token"),
        ("X,C-1,card,Visa,4242,13,2030,t,\n", "exp_month"),
        ("X,C-1,card,Visa,4242,,,t,\n", "exp_month"),
    ],
)
def test_card_number_is_never_taken_in(db, clock, tmp_path, row, field):
    report = load(tmp_path, payment_methods=METHODS + row)
    assert [one[2] for one in refusals(report)] == [field]
    assert f.fetch_all(m.PaymentMethod, external_id="X") == []


@pytest.mark.requirement("S0-14")
def test_what_the_portal_has_begun_is_not_undone_by_a_feed(any_db, clock, tmp_path):
    load(tmp_path / "one")
    take_payments()
    contract = f.fetch(m.Contract, external_id="C-1")
    payments.collect(SYSTEM, contract=contract.id, gateway=FakeGateway())
    moved = PLAN.replace("2026-11-20", "2026-11-25").replace("2026-12-20", "2026-12-22")
    again = CONTRACTS.replace("active", "active").replace("SD-1", "SD-1A")
    load(tmp_path / "two", instalments=moved, contracts=again)
    missed = f.fetch(m.Instalment, external_id="C-1/2")
    assert (missed.state, missed.due_on) == (m.InstalmentState.MISSED, date(2026, 11, 20))
    assert missed.fee_minor == 25_00
    assert f.fetch(m.Instalment, external_id="C-1/3").due_on == date(2026, 12, 22)
    kept = f.fetch(m.Contract, external_id="C-1")
    assert (kept.number, kept.status) == ("SD-1A", m.ContractStatus.PAST_DUE)
