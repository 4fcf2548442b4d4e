"""What staff look at: what is owed, what is on hold, why payments failed, what comes next."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.errors import NotFound
from portal_app.core.money import Money
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.counting import count_queries
from tests.services.payments.plans import (
    SYSTEM,
    Plan,
    add_instalments,
    add_method,
    key,
    make_contract,
    make_plan,
)

LIMIT, SHORT = DeclineReason.LIMIT_EXCEEDED, DeclineReason.INSUFFICIENT_FUNDS


def another(plan: Plan, *, days=(date(2026, 11, 20), date(2026, 12, 20)), **values) -> Plan:
    """Make another contract of the same account, paid from a card of its own."""
    person = f.fetch(m.Person, id=plan.holder.person_id)
    contract = make_contract(plan.account, person, **values)
    add_method(contract)
    add_instalments(contract, list(days))
    return Plan(plan.account, contract, plan.holder, plan.agent, plan.gateway)


def fail(plan: Plan, reason: DeclineReason = LIMIT) -> None:
    plan.gateway.decide = lambda _order: reason
    plan.run()


def numbers(page) -> list[str]:
    return [row.contract.number for row in page.rows]


@pytest.mark.requirement("S0-27")
def test_what_is_simulated_is_what_the_run_then_takes(plan, clock):
    fail(plan)
    clock.at(2026, 12, 20, 15)
    found = payments.simulate_run(plan.agent)
    (row,) = found.rows
    assert (found.on, found.contracts, found.takes_payments) == (date(2026, 12, 20), 1, True)
    assert found.totals == (Money(225_00, "USD"),)
    assert [(one.words, one.total.amount_minor) for one in row.charges] == [
        ("Missed payment 1, second attempt", 125_00),
        ("Payment 2", 100_00),
    ]
    assert (row.method, row.problem) == ("Visa ending 4242", "")
    assert "a request to cancel this contract is opened" in row.if_failed
    plan.gateway.decide = lambda _order: None
    before = len(plan.gateway.orders)
    plan.run()
    taken = [one.amount_minor for one in list(plan.gateway.orders.values())[before:]]
    assert taken == [one.total.amount_minor for one in row.charges]


@pytest.mark.requirement("S0-24")
def test_simulation_follows_the_order_that_is_set(any_db, clock):
    plan = make_plan(policy={"retry_first": False})
    fail(plan)
    clock.at(2026, 12, 20, 15)
    (row,) = payments.simulate_run(plan.agent).rows
    assert [one.sequence for one in row.charges] == [2, 1]


def test_simulation_changes_nothing_and_asks_no_gateway(plan):
    before = (plan.states(), plan.attempts(), len(f.fetch_all(m.AuditEvent)))
    payments.simulate_run(plan.agent)
    assert (plan.states(), plan.attempts(), len(f.fetch_all(m.AuditEvent))) == before
    assert plan.gateway.orders == {}


def test_simulation_says_what_cannot_work(any_db, clock):
    plan = make_plan(with_method=False)
    (row,) = payments.simulate_run(plan.agent).rows
    assert (row.method, row.problem) == ("", "There was no payment method on this contract.")
    assert "$25.00" in row.if_failed


def test_simulation_is_of_the_first_day_on_which_anything_is_taken(plan):
    later = another(plan, days=[date(2027, 3, 1)])
    found = payments.simulate_run(plan.agent)
    assert numbers(found) == [plan.contract.number]
    plan.run()
    assert payments.simulate_run(plan.agent).on == date(2026, 12, 20)
    for one in plan.rows():
        with_state(one, m.InstalmentState.PAID)
    found = payments.simulate_run(plan.agent)
    assert (found.on, numbers(found)) == (date(2027, 3, 1), [later.contract.number])


def with_state(row, state):
    row.state = state
    f._save(row)


def test_nothing_planned_is_said_and_so_is_a_switched_off_portal(any_db, clock):
    plan = make_plan(policy={"takes_payments": False})
    found = payments.simulate_run(plan.agent)
    assert (found.takes_payments, found.totals) == (False, (Money(100_00, "USD"),))
    for one in plan.rows():
        with_state(one, m.InstalmentState.PAID)
    found = payments.simulate_run(plan.agent)
    assert (found.on, found.rows, found.contracts) == (None, (), 0)


def test_a_contract_whose_bank_has_not_answered_is_not_in_the_next_run(plan):
    with_state(plan.rows()[0], m.InstalmentState.PROCESSING)
    other = another(plan)
    found = payments.simulate_run(plan.agent)
    assert (numbers(found), found.contracts) == ([other.contract.number], 1)


def test_simulation_is_read_page_by_page(plan):
    for _ in range(22):
        another(plan)
    first = payments.simulate_run(plan.agent)
    rest = payments.simulate_run(plan.agent, after=first.after)
    assert (len(first.rows), len(rest.rows), rest.after) == (20, 3, "")
    assert (first.contracts, first.totals) == (23, (Money(2300_00, "USD"),))
    assert len({row.contract.id for row in (*first.rows, *rest.rows)}) == 23


@pytest.mark.requirement("S0-19")
def test_arrears_say_why_and_are_found_by_why(plan):
    other = another(plan)
    fail(plan)
    fail(other, SHORT)
    found = payments.arrears(plan.agent)
    assert {row.contract.number: row.reason for row in found.rows} == {
        plan.contract.number: "The card's limit was reached.",
        other.contract.number: "There was not enough money in the account.",
    }
    assert [row.owed.amount_minor for row in found.rows] == [125_00, 125_00]
    by_limit = payments.arrears(plan.agent, kind="limit_exceeded")
    assert numbers(by_limit) == [plan.contract.number]
    assert numbers(payments.arrears(plan.agent, kind="expired")) == []
    assert len(payments.arrears(plan.agent, kind="senseless").rows) == 2


@pytest.mark.requirement("S0-25")
def test_what_is_on_hold_has_a_view_of_its_own(plan, clock):
    fail(plan)
    clock.at(2026, 12, 20, 15)
    fail(plan)
    assert dict(payments.arrears(plan.agent).counts) == {
        "all": 1, "missed": 0, "defaulted": 1, "held": 1,
    }  # fmt: skip
    (row,) = payments.arrears(plan.agent, view="held").rows
    assert (row.on_hold, row.since, row.retry_on) == (3, date(2026, 12, 20), None)
    # What failed twice is given up: it is owed no more, and the rest is still on hold.
    first = plan.rows()[0].id
    payments.write_off(plan.agent, instalment=first, reason="Moved away", key=key())
    assert payments.arrears(plan.agent).rows == ()
    (row,) = payments.arrears(plan.agent, view="held").rows
    assert (row.owed.amount_minor, row.on_hold, row.reason) == (0, 3, "")


def test_failures_are_counted_by_reason_for_thirty_days(plan, clock):
    second, third = another(plan), another(plan)
    fail(plan)
    fail(second, SHORT)
    fail(third, SHORT)
    found = payments.failures(plan.agent)
    assert [(one.reason, one.attempts, one.contracts) for one in found] == [
        ("insufficient_funds", 2, 2),
        ("limit_exceeded", 1, 1),
    ]
    clock.advance(days=31)
    assert payments.failures(plan.agent) == ()


@pytest.mark.requirement("S0-28")
def test_a_customers_contracts_are_listed_with_what_happens_next(plan):
    fail(plan)
    found = payments.customer_payments(plan.agent, number=plan.account.number)
    assert found.account_id == plan.account.id
    (one,) = found.contracts
    assert (one.contract.number, one.what_next.headline) == (
        plan.contract.number,
        "A payment was missed",
    )


@pytest.mark.asvs("8.2.2")
def test_only_the_brands_own_staff_see_any_of_it(plan):
    fail(plan)
    rival = f.staff_actor(brand_id=f.brand(key="orchard", name="Orchard").id)
    assert payments.simulate_run(rival).on is None
    assert (payments.failures(rival), payments.arrears(rival).rows) == ((), ())
    number = plan.account.number
    for actor in (rival, plan.holder, SYSTEM):
        with pytest.raises(NotFound):
            payments.customer_payments(actor, number=number)
    for query in (payments.simulate_run, payments.failures, payments.arrears):
        with pytest.raises(NotFound):
            query(plan.holder)


def counts(engine, plan):
    asked = []
    for query, given in (
        (payments.simulate_run, {}),
        (payments.failures, {}),
        (payments.arrears, {"kind": "limit_exceeded"}),
        (payments.cancellations, {}),
        (payments.payment_runs, {}),
        (payments.contract_payments, {"contract": plan.contract.id}),
        (payments.customer_payments, {"number": plan.account.number}),
    ):
        with count_queries(engine) as queries:
            query(plan.agent, **given)
        asked.append(len(queries))
    return asked


def test_the_number_of_queries_does_not_grow_with_the_contracts(any_db, plan, clock):
    fail(plan)
    clock.at(2026, 12, 20, 15)
    fail(plan)
    fail(another(plan))
    few = counts(any_db, plan)
    for _ in range(5):
        other = another(plan)
        fail(other)
        payments.waive_fee(
            plan.agent, instalment=other.rows()[0].id, reason="First time", key=key()
        )
    assert counts(any_db, plan) == few
    assert all(one <= most for one, most in zip(few, (10, 1, 11, 9, 2, 11, 7), strict=True)), few
