"""A fee stays owed when its payment is made elsewhere: it is said, and staff may waive it."""

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.money import Money
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.master import Master, at_the_counter
from tests.services.payments.plans import key, take_payments

FEE = "A fee of $25.00 is still owed. Payment 1 was missed and then made elsewhere"


@pytest.fixture
def master(any_db, clock, tmp_path):
    take_payments()
    made = Master(tmp_path)
    made.send()
    made.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    made.run()
    made.gateway.decide = lambda _order: None
    return made


def agent(master):
    return f.staff_actor(brand_id=master.contract.brand_id)


def page(master):
    return payments.contract_payments(agent(master), contract=master.contract.id)


def first(master):
    return f.fetch(m.Instalment, external_id="I-1")


def balance(master):
    entries = f.fetch_all(m.LedgerEntry, contract_id=master.contract.id)
    return sum(one.amount_minor for one in entries)


def waive(master, who=None, **given):
    asked = {"instalment": first(master).id, "reason": "Agreed at the counter.", "key": key()}
    return payments.waive_fee(who or agent(master), **asked | given)


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S0-27")
@pytest.mark.parametrize("how", ["feed", "ledger"])
def test_fee_of_a_payment_made_elsewhere_is_said_to_be_owed_and_why(master, how):
    before = page(master)
    if how == "feed":
        master.send("paid")
    else:
        at_the_counter(master, "L-1,A-1,C-1,payment,-100.00,2026-11-21,I-1")
    master.follow()
    shown = page(master)
    assert shown.schedule[0].owed_fee == Money(25_00, "USD")
    assert shown.what_next.if_nothing[-1].startswith(FEE)
    assert shown.left - before.left == Money(-100_00, "USD")
    assert shown.paid == Money(100_00, "USD")
    assert shown.status is m.ContractStatus.ACTIVE
    # No run takes it, before or after.
    master.run()
    assert not master.gateway.taken


@pytest.mark.requirement("S0-23")
def test_what_was_paid_beyond_the_payment_counts_for_its_fee(master):
    at_the_counter(master, "L-1,A-1,C-1,payment,-110.00,2026-11-21,I-1")
    master.follow()
    assert page(master).schedule[0].owed_fee == Money(15_00, "USD")
    waive(master)
    assert page(master).schedule[0].owed_fee == Money(0, "USD")
    assert balance(master) == 0
    assert first(master).fee_minor == 10_00


@pytest.mark.requirement("S0-23")
def test_with_its_fee_paid_elsewhere_nothing_is_owed(master):
    at_the_counter(
        master,
        "L-1,A-1,C-1,payment,-100.00,2026-11-21,I-1",
        "L-2,A-1,C-1,payment,-25.00,2026-11-22,I-1",
    )
    master.follow()
    shown = page(master)
    assert (shown.schedule[0].owed_fee, shown.schedule[0].may_waive_fee) == (Money(0, "USD"), False)
    assert all("fee" not in line for line in shown.what_next.if_nothing)
    assert balance(master) == 0
    with pytest.raises(Conflict):
        waive(master)


@pytest.mark.requirement("S0-28")
def test_staff_waive_it_once_with_a_reason_and_nobody_else_does(master):
    at_the_counter(master, "L-1,A-1,C-1,payment,-100.00,2026-11-21,I-1")
    master.follow()
    assert page(master).schedule[0].may_waive_fee
    assert balance(master) == 25_00
    with pytest.raises(Invalid):
        waive(master, reason=" ")
    assert balance(master) == 25_00
    who, click = agent(master), key()
    assert waive(master, who, key=click) == waive(master, who, key=click)
    assert balance(master) == 0
    with pytest.raises(Conflict):
        waive(master)
    shown = page(master)
    assert (shown.schedule[0].owed_fee, shown.schedule[0].may_waive_fee) == (Money(0, "USD"), False)
    assert all("fee" not in line for line in shown.what_next.if_nothing)
    # The next feed says nothing new.
    master.send("paid")
    master.follow()
    assert balance(master) == 0


@pytest.mark.requirement("S0-26")
def test_fee_that_was_taken_with_its_payment_is_not_owed(master, clock):
    clock.at(2026, 12, 20, 15)
    master.run()
    assert master.states()[0] == "paid_late"
    shown = page(master)
    assert (shown.schedule[0].fee, shown.schedule[0].owed_fee) == (
        Money(25_00, "USD"), Money(0, "USD"),
    )  # fmt: skip
    assert balance(master) == 0


@pytest.mark.requirement("S0-25")
def test_request_page_and_letter_count_the_fee_that_stays_owed_when_the_contract_ends(master):
    master.send("paid")
    master.follow()
    f.give(master.contract, holder_id=f.person().id)
    asked = {"contract": master.contract.id, "reason": "Sold it", "key": key()}
    number = payments.ask_to_cancel(agent(master), **asked)
    assert payments.cancellation(agent(master), number=number).owed == Money(25_00, "USD")
    payments.approve_cancellation(agent(master), number=number, reason="Agreed", key=key())
    assert payments.cancellation(agent(master), number=number).owed == Money(25_00, "USD")
    assert page(master).left == Money(25_00, "USD")
    letter = f.fetch(m.OutboundMessage, topic="payment.cancellation_approved")
    assert "$25.00 is still owed: ask us how to pay it." in letter.text
