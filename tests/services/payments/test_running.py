"""The daily run: what is taken, what is missed, what follows; each once."""

import threading
from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM, make_plan

LIMIT = DeclineReason.LIMIT_EXCEEDED


def ledger(plan):
    rows = f.fetch_all(m.LedgerEntry, contract_id=plan.contract.id)
    return sorted((row.kind.value, row.amount_minor) for row in rows)


def decline(plan, *keys_ending):
    plan.gateway.decide = lambda order: (
        LIMIT if order.idempotency_key.endswith(keys_ending) else None
    )


@pytest.mark.requirement("S0-26")
def test_due_payment_is_taken_booked_and_receipted_once(plan):
    plan.run()
    plan.run()
    assert plan.states() == ["paid", "scheduled", "scheduled", "scheduled"]
    assert list(plan.gateway.taken.values()) == [100_00]
    assert ledger(plan) == [("charge", 100_00), ("payment", -100_00)]
    assert plan.letters() == ["receipt"]
    assert plan.status() == "active"


@pytest.mark.requirement("S0-19")
@pytest.mark.requirement("S0-22")
def test_first_failure_is_told_once_with_reason_fee_next_date_and_the_page(plan):
    decline(plan, "attempt-1")
    plan.run()
    plan.run()
    row = plan.rows()[0]
    assert (row.state, row.fee_minor, row.retry_on) == ("missed", 25_00, date(2026, 12, 20))
    assert plan.status() == "past_due"
    assert plan.letters() == ["missed"]
    letter = f.fetch(m.OutboundMessage, topic="payment.missed")
    for words in ("$100.00", "limit was reached", "$25.00", "$125.00", "20 December 2026"):
        assert words in letter.text
    assert f"/contracts/{plan.contract.id}" in letter.text
    told = f.fetch(m.Notification, topic="payment.missed")
    assert told.person_id == plan.holder.person_id
    assert ledger(plan) == [("charge", 100_00), ("fee", 25_00)]


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S0-24")
@pytest.mark.requirement("S0-26")
def test_next_month_the_missed_payment_with_its_fee_goes_first_then_the_next(plan, clock):
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    plan.gateway.decide = lambda _order: None
    clock.at(2026, 12, 20, 15)
    plan.run()
    orders = list(plan.gateway.orders.values())
    assert [one.amount_minor for one in orders] == [100_00, 125_00, 100_00]
    assert plan.states() == ["paid_late", "paid", "scheduled", "scheduled"]
    assert plan.status() == "active"
    assert plan.page().what_next.tone == "good"
    assert sum(amount for _, amount in ledger(plan)) == 0


@pytest.mark.requirement("S0-24")
def test_order_is_a_policy(any_db, clock):
    plan = make_plan(policy={"retry_first": False})
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    plan.gateway.decide = lambda _order: None
    clock.at(2026, 12, 20, 15)
    plan.run()
    amounts = [one.amount_minor for one in plan.gateway.orders.values()]
    assert amounts == [100_00, 100_00, 125_00]


@pytest.mark.requirement("S0-25")
def test_second_failure_asks_for_cancellation_once_and_holds_what_comes(plan, clock):
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    clock.at(2026, 12, 20, 15)
    plan.run()
    clock.at(2027, 1, 20, 15)
    plan.run()
    assert plan.states() == ["defaulted", "on_hold", "on_hold", "on_hold"]
    assert plan.status() == "pending_cancellation"
    request = f.fetch(m.CancellationRequest, contract_id=plan.contract.id)
    assert (request.state, request.origin) == ("open", "system")
    assert "limit" in request.reason
    assert len(plan.gateway.orders) == 2
    assert plan.letters() == ["defaulted", "missed"]
    assert payments.waiting(plan.agent) == 1
    page = plan.page()
    assert page.cancellation is not None
    assert page.cancellation.on_hold == 3


@pytest.mark.requirement("S0-23")
def test_last_payment_is_tried_again_a_month_later(any_db, clock):
    plan = make_plan(days=[date(2026, 11, 20)])
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    assert plan.rows()[0].retry_on == date(2026, 12, 20)


@pytest.mark.requirement("S0-17")
@pytest.mark.requirement("S0-19")
def test_expired_card_fails_without_asking_the_gateway(any_db, clock):
    plan = make_plan(with_method=False)
    plan.method(exp_month=10, exp_year=2026)
    plan.run()
    assert plan.gateway.asked == []
    assert plan.attempts()[0].reason is m.FailureReason.EXPIRED
    assert "expired" in plan.page().schedule[0].attempts[0].reason


def test_lost_answer_is_asked_for_again_and_charged_once(plan):
    plan.gateway.deaf = lambda: True
    with pytest.raises(PortUnavailable):
        plan.run()
    assert plan.states()[0] == "processing"
    assert plan.page().what_next.headline == "A payment is on its way"
    plan.gateway.deaf = lambda: False
    payments.settle_open(SYSTEM, contract=plan.contract.id, gateway=plan.gateway)
    assert plan.states()[0] == "paid"
    assert plan.gateway.asked == [plan.attempts()[0].idempotency_key] * 2
    assert list(plan.gateway.taken.values()) == [100_00]


def test_old_unknown_charge_is_looked_up_not_asked_for_under_another_key(plan, clock):
    plan.gateway.deaf = lambda: True
    with pytest.raises(PortUnavailable):
        plan.run()
    plan.gateway.deaf = lambda: False
    clock.advance(days=3)
    payments.settle_open(SYSTEM, contract=plan.contract.id, gateway=plan.gateway)
    assert plan.states()[0] == "paid"
    assert len(plan.gateway.asked) == 1


def test_charge_that_was_taken_is_not_taken_for_a_refusal_because_the_method_changed(plan):
    class Strict(FakeGateway):
        def charge(self, order):
            if self.orders.get(order.idempotency_key, order) != order:
                raise PortRefused("This key belongs to another charge.")
            return super().charge(order)

    plan.gateway = Strict(deaf=lambda: True)
    with pytest.raises(PortUnavailable):
        plan.run()
    plan.gateway.deaf = lambda: False
    f.give(f.fetch(m.PaymentMethod, contract_id=plan.contract.id), gateway_token="tok-of-a-feed")
    payments.settle_open(SYSTEM, contract=plan.contract.id, gateway=plan.gateway)
    assert plan.states()[0] == "paid"
    assert list(plan.gateway.taken.values()) == [100_00]


def test_charge_that_a_gateway_refuses_to_look_at_is_declined(plan):
    class Refusing(FakeGateway):
        def charge(self, order):
            raise PortRefused("no such currency")

        find = charge

    plan.gateway = Refusing()
    plan.run()
    assert plan.states()[0] == "missed"
    assert plan.attempts()[0].reason is m.FailureReason.DECLINED


@pytest.mark.requirement("S0-23")
def test_fee_of_the_brand_is_not_asked_for_in_another_currency(any_db, clock):
    plan = make_plan(policy={"fee_minor": 25_00}, currency="JPY")
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    assert (plan.rows()[0].state, plan.rows()[0].fee_minor) == ("missed", 0)


def test_fee_that_a_contract_names_itself_is_in_its_own_currency(any_db, clock):
    plan = make_plan(currency="JPY", missed_payment_fee_minor=3_000)
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    assert plan.rows()[0].fee_minor == 3_000


def test_what_comes_next_waits_for_an_unknown_second_attempt(plan, clock):
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    clock.at(2026, 12, 20, 15)
    plan.gateway.deaf = lambda: True
    with pytest.raises(PortUnavailable):
        plan.run()
    assert plan.states() == ["retrying", "scheduled", "scheduled", "scheduled"]
    plan.gateway.deaf = lambda: False
    plan.run()
    assert plan.states() == ["defaulted", "on_hold", "on_hold", "on_hold"]


def test_bank_debit_is_paid_when_the_bank_says_so(plan):
    plan.gateway.pends = True
    plan.run()
    plan.run()
    assert plan.states()[0] == "processing"
    (key,) = plan.gateway.asked
    plan.gateway.results[key] = type(plan.gateway.results[key])("ch-0")
    payments.settle_one(SYSTEM, idempotency_key=key, gateway=plan.gateway)
    assert plan.states()[0] == "paid"


def test_decline_that_turns_out_to_be_paid_is_put_right_without_a_fee(plan):
    plan.gateway.decide = lambda _order: LIMIT
    plan.run()
    (key,) = plan.gateway.asked
    plan.gateway.results[key] = type(plan.gateway.results[key])("ch-0")
    payments.settle_one(SYSTEM, idempotency_key=key, gateway=plan.gateway)
    assert plan.states()[0] == "paid"
    assert plan.status() == "active"
    assert sum(amount for _, amount in ledger(plan)) == 0


def test_notice_of_the_gateway_counts_once_and_only_makes_us_look(plan):
    plan.run()
    (key,) = plan.gateway.asked
    given = {"body": f"charge:{key}".encode(), "headers": {"id": "n1"}, "gateway": plan.gateway}
    assert payments.take_notice(SYSTEM, **given)
    assert not payments.take_notice(SYSTEM, **given)
    jobs = f.fetch_all(m.Job, name="look_at_payment")
    assert [job.args for job in jobs] == [{"idempotency_key": key}]
    payments.settle_one(SYSTEM, idempotency_key=key, gateway=plan.gateway)
    assert list(plan.gateway.taken.values()) == [100_00]


def test_nothing_is_taken_where_the_operator_collects_otherwise(any_db, clock):
    plan = make_plan(policy={"takes_payments": False})
    assert payments.start_runs(SYSTEM) == 0
    plan.run()
    assert plan.attempts() == []
    assert "is due on" in plan.page().what_next.if_nothing[0]


def test_run_of_a_day_begins_once_in_each_zone_at_its_hour(any_db, clock):
    plan = make_plan(zone="America/Toronto")
    clock.at(2026, 11, 20, 10, 59)  # 05:59 there
    assert payments.start_runs(SYSTEM) == 0
    clock.at(2026, 11, 20, 11, 0)
    assert payments.start_runs(SYSTEM) == 1
    assert payments.start_runs(SYSTEM) == 0
    (job,) = f.fetch_all(m.Job, name="collect_payments")
    assert job.args["contract_id"] == plan.contract.id
    run = f.fetch(m.PaymentRun, zone="America/Toronto")
    payments.collect(SYSTEM, contract=plan.contract.id, run=run.id, gateway=plan.gateway)
    (row,) = payments.payment_runs(plan.agent).rows
    assert (row.contracts, row.taken, row.failed, row.unsettled) == (1, 1, 0, 0)


def test_only_the_portal_runs_payments(plan):
    for actor in (plan.holder, plan.agent, Actor()):
        with pytest.raises(NotFound):
            payments.collect(actor, contract=plan.contract.id, gateway=plan.gateway)


def test_rivals_take_a_payment_once(plan):
    barrier = threading.Barrier(4)

    def work():
        barrier.wait()
        plan.run()

    rivals = [threading.Thread(target=work) for _ in range(4)]
    for one in rivals:
        one.start()
    for one in rivals:
        one.join()
    plan.run()
    assert plan.states()[0] == "paid"
    assert list(plan.gateway.taken.values()) == [100_00]
    assert plan.letters() == ["receipt"]
    assert len(plan.attempts()) == 1
