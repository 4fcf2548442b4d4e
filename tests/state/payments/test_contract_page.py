"""What a contract's page says of its payments, and what may be done there."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core.actor import Role
from portal_app.ports.payments import DeclineReason
from portal_app.services import branding
from portal_app.state.billing.summary import AccountSummaryState
from portal_app.state.contracts.details import ContractState
from portal_app.state.payments.contract import ContractPaymentsState
from portal_app.state.payments_desk.contract import ContractDeskState
from tests import factories as f
from tests.services.payments.plans import add_method, key, make_plan
from tests.state.tabs import Tab

HOSTILE = [None, 7, [], {}, "\x00", "\ud800", "x" * 20_000]


@pytest.fixture
def plan(db, clock, licensed, monkeypatch):
    made = make_plan()
    monkeypatch.setattr(wiring, "payment_gateway", lambda: made.gateway)
    return made


@pytest.fixture
def missed(plan):
    """Today's payment was tried and the card's limit was reached."""
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    return plan


async def opened(plan, actor=None):
    tab = Tab(actor or plan.holder, plan.account.id)
    tab.at(f"/contracts/{plan.contract.number}", number=plan.contract.number)
    await tab.call(ContractState.load)
    return tab


def shown(tab):
    return tab.state(ContractState).view.payments


def switch_on(feature):
    branding.switch_feature(f.staff_actor(Role.ADMIN), feature=feature, is_on=True, key=key())


@pytest.mark.requirement("S0-19")
@pytest.mark.requirement("S0-27")
async def test_a_missed_payment_is_told_with_its_reason_and_all_that_follows(missed):
    outlook = shown(await opened(missed)).outlook
    assert [(one.title, one.when) for one in outlook.moments] == [
        ("Payment missed", "20 Nov 2026"),
        ("Change how you pay", "Before 20 Dec 2026"),
        ("We try the missed payment again", "20 Dec 2026"),
        ("Your regular payment", "20 Dec 2026"),
    ]
    assert outlook.moments[0].text == (
        "Not taken from Visa ending 4242: $100.00. The card's limit was reached."
    )
    assert outlook.moments[2].text == (
        "$100.00 plus a $25.00 missed payment fee from Visa ending 4242."
    )
    assert outlook.needs_action
    assert outlook.alert == f"A payment was missed on contract {missed.contract.number}"
    assert outlook.if_nothing[0] == (
        "On 20 December 2026 we try again to take $125.00: $100.00 missed and a $25.00 fee."
    )
    assert outlook.fix_title == "If you add a valid method before 20 December 2026"
    assert outlook.if_fixed


@pytest.mark.requirement("S0-27")
@pytest.mark.requirement("S0-25")
async def test_what_the_page_foretells_is_what_the_next_run_does(missed, clock):
    tab = await opened(missed)
    fails = "a request to cancel this contract is opened and further payments are put on hold"
    assert shown(tab).outlook.if_nothing[-1] == f"If it fails, {fails}."
    clock.at(2026, 12, 20, 12)
    missed.run()
    assert missed.states() == ["defaulted", "on_hold", "on_hold", "on_hold"]
    await tab.call(ContractState.refresh)
    view = shown(tab)
    assert view.cancellation == "This contract may be cancelled"
    assert view.cancellation_text.startswith("This was started on 20 December 2026.")
    assert [one.title for one in view.outlook.moments][:2] == [
        "Payment missed",
        "Second attempt failed",
    ]
    assert {one.status for one in view.schedule.year} == {"Not paid", "On hold"}


@pytest.mark.requirement("S0-26")
async def test_warnings_vanish_once_it_is_paid(missed):
    switch_on("pay_now")
    tab = await opened(missed)
    (row,) = [one for one in shown(tab).schedule.year if one.may_pay_now]
    missed.gateway.decide = lambda _order: None
    await tab.call(ContractPaymentsState.pay_now, row.id, row.key)
    assert tab.said == "Paid. Thank you: your receipt is on its way to you."
    await tab.call(ContractState.refresh)
    assert not shown(tab).outlook.needs_action
    first = shown(tab).schedule.year[0]
    assert (first.status, first.fee) == ("Paid late", "plus $25.00 fee")
    assert first.notes[-1] == "20 Nov 2026: Paid from Visa ending 4242: $125.00."


@pytest.mark.requirement("S0-05")
async def test_pay_now_appears_with_its_switch_and_a_failure_changes_nothing(missed):
    tab = await opened(missed)
    assert not any(one.may_pay_now for one in shown(tab).schedule.year)
    switch_on("pay_now")
    await tab.call(ContractState.refresh)
    (row,) = [one for one in shown(tab).schedule.year if one.may_pay_now]
    await tab.call(ContractPaymentsState.pay_now, row.id, row.key)
    assert tab.said == (
        "Nothing was taken. The card's limit was reached. The payment stays as it was."
    )
    assert missed.states()[0] == "missed"


@pytest.mark.requirement("S0-04")
@pytest.mark.requirement("S0-20")
@pytest.mark.parametrize("place", [0, 1])
async def test_no_date_can_be_changed_unless_that_is_switched_on(missed, place):
    tab, rows = await opened(missed), missed.rows()
    assert shown(tab).movable == []
    form = {"instalment": rows[place].id, "due_on": "2026-12-24", "key": key()}
    await tab.call(ContractPaymentsState.move, form)
    assert tab.state(ContractPaymentsState).problem
    assert [one.due_on for one in missed.rows()] == [one.due_on for one in rows]
    switch_on("change_dates" if place else "reschedule")
    await tab.call(ContractState.refresh)
    assert rows[place].id in {one.value for one in shown(tab).movable}
    await tab.call(ContractPaymentsState.move, form | {"key": key()})
    assert (tab.said, missed.rows()[place].due_on) == (
        "The payment is moved.",
        date(2026, 12, 24),
    )


@pytest.mark.requirement("S0-25")
async def test_a_wish_to_end_the_contract_is_told_on_its_page(plan):
    tab = await opened(plan)
    assert not shown(tab).may_ask_to_cancel
    switch_on("cancel")
    await tab.call(ContractState.refresh)
    assert shown(tab).may_ask_to_cancel
    asked = {"contract": plan.contract.id, "reason": "", "key": key()}
    await tab.call(ContractPaymentsState.ask_to_cancel, asked)
    assert "reason" in tab.state(ContractPaymentsState).field_problems
    await tab.call(ContractPaymentsState.ask_to_cancel, asked | {"reason": "We sold the car."})
    assert tab.said.startswith("We have your request CR")
    await tab.call(ContractState.refresh)
    assert shown(tab).cancellation_text == (
        "You asked for this on 20 November 2026. We sold the car. "
        "We look at it and write to you. The contract stays in force until then."
    )


@pytest.mark.requirement("S0-17")
async def test_a_card_that_has_run_out_is_named_in_words(plan):
    add_method(plan.contract, last4="1111", exp_month=10, exp_year=2026)
    add_method(plan.contract, last4="2222", exp_month=11, exp_year=2026)
    tab = await opened(plan)
    assert {one.label: (one.status, one.warning) for one in shown(tab).methods} == {
        "Visa ending 4242": ("Saved", ""),
        "Visa ending 1111": ("Expired", "Visa ending 1111 expired on 31 October 2026"),
        "Visa ending 2222": ("Expires soon", "Visa ending 2222 expires on 30 November 2026"),
    }


@pytest.mark.requirement("S0-15")
@pytest.mark.requirement("S0-29")
async def test_the_schedule_is_drawn_and_listed_and_only_its_holder_sees_methods(plan):
    view = shown(await opened(plan))
    assert view.schedule.year[0].due_on == "20 Nov 2026"
    assert len(view.schedule.bars) == 12
    assert [bar.tone for bar in view.schedule.bars][:5] == ["info"] * 4 + [""]
    assert view.schedule.picture.startswith(
        "Payments from November 2026 to October 2027: 4 scheduled."
    )
    assert (view.paid, view.left, view.has_methods) == ("$0.00", "$400.00", True)
    other = f.consumer_actor(plan.account, role=m.ContactRole.AUTHORISED)
    seen = shown(await opened(plan, other))
    assert (len(seen.schedule.year), seen.has_methods, seen.methods) == (4, False, [])


async def test_a_rental_has_no_payments_to_show(plan):
    rental = f.contract(plan.account, number="R-1")
    tab = Tab(plan.holder, plan.account.id).at(f"/contracts/{rental.id}", number=rental.id)
    await tab.call(ContractState.load)
    assert not shown(tab).is_there


@pytest.mark.requirement("S0-27")
async def test_the_summary_puts_what_needs_the_customer_first(missed):
    tab = Tab(missed.holder, missed.account.id)
    await tab.call(AccountSummaryState.load)
    view = tab.state(AccountSummaryState).view
    assert view.urgent.contract.number == missed.contract.number
    assert view.urgent.contract.methods_href.endswith("/payment-method")
    assert [one.needs_action for one in view.outlooks] == [True]


@pytest.mark.parametrize("value", HOSTILE)
async def test_senseless_events_break_nothing(missed, value):
    switch_on("pay_now")
    tab = await opened(missed)
    await tab.call(ContractPaymentsState.pay_now, value, value)
    await tab.call(ContractPaymentsState.move, value)
    await tab.call(ContractPaymentsState.ask_to_cancel, {"contract": value, "reason": value})
    assert missed.states()[0] == "missed"


@pytest.mark.requirement("S0-26")
async def test_what_was_taken_has_its_receipt_on_the_customers_and_the_staffs_page(plan):
    plan.run()
    first, second = shown(await opened(plan)).schedule.year[:2]
    assert (first.receipt, second.receipt) == (f"/files/receipts/{plan.rows()[0].id}", "")
    tab = Tab(plan.agent)
    tab.at(f"/staff/contracts/{plan.contract.id}/payments?open=1", contract=plan.contract.id)
    await tab.call(ContractDeskState.load)
    assert tab.state(ContractDeskState).sheet.receipt == first.receipt
