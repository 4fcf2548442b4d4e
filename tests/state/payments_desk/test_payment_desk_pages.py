from datetime import date

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core import live
from portal_app.core.actor import Role
from portal_app.ports import PortUnavailable
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.state.payments_desk.arrears import ArrearsState
from portal_app.state.payments_desk.cancellations import CancellationQueueState
from portal_app.state.payments_desk.contract import ContractDeskState
from portal_app.state.payments_desk.customer import CustomerPaymentsState
from portal_app.state.payments_desk.policy import PaymentPolicyState
from portal_app.state.payments_desk.runs import NextRunState, RunLogState
from portal_app.state.rentals.work import WorkQueueState
from tests import factories as f
from tests.services.payments.gateway import VISA, FakeGateway
from tests.services.payments.plans import SYSTEM, add_instalments, key, make_contract, make_plan
from tests.state.tabs import Tab, path_of

ODD = (None, [], "x", 7, {"instalment": ["x"], "key": {}, "number": [], "reason": 3})


@pytest.fixture
def plan(db, clock, monkeypatch):
    made = make_plan()
    made.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    monkeypatch.setattr(wiring, "payment_gateway", lambda: made.gateway)
    return made


@pytest.fixture
def tab(plan):
    return Tab(plan.agent)


def fail_twice(plan, clock):
    plan.run()
    clock.at(2026, 12, 20, 15)
    plan.run()


def page_of(plan):
    return f"/staff/contracts/{plan.contract.id}/payments"


async def opened(tab, plan, sequence=""):
    asked = f"?open={sequence}" if sequence else ""
    tab.at(f"{page_of(plan)}{asked}", contract=plan.contract.id)
    await tab.call(ContractDeskState.load)
    return tab.state(ContractDeskState)


def entered(state, **more):
    return {"instalment": state.sheet.id, "key": state.sheet.key} | more


@pytest.mark.requirement("S0-19")
async def test_failed_payment_appears_in_an_open_list_with_its_reason(tab, plan):
    await tab.at("/staff/payments").call(ArrearsState.load)
    state = tab.state(ArrearsState)
    assert state.rows == []
    plan.run()
    topic = f"payments:{plan.contract.brand_id}"
    assert any("arrears_state.refresh" in one.event for one in live.watchers([topic]))
    await tab.call(ArrearsState.refresh)
    (row,) = state.rows
    assert (row.number, row.owed) == (plan.contract.number, "$125.00")
    assert row.reason == "The card's limit was reached."
    assert row.next_step == "Again on 20 Dec 2026"
    assert row.href == page_of(plan)
    assert (state.counts.all, state.counts.missed, state.counts.held) == ("1", "1", "0")


async def test_the_address_says_which_reason_or_view_is_meant(tab, plan):
    plan.run()
    await tab.at("/staff/payments?reason=expired").call(ArrearsState.load)
    state = tab.state(ArrearsState)
    assert (state.kind, state.rows) == ("expired", [])
    await tab.at("/staff/payments?view=missed").call(ArrearsState.load)
    assert (state.view, state.kind, len(state.rows)) == ("missed", "", 1)
    await tab.call(ArrearsState.pick_kind, "limit_exceeded")
    assert len(state.rows) == 1
    for odd in (*ODD, "open"):
        for handler in ("pick_view", "pick_kind"):
            await tab.call(getattr(ArrearsState, handler), odd)
    await tab.call(ArrearsState.clear)
    assert (state.view, state.kind, state.search, state.notice.title) == ("open", "", "", "")


@pytest.mark.requirement("S0-27")
async def test_next_run_is_foretold_and_follows_what_changes(tab, plan):
    await tab.call(NextRunState.load)
    state = tab.state(NextRunState)
    assert (state.next.on, state.next.total, state.next.contracts) == (
        "20 November 2026", "$100.00", "1",
    )  # fmt: skip
    (row,) = state.rows
    assert (row.charges, row.outlook) == (["Payment 1: $100.00"], "")
    assert row.if_failed == "We try again on 20 December 2026 with a fee of $25.00."
    plan.run()
    await tab.call(NextRunState.refresh)
    assert (state.next.on, state.next.total) == ("20 December 2026", "$225.00")
    assert state.rows[0].charges[0] == "Missed payment 1, second attempt: $125.00"


async def test_run_log_counts_what_each_day_came_to_and_why_it_failed(tab, plan, clock):
    await tab.call(RunLogState.load)
    state = tab.state(RunLogState)
    assert (state.rows, state.reasons, state.is_loaded) == ([], [], True)
    payments.start_runs(SYSTEM)
    run = f.fetch(m.PaymentRun, brand_id=plan.contract.brand_id)
    payments.collect(SYSTEM, contract=plan.contract.id, run=run.id, gateway=plan.gateway)
    await tab.call(RunLogState.refresh)
    (row,) = state.rows
    assert (row.on, row.contracts, row.taken, row.failed) == ("20 Nov 2026", "1", "0", "1")
    assert (row.status, row.tone) == ("Finished", "good")
    (reason,) = state.reasons
    assert (reason.words, reason.meta) == (
        "The card's limit was reached.",
        "1 attempt on 1 contract",
    )
    assert reason.href == "/staff/payments?reason=limit_exceeded"


@pytest.mark.requirement("S0-28")
async def test_contract_shows_what_the_customer_reads_and_what_staff_may_do(tab, plan):
    plan.run()
    state = await opened(tab, plan, 1)
    view, sheet = state.view, state.sheet
    assert (view.headline, view.status) == ("A payment was missed", "Past due")
    assert [row.status for row in view.schedule] == ["Missed", *["Scheduled"] * 3]
    assert (view.schedule[0].reason, view.schedule[0].fee) == (
        "The card's limit was reached.",
        "+ $25.00 fee",
    )
    assert (sheet.may_reschedule, sheet.may_waive, sheet.may_waive_fee) == (True, True, True)
    assert (sheet.may_pay_now, sheet.may_reinstate, sheet.may_write_off) == (True, False, False)
    assert [one.title for one in sheet.tries] == ["Payment on its due date: not taken"]
    assert (sheet.earliest, sheet.total) == ("2026-11-21", "$125.00")
    watched = live.watchers([f"contract:{plan.contract.id}"])
    assert any("contract_desk_state.refresh" in one.event for one in watched)


@pytest.mark.requirement("S0-20")
@pytest.mark.requirement("S0-28")
async def test_staff_reschedule_and_the_contract_is_in_good_standing(tab, plan):
    plan.run()
    state = await opened(tab, plan, 1)
    await tab.call(ContractDeskState.reschedule, entered(state, due_on="2026-11-20", reason=""))
    assert list(state.field_problems) == ["move_due_on"]
    form = entered(state, due_on="2026-12-01", reason="Agreed on the phone")
    await tab.call(ContractDeskState.reschedule, form)
    assert (tab.said, state.field_problems) == ("Moved. The customer has been told.", {})
    assert (state.sheet.status, state.view.status) == ("Scheduled", "Active")
    assert plan.rows()[0].due_on == date(2026, 12, 1)


@pytest.mark.requirement("S0-28")
async def test_staff_waive_a_fee_and_a_payment(tab, plan):
    plan.run()
    state = await opened(tab, plan, 1)
    await tab.call(ContractDeskState.waive_fee, entered(state, reason=""))
    assert list(state.field_problems) == ["fee_reason"]
    await tab.call(ContractDeskState.waive_fee, entered(state, reason="First time"))
    assert (state.sheet.may_waive_fee, state.sheet.total) == (False, "$100.00")
    await tab.call(ContractDeskState.waive, entered(state, reason="Goodwill"))
    assert (state.sheet.status, state.view.status) == ("Waived", "Active")


async def test_what_failed_twice_is_put_back_or_written_off(tab, plan, clock):
    fail_twice(plan, clock)
    state = await opened(tab, plan, 1)
    assert (state.sheet.may_reinstate, state.sheet.may_write_off) == (True, True)
    assert state.view.held == "3 payments on hold"
    form = entered(state, due_on="2027-01-05", reason="Paid by cheque soon")
    await tab.call(ContractDeskState.reinstate, form)
    assert state.sheet.status == "Scheduled"
    await tab.call(ContractDeskState.release, {"key": state.view.key, "reason": ""})
    assert list(state.field_problems) == ["release_reason"]
    await tab.call(ContractDeskState.release, {"key": state.view.key, "reason": "All agreed"})
    assert (state.view.may_release, plan.states()) == (False, ["scheduled"] * 4)


async def test_a_payment_is_taken_while_the_customer_is_on_the_phone(tab, plan):
    plan.run()
    state = await opened(tab, plan, 1)
    await tab.call(ContractDeskState.take_now, entered(state))
    assert tab.said == "Not taken. The card's limit was reached."
    assert state.sheet.status == "Missed"
    plan.gateway.decide = lambda _order: None
    await tab.call(ContractDeskState.take_now, entered(state))
    assert (tab.said, state.sheet.status) == ("Paid.", "Paid late")


@pytest.mark.requirement("S0-28")
async def test_staff_add_a_method_on_the_gateways_page_and_choose_it(tab, plan, clock):
    state = await opened(tab, plan)
    clock.advance(minutes=1)
    await tab.call(ContractDeskState.add_method, {"key": state.view.key})
    assert state.command["op"] == "assign"
    assert state.command["url"].startswith("https://pay.example.com/")
    ((reference, order),) = plan.gateway.pages.items()
    back = order.return_url
    assert back.endswith(f"{page_of(plan)}?setup={order.reference}")
    tab.at(f"{page_of(plan)}?setup={order.reference}", contract=plan.contract.id)
    await tab.call(ContractDeskState.load)
    assert tab.said == "Nothing was added."
    plan.gateway.added[reference] = VISA
    await tab.call(ContractDeskState.load)
    assert tab.said == "Visa ending 4242 is added."
    first, second = state.view.methods
    assert {first.status, second.status} == {"Charged", "Not charged"}
    other = next(one for one in state.view.methods if one.may_choose)
    clock.advance(minutes=1)
    await tab.call(ContractDeskState.choose_method, other.id, other.key)
    charged = next(one for one in state.view.methods if one.status == "Charged")
    assert charged.id == other.id
    await tab.call(ContractDeskState.remove_method, charged.id, charged.key)
    assert [one.id for one in state.view.methods] != [charged.id]


async def test_a_gateway_that_is_away_is_said_and_nothing_is_changed(tab, plan, monkeypatch):
    state = await opened(tab, plan)
    reference = payments.begin_setup(
        plan.agent, contract=plan.contract.id, gateway=plan.gateway, key=key()
    ).reference

    def away(_self, _asked):
        raise PortUnavailable("away")

    monkeypatch.setattr(FakeGateway, "begin_setup", away)
    monkeypatch.setattr(FakeGateway, "finished_setup", away)
    await tab.call(ContractDeskState.add_method, {"key": state.view.key})
    assert state.problem.startswith("No payment method can be added at the moment.")
    tab.at(f"{page_of(plan)}?setup={reference}", contract=plan.contract.id)
    await tab.call(ContractDeskState.load)
    assert tab.said.startswith("We have not heard yet how it went.")
    assert len(state.view.methods) == 1


@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-28")
async def test_staff_use_a_method_on_other_contracts_where_ticked(tab, plan):
    holder = f.fetch(m.Person, id=plan.holder.person_id)
    one, other = (make_contract(plan.account, holder) for _ in range(2))
    add_instalments(one, [date(2026, 12, 20)])
    add_instalments(other, [date(2026, 12, 20)])
    state = await opened(tab, plan)
    assert {box.id for box in state.view.others} == {one.id, other.id}
    assert state.view.charged_label == "Visa ending 4242"
    form = {"payment_method": state.view.charged, "key": state.view.key}
    await tab.call(ContractDeskState.copy_method, form)
    assert list(state.field_problems) == ["contracts"]
    await tab.call(ContractDeskState.copy_method, form | {f"also-{one.id}": "yes"})
    assert (tab.said, state.field_problems) == ("The ticked contracts are paid from it, too.", {})
    assert len(f.fetch_all(m.PaymentMethod, contract_id=one.id)) == 1
    assert f.fetch_all(m.PaymentMethod, contract_id=other.id) == []
    assert [box.hint for box in state.view.others if box.id == one.id] == [
        "Has Visa ending 4242, too"
    ]


@pytest.mark.requirement("S0-25")
async def test_queue_declines_and_the_contract_goes_on(tab, plan, clock):
    fail_twice(plan, clock)
    await tab.at("/staff/cancellations").call(CancellationQueueState.load)
    state = tab.state(CancellationQueueState)
    (row,) = state.rows
    assert (row.contract, row.owed, state.counts.open) == (plan.contract.number, "$125.00", "1")
    await tab.at(row.href).call(CancellationQueueState.load)
    assert (state.sheet.may_decide, state.sheet.asks_for_a_day) == (True, True)
    asked = {fact.name: fact.value for fact in state.sheet.facts}
    assert asked["Asked by"] == "The portal, after a second attempt failed"
    assert asked["On hold"] == "3 payments"
    form = {"number": state.sheet.number, "key": state.sheet.key, "try_again_on": "2027-01-04"}
    await tab.call(CancellationQueueState.decline, form | {"reason": ""})
    assert list(state.field_problems) == ["decline_reason"]
    await tab.call(CancellationQueueState.decline, form | {"reason": "You paid for years."})
    assert (state.sheet.status, state.sheet.may_decide, state.rows) == ("Declined", False, [])
    assert plan.status() == "active"
    assert "cancellation_declined" in plan.letters()


async def test_queue_says_in_which_zone_its_hours_are_where_it_is_not_the_portals(tab, plan, clock):
    f.give(plan.account, timezone="America/Denver")
    fail_twice(plan, clock)
    await tab.at("/staff/cancellations").call(CancellationQueueState.load)
    state = tab.state(CancellationQueueState)
    (row,) = state.rows
    assert row.asked == "20 Dec, 08:00 (Denver time)"
    await tab.at(row.href).call(CancellationQueueState.load)
    told = {fact.name: fact.value for fact in state.sheet.facts}
    assert told["Asked"] == "20 December 2026 at 08:00"
    assert told["Hours are in"] == "Denver time"


@pytest.mark.requirement("S0-25")
async def test_staff_ask_for_an_end_and_approve_it(tab, plan):
    state = await opened(tab, plan)
    assert state.view.may_ask_to_cancel
    await tab.call(ContractDeskState.ask_to_cancel, {"key": state.view.key, "reason": "Sold it"})
    assert state.view.cancellation_href == f"/staff/cancellations?open={state.view.cancellation}"
    await tab.at(state.view.cancellation_href).call(CancellationQueueState.load)
    queue = tab.state(CancellationQueueState)
    assert not queue.sheet.asks_for_a_day
    form = {"number": queue.sheet.number, "key": queue.sheet.key, "reason": "As you wished"}
    await tab.call(CancellationQueueState.approve, form)
    assert (queue.sheet.status, plan.status()) == ("Approved", "cancelled")
    assert path_of(await tab.call(CancellationQueueState.close, False)) == "/staff/cancellations"


async def test_work_queue_and_customer_page_show_what_payments_leave_to_staff(tab, plan, clock):
    await tab.call(WorkQueueState.load)
    queue = tab.state(WorkQueueState)
    assert (queue.cancellations, queue.failed, queue.failed_count) == ([], [], "0")
    fail_twice(plan, clock)
    await tab.call(WorkQueueState.refresh)
    assert ([row.contract for row in queue.cancellations], queue.failed_count) == (
        [plan.contract.number], "1",
    )  # fmt: skip
    number = plan.account.number
    tab.at(f"/staff/customers/{number}", number=number)
    await tab.call(CustomerPaymentsState.load)
    (row,) = tab.state(CustomerPaymentsState).rows
    assert (row.title, row.href) == (plan.contract.number, page_of(plan))
    assert row.status == "Cancellation requested"


@pytest.mark.requirement("S0-24")
async def test_an_admin_sets_how_payments_are_taken(plan):
    tab = Tab(f.staff_actor(Role.ADMIN))
    await tab.call(PaymentPolicyState.load)
    state = tab.state(PaymentPolicyState)
    policy = state.policy
    assert (policy.fee, policy.retry_first, policy.run_at) == ("25.00", "yes", "06:00")
    form = {
        "takes_payments": "yes", "fee": "10,50 or so", "retry_first": "no", "run_at": "7",
        "version": policy.version, "key": policy.key,
    }  # fmt: skip
    await tab.call(PaymentPolicyState.save, form)
    assert sorted(state.field_problems) == ["fee", "run_at"]
    await tab.call(PaymentPolicyState.save, form | {"fee": "10.50", "run_at": "07:30"})
    assert (state.policy.fee, state.policy.retry_first) == ("10.50", "no")
    assert (state.policy.hold_next, state.policy.run_at) == (False, "07:30")
    # A colleague's older page does not save over it.
    await tab.call(PaymentPolicyState.save, form | {"run_at": "08:00", "fee": "9", "key": key()})
    assert state.problem.startswith("This has changed")


@pytest.mark.requirement("S0-24")
async def test_what_a_colleague_sets_appears_in_an_open_page_and_what_was_typed_stays(plan):
    admin = f.staff_actor(Role.ADMIN)
    tab = Tab(admin)
    await tab.call(PaymentPolicyState.load)
    state = tab.state(PaymentPolicyState)
    typed = {"fee": "9.00", "run_at": "08:00", "version": state.policy.version}
    typed |= {"takes_payments": "yes", "retry_first": "yes", "key": state.policy.key}
    topic = f"settings:{admin.brand}"
    assert any("payment_policy_state.refresh" in one.event for one in live.watchers([topic]))
    await tab.call(PaymentPolicyState.refresh)
    assert state.newer == ""
    given = {"changes": {"fee": "12.50", "retry_first": False}, "version": 1, "key": key()}
    payments.set_policy(f.staff_actor(Role.ADMIN), **given)
    before = state.policy
    await tab.call(PaymentPolicyState.refresh)
    assert "costs $12.50" in state.newer
    assert "the payment that is due is tried first" in state.newer
    assert state.policy == before, "anything else would make the browser draw the form anew"
    await tab.call(PaymentPolicyState.save, typed)
    assert state.problem.startswith("This has changed")
    assert state.policy == before
    assert payments.payment_policy(admin).fee.amount_minor == 12_50
    await tab.call(PaymentPolicyState.start_over)
    assert (state.policy.fee, state.policy.retry_first, state.newer) == ("12.50", "no", "")
    fresh = {"version": state.policy.version, "key": state.policy.key}
    await tab.call(PaymentPolicyState.save, typed | fresh)
    assert (state.problem, state.newer, state.policy.fee) == ("", "", "9.00")
    assert tab.said == "Saved. The next run follows it."


async def test_a_stale_save_says_what_is_set_now(plan):
    tab = Tab(f.staff_actor(Role.ADMIN))
    await tab.call(PaymentPolicyState.load)
    given = {"changes": {"run_at": "05:15"}, "version": 1, "key": key()}
    payments.set_policy(f.staff_actor(Role.ADMIN), **given)
    state = tab.state(PaymentPolicyState)
    stale = {"fee": "9.00", "run_at": "08:00", "version": "1", "key": state.policy.key}
    await tab.call(PaymentPolicyState.save, stale)
    assert "from 05:15" in state.newer


async def test_forms_of_any_shape_do_no_harm(tab, plan):
    plan.run()
    before = plan.states()
    state = await opened(tab, plan, 1)
    names = "reschedule waive waive_fee reinstate write_off take_now release ask_to_cancel"
    for odd in ODD:
        for handler in names.split():
            await tab.call(getattr(ContractDeskState, handler), odd)
        for handler in ("approve", "decline"):
            await tab.call(getattr(CancellationQueueState, handler), odd)
        for handler in ("choose_method", "remove_method"):
            await tab.call(getattr(ContractDeskState, handler), odd, odd)
    assert (state.notice.title, plan.states()) == ("", before)


@pytest.mark.asvs("8.2.2")
async def test_a_contract_of_another_brand_does_not_open(plan):
    plan.run()
    rival = Tab(f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id))
    state = await opened(rival, plan, 1)
    assert (state.notice.title, state.view.id, state.sheet.id) == ("Page not found", "", "")
    number = plan.account.number
    rival.at(f"/staff/customers/{number}", number=number)
    await rival.call(CustomerPaymentsState.load)
    assert rival.state(CustomerPaymentsState).rows == []
