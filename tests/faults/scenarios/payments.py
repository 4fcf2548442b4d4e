"""Taking payments, seeing to methods, and what staff decide."""

from datetime import date

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.faults.scenarios.registry import WITHOUT, Command, later, scenario
from tests.faults.scenarios.rentals import Paper
from tests.services.payments.gateway import VISA
from tests.services.payments.plans import (
    SYSTEM,
    Plan,
    add_instalments,
    make_contract,
    make_plan,
)

WITHOUT["payments.forget_method"] = "It writes nothing: the gateway forgets, as often as asked."
SAID = {"reason": "Agreed by phone.", "key": "click"}
LATER = "2026-12-28"


def _declining() -> Plan:
    plan = make_plan()
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    return plan


def _missed() -> Plan:
    plan = _declining()
    plan.run()
    plan.gateway.decide = lambda _order: None
    return plan


def _defaulted() -> Plan:
    plan = _declining()
    plan.run()
    later(days=30)
    plan.run()
    return plan


def _first(plan: Plan) -> str:
    return plan.rows()[0].id


@scenario(payments.collect)
def what_is_due_is_taken() -> Command:
    plan = make_plan()
    return plan.run


@scenario(payments.collect)
def what_was_missed_is_taken_with_what_is_due() -> Command:
    plan = _missed()
    later(days=30)
    return plan.run


@scenario(payments.collect)
def a_payment_fails_for_the_second_time() -> Command:
    plan = _declining()
    plan.run()
    later(days=30)
    return plan.run


@scenario(payments.settle_open)
def an_unknown_payment_is_looked_up() -> Command:
    plan = _unknown()
    given = {"contract": plan.contract.id, "gateway": plan.gateway}
    return lambda: payments.settle_open(SYSTEM, **given)


def _unknown() -> Plan:
    """A bank debit that the bank has confirmed by now."""
    plan = make_plan()
    plan.gateway.pends = True
    plan.run()
    key, result = next(iter(plan.gateway.results.items()))
    plan.gateway.results[key] = type(result)(result.gateway_reference)
    plan.gateway.pends = False
    return plan


@scenario(payments.settle_one)
def the_bank_confirms_a_payment() -> Command:
    plan = _unknown()
    given = {"idempotency_key": plan.gateway.asked[0], "gateway": plan.gateway}
    return lambda: payments.settle_one(SYSTEM, **given)


@scenario(payments.leave_looks)
def what_is_unknown_is_queued() -> Command:
    plan = make_plan()
    plan.gateway.pends = True
    plan.run()
    return lambda: payments.leave_looks(SYSTEM, slot="2026-11-20T15:10:00")


@scenario(payments.start_runs)
def the_day_s_payments_are_several_parts() -> Command:
    plan = make_plan()
    for n in range(4):
        other = make_contract(plan.account, f.person(), external_id=f"sc-{n}")
        add_instalments(other, [date(2026, 11, 20)])
    return lambda: payments.start_runs(SYSTEM)


@scenario(payments.start_runs)
def the_day_s_payments_begin() -> Command:
    make_plan()
    return lambda: payments.start_runs(SYSTEM)


@scenario(payments.follow_feed)
def what_was_missed_is_paid_elsewhere() -> Command:
    plan = _missed()
    row = plan.rows()[0]
    row.state, row.retry_on = m.InstalmentState.PAID, None
    f._save(row)
    return lambda: payments.follow_feed(SYSTEM, contract=plan.contract.id)


@scenario(payments.receipt_document, anew="Each time a document is taken is written down.")
def a_receipt_is_taken_away() -> Command:
    plan = make_plan()
    plan.run()
    given = {"instalment": plan.rows()[0].id, "renderer": Paper()}
    return lambda: payments.receipt_document(plan.holder, **given)


@scenario(payments.take_notice)
def the_gateway_says_something() -> Command:
    plan = make_plan()
    given = {"body": b"charge:inst-1-attempt-1", "headers": {"id": "n"}, "gateway": plan.gateway}
    return lambda: payments.take_notice(SYSTEM, **given)


def _switched_on(plan: Plan, *features: str) -> None:
    row = f.fetch(m.PortalSettings, brand_id=plan.account.brand_id)
    row.features = dict.fromkeys(features, True)
    f._save(row)


@scenario(payments.pay_now)
def a_missed_payment_is_made_at_once() -> Command:
    plan = _missed()
    _switched_on(plan, "pay_now")
    given = {"instalment": _first(plan), "gateway": plan.gateway, "key": "click"}
    return lambda: payments.pay_now(plan.holder, **given)


@scenario(payments.begin_setup)
def somebody_goes_to_add_a_card() -> Command:
    plan = make_plan()
    given = {"contract": plan.contract.id, "gateway": plan.gateway, "key": "click"}
    return lambda: payments.begin_setup(plan.holder, **given)


def _added() -> tuple[Plan, str]:
    plan = make_plan()
    given = {"contract": plan.contract.id, "gateway": plan.gateway, "key": "begin"}
    reference = payments.begin_setup(plan.holder, **given).reference
    plan.gateway.added[f"gw-{reference}"] = VISA
    return plan, reference


@scenario(payments.finish_setup)
def a_card_is_added() -> Command:
    plan, reference = _added()
    given = {"reference": reference, "gateway": plan.gateway}
    return lambda: payments.finish_setup(plan.holder, **given)


@scenario(payments.leave_setup_looks)
def somebody_has_not_come_back() -> Command:
    _added()
    return lambda: payments.leave_setup_looks(SYSTEM, slot="2026-11-20T15:20:00")


@scenario(payments.choose_method)
def another_card_is_chosen() -> Command:
    plan = make_plan()
    card = plan.method(last4="1881", default_since=None)
    given = {"payment_method": card.id, "key": "click"}
    return lambda: payments.choose_method(plan.holder, **given)


@scenario(payments.remove_method)
def a_card_is_removed() -> Command:
    plan = make_plan()
    card = plan.method(last4="1881", default_since=None)
    given = {"payment_method": card.id, "key": "click"}
    return lambda: payments.remove_method(plan.holder, **given)


@scenario(payments.copy_method)
def a_card_is_put_on_another_contract() -> Command:
    plan = make_plan()
    holder = f.fetch(m.Person, id=plan.holder.person_id)
    other = make_contract(plan.account, holder)
    given = {"payment_method": plan.method().id, "contracts": [other.id], "key": "click"}
    return lambda: payments.copy_method(plan.holder, **given)


@scenario(payments.warn_of_expiry)
def a_card_runs_out() -> Command:
    plan = make_plan(with_method=False)
    plan.method(exp_year=2026, exp_month=11)
    return lambda: payments.warn_of_expiry(SYSTEM)


@scenario(payments.reschedule)
def a_payment_is_moved() -> Command:
    plan = _missed()
    given = {"instalment": _first(plan), "due_on": LATER, **SAID}
    return lambda: payments.reschedule(plan.agent, **given)


@scenario(payments.waive_instalment)
def a_payment_is_waived() -> Command:
    plan = _missed()
    return lambda: payments.waive_instalment(plan.agent, instalment=_first(plan), **SAID)


@scenario(payments.waive_fee)
def a_fee_is_waived() -> Command:
    plan = _missed()
    return lambda: payments.waive_fee(plan.agent, instalment=_first(plan), **SAID)


@scenario(payments.reinstate)
def a_payment_is_put_back() -> Command:
    plan = _defaulted()
    given = {"instalment": _first(plan), "due_on": LATER, **SAID}
    return lambda: payments.reinstate(plan.agent, **given)


@scenario(payments.write_off)
def a_payment_is_written_off() -> Command:
    plan = _defaulted()
    return lambda: payments.write_off(plan.agent, instalment=_first(plan), **SAID)


@scenario(payments.release_holds)
def what_is_on_hold_is_released() -> Command:
    plan = _defaulted()
    return lambda: payments.release_holds(plan.agent, contract=plan.contract.id, **SAID)


@scenario(payments.ask_to_cancel)
def a_contract_is_to_end() -> Command:
    plan = make_plan()
    return lambda: payments.ask_to_cancel(plan.agent, contract=plan.contract.id, **SAID)


def _to_cancel() -> tuple[Plan, str]:
    plan = _defaulted()
    return plan, f.fetch(m.CancellationRequest, contract_id=plan.contract.id).number


@scenario(payments.approve_cancellation)
def a_contract_is_cancelled() -> Command:
    plan, number = _to_cancel()
    return lambda: payments.approve_cancellation(plan.agent, number=number, **SAID)


@scenario(payments.decline_cancellation)
def a_contract_goes_on() -> Command:
    plan, number = _to_cancel()
    given = {"number": number, "try_again_on": LATER, **SAID}
    return lambda: payments.decline_cancellation(plan.agent, **given)


@scenario(payments.set_policy)
def the_policy_of_payments_is_set() -> Command:
    admin = f.staff_actor(Role.ADMIN)
    given = {"changes": {"takes_payments": True, "fee": "25.00"}, "version": 0, "key": "click"}
    return lambda: payments.set_policy(admin, **given)
