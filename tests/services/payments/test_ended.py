"""What stays owed once a contract has ended: page, ledger and staff's way out say the same."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.errors import Conflict
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.plans import key, make_plan

SAID = {"reason": "Agreed by phone."}


def balance(plan):
    rows = f.fetch_all(m.LedgerEntry, contract_id=plan.contract.id)
    return sum(row.amount_minor for row in rows)


def cancel(plan):
    number = payments.ask_to_cancel(plan.agent, contract=plan.contract.id, key=key(), **SAID)
    seen = payments.cancellation(plan.agent, number=number)
    payments.approve_cancellation(plan.agent, number=number, key=key(), **SAID)
    return seen


@pytest.fixture
def moved(plan):
    """A payment that was missed in November and moved to the end of December."""
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    first = plan.rows()[0].id
    payments.reschedule(plan.agent, instalment=first, due_on="2026-12-28", key=key(), **SAID)
    assert (plan.status(), balance(plan)) == ("active", 100_00)
    return plan


@pytest.mark.requirement("S0-25")
def test_what_was_missed_and_moved_stays_owed_and_what_was_never_due_does_not(moved):
    seen = cancel(moved)
    assert seen.owed.amount_minor == 100_00
    assert moved.states() == ["defaulted", "cancelled", "cancelled", "cancelled"]
    page = moved.page()
    assert page.left.amount_minor == balance(moved) == 100_00
    assert page.schedule[0].look.label == "Not paid"
    assert "still owed" in page.schedule[0].look.next
    assert page.what_next.headline == "A payment was not made"
    assert page.what_next.if_nothing == (
        "$100.00 is still owed. This contract has ended, so we do not take it by ourselves:"
        " ask us how to pay it.",
    )
    assert [one.owed.amount_minor for one in payments.arrears(moved.agent).rows] == [100_00]


@pytest.mark.requirement("S0-25")
def test_holder_reads_in_the_letter_what_is_still_owed(moved):
    cancel(moved)
    letter = f.fetch(m.OutboundMessage, topic="payment.cancellation_approved")
    assert "$100.00 is still owed" in letter.text


@pytest.mark.requirement("S0-25")
def test_holder_who_owes_nothing_is_not_told_of_a_debt(plan):
    cancel(plan)
    assert plan.states() == ["cancelled"] * 4
    assert (plan.page().left.amount_minor, balance(plan)) == (0, 0)
    assert "owed" not in f.fetch(m.OutboundMessage, topic="payment.cancellation_approved").text


def test_what_was_put_back_and_then_held_stays_owed_too(moved, clock):
    f.give(moved.rows()[0], state=m.InstalmentState.ON_HOLD)
    cancel(moved)
    assert moved.states() == ["defaulted", "cancelled", "cancelled", "cancelled"]


def test_what_the_masters_ledger_charged_and_staff_moved_stays_owed(plan):
    row = plan.rows()[0]
    f.give(row, state=m.InstalmentState.MISSED, retry_on=date(2026, 12, 20))
    named = {"contract_id": plan.contract.id, "reference": row.external_id}
    f.entry(plan.account, 100_00, date(2026, 11, 20), **named)
    payments.reschedule(plan.agent, instalment=row.id, due_on="2026-12-28", key=key(), **SAID)
    cancel(plan)
    assert plan.states() == ["defaulted", "cancelled", "cancelled", "cancelled"]
    assert plan.page().left.amount_minor == balance(plan) == 100_00


@pytest.mark.requirement("S0-28")
def test_staff_write_off_what_an_ended_contract_still_owes(moved):
    cancel(moved)
    payment = moved.page(moved.agent).schedule[0]
    offered = (payment.may_write_off, payment.may_reinstate, payment.may_reschedule)
    assert offered == (True, False, False)
    given = {"instalment": payment.id, "key": key()} | SAID
    with pytest.raises(Conflict):
        payments.reinstate(moved.agent, due_on="2026-12-28", **given)
    assert moved.states()[0] == "defaulted"
    payments.write_off(moved.agent, **given)
    assert (moved.states()[0], balance(moved)) == ("written_off", 0)
    assert moved.page().left.amount_minor == 0
    assert moved.page().what_next.headline == "Nothing is to be taken"


@pytest.fixture
def ended_by_feed(plan):
    """A contract with a missed payment that the master system has ended."""
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    end(plan)
    return plan


def end(plan):
    f.give(f.fetch(m.Contract, id=plan.contract.id), status=m.ContractStatus.CANCELLED)


@pytest.mark.requirement("S0-28")
def test_staff_waive_fee_and_payment_of_a_contract_that_a_feed_ended(ended_by_feed):
    plan = ended_by_feed
    payment = plan.page(plan.agent).schedule[0]
    assert (payment.may_waive, payment.may_waive_fee, payment.may_reschedule) == (True, True, False)
    given = {"instalment": payment.id} | SAID
    payments.waive_fee(plan.agent, key=key(), **given)
    letter = f.fetch(m.OutboundMessage, topic="payment.fee_waived")
    assert "try again" not in letter.text
    payments.waive_instalment(plan.agent, key=key(), **given)
    assert (plan.states()[0], balance(plan)) == ("waived", 0)


def test_left_on_an_ended_contract_is_what_is_owed_and_not_what_was_to_come(ended_by_feed):
    page = ended_by_feed.page()
    assert page.left.amount_minor == balance(ended_by_feed) == 125_00
    assert page.what_next.if_nothing[0].startswith("$125.00 is still owed.")
    [row] = payments.arrears(ended_by_feed.agent).rows
    assert (row.owed.amount_minor, row.retry_on) == (125_00, None)


def test_payment_that_was_moved_before_a_feed_ended_the_contract_can_be_written_off(moved):
    end(moved)
    payment = moved.page(moved.agent).schedule[0]
    assert (payment.look.label, payment.may_write_off) == ("Not paid", True)
    assert moved.page().left.amount_minor == balance(moved) == 100_00
    never_due = moved.page(moved.agent).schedule[1]
    assert (never_due.look.label, never_due.may_write_off) == ("Not taken", False)
    with pytest.raises(Conflict):
        payments.write_off(moved.agent, instalment=never_due.id, key=key(), **SAID)
    payments.write_off(moved.agent, instalment=payment.id, key=key(), **SAID)
    assert (moved.states()[0], balance(moved)) == ("written_off", 0)


def test_what_is_moved_on_a_contract_that_goes_on_cannot_be_written_off(moved):
    first = moved.rows()[0].id
    assert not moved.page(moved.agent).schedule[0].may_write_off
    with pytest.raises(Conflict):
        payments.write_off(moved.agent, instalment=first, key=key(), **SAID)


def test_holds_of_an_ended_contract_are_not_released(plan):
    f.give(plan.rows()[1], state=m.InstalmentState.ON_HOLD)
    end(plan)
    assert not plan.page(plan.agent).may_release
    with pytest.raises(Conflict):
        payments.release_holds(plan.agent, contract=plan.contract.id, key=key(), **SAID)


def test_request_about_a_contract_that_a_feed_ended_is_closed_and_not_declined(moved):
    number = payments.ask_to_cancel(moved.agent, contract=moved.contract.id, key=key(), **SAID)
    end(moved)
    with pytest.raises(Conflict) as said:
        payments.decline_cancellation(moved.agent, number=number, key=key(), **SAID)
    assert "ended" in str(said.value)
    payments.approve_cancellation(moved.agent, number=number, key=key(), **SAID)
    assert payments.waiting(moved.agent) == 0
    assert moved.states()[0] == "defaulted"


def test_nothing_is_due_any_more_on_an_ended_contract_of_a_brand_that_collects_otherwise(
    any_db, clock
):
    plan = make_plan(policy={"takes_payments": False})
    assert "is due on 20 November 2026" in plan.page().what_next.if_nothing[0]
    end(plan)
    page = plan.page()
    assert (page.what_next.headline, page.what_next.on) == ("Nothing is to be paid", None)
    assert page.what_next.if_nothing == ()
    assert page.schedule[0].look.label == "Not taken"
    assert payments.what_next(plan.holder, account=plan.account.id) == ()
