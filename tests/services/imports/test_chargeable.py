"""Amounts that the gateway could only round are refused in the feed, with what to write instead."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.core.errors import Invalid
from portal_app.core.settings import settings
from portal_app.services import payments
from tests import factories as f
from tests.services.imports.feeding import counts, feed, refusals

ACCOUNT = "external_id,number,name,account_type,currency\nA-1,101,Al Noor Cars,account,{0}\n"
CONTRACTS = (
    "external_id,number,kind,status,account,missed_payment_fee\n"
    "C-1,SD-1,service_contract,active,A-1,{0}\n"
)
PLAN = "external_id,contract,sequence,due_on,amount,fee\nC-1/1,C-1,1,2026-12-20,{0},{1}\n"


def load(tmp_path, *, currency="KWD", amount="10.000", fee="", own_fee="1.000"):
    given = {"accounts": ACCOUNT.format(currency), "contracts": CONTRACTS.format(own_fee)}
    return feed(tmp_path, **given, instalments=PLAN.format(amount, fee))


@pytest.fixture
def at_stripe(monkeypatch):
    _settle(monkeypatch, payments="stripe")


def _settle(monkeypatch, **wish):
    chosen = settings().model_copy(update=wish)
    for place in ("chargeable", "payments.commands.ruling"):
        monkeypatch.setattr(f"portal_app.services.{place}.settings", lambda: chosen)


@pytest.mark.parametrize("currency", ["KWD", "BHD", "JOD", "OMR", "TND"])
def test_amount_with_a_third_decimal_is_refused_where_stripe_takes_the_money(
    db, clock, tmp_path, at_stripe, currency
):
    report = load(tmp_path, currency=currency, amount="10.125")
    assert [one[2] for one in refusals(report)] == ["amount"]
    said = report.refusals[0].sentence
    assert said == (
        f"Your gateway takes {currency} only in steps of 0.010."
        " Write an amount such as 10.120 or 10.130."
    )
    assert f.fetch_all(m.Instalment) == []


def test_amount_that_stripe_takes_exactly_comes_in(db, clock, tmp_path, at_stripe):
    report = load(tmp_path, amount="10.120")
    assert refusals(report) == []
    assert f.fetch(m.Instalment, external_id="C-1/1").amount_minor == 10_120


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"fee": "0.005"}, "fee"), ({"own_fee": "1.005"}, "missed_payment_fee")],
)
def test_a_fee_is_part_of_what_is_taken(db, clock, tmp_path, at_stripe, wrong, field):
    assert field in [one[2] for one in refusals(load(tmp_path, **wrong))]


def test_other_gateways_and_other_currencies_take_the_last_digit(db, clock, tmp_path, monkeypatch):
    assert refusals(load(tmp_path / "one", amount="10.125")) == []
    _settle(monkeypatch, payments="stripe")
    report = load(tmp_path / "two", currency="USD", amount="10.13", own_fee="1.05")
    assert counts(report, "instalments").get("refused") is None


def test_fee_of_the_brand_is_one_that_the_gateway_takes(db, clock, monkeypatch):
    _settle(monkeypatch, payments="stripe", currency="KWD")
    admin = f.staff_actor(Role.ADMIN)
    with pytest.raises(Invalid) as refused:
        payments.set_policy(admin, changes={"fee": "2.505"}, version=0, key="one")
    assert "steps of 0.010" in refused.value.fields["fee"]
    assert payments.set_policy(admin, changes={"fee": "2.500"}, version=0, key="two") == 1
