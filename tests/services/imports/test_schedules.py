"""Schedules and methods from a feed: what is kept, what is refused, what the portal decides."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.services import payments
from tests import factories as f
from tests.services.imports.feeding import ACCOUNT, counts, feed, refusals
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM, key, take_payments

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


def _removed(tmp_path) -> m.PaymentMethod:
    load(tmp_path / "one")
    card = f.fetch(m.PaymentMethod, external_id="M-1")
    payments.remove_method(f.staff_actor(), payment_method=card.id, key=key())
    return f.fetch(m.PaymentMethod, external_id="M-1")


DATED = METHODS.replace("default\n", "default,updated_at\n").replace(",false\n", ",false,\n")


@pytest.mark.requirement("S0-14")
@pytest.mark.parametrize(
    "methods",
    [
        METHODS,
        METHODS.replace("Visa,4242,10", "Visa,4242,11"),
        DATED.replace("tok-1,true", "tok-1,true,2026-11-20T14:59:59Z"),
        DATED.replace("tok-1,true", "tok-1,true,2026-11-20T15:00:00Z"),
        METHODS.replace("tok-1,true", "tok-1,false"),
    ],
    ids=["the same", "changed without its age", "older", "of the same moment", "not the default"],
)
def test_removed_method_stays_removed_though_a_feed_still_lists_it(
    any_db, clock, tmp_path, methods
):
    before = _removed(tmp_path)
    report = load(tmp_path / "two", payment_methods=methods)
    after = f.fetch(m.PaymentMethod, external_id="M-1")
    assert (after.ended_at, after.removed_at) == (before.ended_at, before.removed_at)
    assert after.exp_month == before.exp_month
    assert refusals(report) == []
    assert sum(counts(report, "payment_methods").values()) == 2
    assert not {"new", "changed"} & set(counts(report, "payment_methods"))


@pytest.mark.requirement("S0-14")
def test_removed_method_comes_back_with_a_newer_word_of_the_feeds(any_db, clock, tmp_path):
    _removed(tmp_path)
    newer = DATED.replace("tok-1,true", "tok-7,true,2026-11-20T15:00:01Z")
    report = load(tmp_path / "two", payment_methods=newer)
    assert counts(report, "payment_methods") == {"changed": 1, "unchanged": 1}
    card = f.fetch(m.PaymentMethod, external_id="M-1")
    assert (card.ended_at, card.removed_at, card.gateway_token) == (None, None, "tok-7")
    assert card.default_since is not None
    payments.remove_method(f.staff_actor(), payment_method=card.id, key=key())
    again = load(tmp_path / "three", payment_methods=newer)
    assert counts(again, "payment_methods") == {"unchanged": 2}


def test_method_that_a_feed_ended_comes_back_when_a_feed_lists_it_again(db, clock, tmp_path):
    load(tmp_path / "one")
    ended = "external_id,deleted,contract,kind,last4\nM-2,true,,,\n"
    load(tmp_path / "two", payment_methods=ended)
    assert f.fetch(m.PaymentMethod, external_id="M-2").ended_at is not None
    load(tmp_path / "three")
    assert f.fetch(m.PaymentMethod, external_id="M-2").ended_at is None
