"""What pages are told: grouped, foretold as the run does it, and with few queries."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.errors import NotFound
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.counting import count_queries
from tests.services.payments.plans import (
    add_instalments,
    add_method,
    make_contract,
    make_plan,
)


def asset(name):
    return f._save(m.Asset(kind="vehicle", make=name, **f._master({})))


def add_contracts(plan, number, **values):
    holder = f.fetch(m.Person, id=plan.holder.person_id)
    made = [make_contract(plan.account, holder, **values) for _ in range(number)]
    for contract in made:
        add_instalments(contract, [date(2026, 12, 20)])
        add_method(contract)
    return made


@pytest.mark.requirement("S0-18")
def test_contracts_stand_under_their_vehicles(plan):
    first, second = asset("Volvo"), asset("Saab")
    add_contracts(plan, 2, asset_id=first.id)
    add_contracts(plan, 1, asset_id=second.id)
    groups = payments.payments_overview(plan.holder, account=plan.account.id)
    assert sorted((one.asset, len(one.contracts)) for one in groups) == [
        ("", 1),
        ("Saab", 1),
        ("Volvo", 2),
    ]


def test_stranger_finds_nothing(plan):
    stranger = f.consumer_actor(f.account())
    with pytest.raises(NotFound):
        plan.page(stranger)
    for query in (payments.payments_overview, payments.what_next, payments.methods_of):
        with pytest.raises(NotFound):
            query(stranger, account=plan.account.id)
    for query in (payments.arrears, payments.cancellations, payments.payment_runs):
        with pytest.raises(NotFound):
            query(stranger)


@pytest.mark.requirement("S0-27")
@pytest.mark.parametrize("works", [True, False])
def test_page_foretells_what_the_next_run_does(plan, clock, works):
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    told = plan.page().what_next
    assert told.headline == "A payment was missed"
    assert told.on == date(2026, 12, 20)
    assert [one.total.amount_minor for one in told.charges] == [125_00, 100_00]
    assert "20 December 2026 we try again to take $125.00" in told.if_nothing[0]
    assert "$100.00 is taken the same day" in told.if_nothing[1]
    assert "good standing" in told.if_nothing[1]
    assert "request to cancel" in told.if_nothing[2]
    assert "limit" in told.past[0].reason
    plan.gateway.decide = lambda _order: None if works else DeclineReason.DECLINED
    clock.at(2026, 12, 20, 15)
    plan.run()
    done = [order.amount_minor for order in plan.gateway.orders.values()][1:]
    wanted = [one.total.amount_minor for one in told.charges]
    assert done == (wanted if works else wanted[:1])
    assert (plan.status() == "active") is works
    assert plan.page().what_next.headline == (
        "The next payment is planned" if works else "A request to cancel this contract is open"
    )


@pytest.mark.requirement("S0-27")
def test_page_says_what_adding_a_valid_method_in_time_changes(any_db, clock):
    plan = make_plan(with_method=False, days=[date(2026, 12, 20), date(2027, 1, 20)])
    plan.method(exp_month=10, exp_year=2026)
    told = plan.page().what_next
    assert (told.needs_action, told.fix_before) == (True, date(2026, 12, 20))
    assert "expired" in told.if_nothing[1]
    assert "$25.00" in told.if_nothing[2]
    assert "there is no fee" in told.if_fixed[0]
    (summary,) = payments.what_next(plan.holder, account=plan.account.id)
    assert summary == told


def test_desk_finds_what_is_owed_oldest_first_and_page_by_page(plan, clock):
    plan.gateway.decide = lambda _order: DeclineReason.INSUFFICIENT_FUNDS
    plan.run()
    for contract in add_contracts(plan, 24):
        (row,) = f.fetch_all(m.Instalment, contract_id=contract.id)
        row.state, row.retry_on = m.InstalmentState.MISSED, date(2027, 1, 20)
        f._save(row)
    page = payments.arrears(plan.agent)
    assert (len(page.rows), page.rows[0].contract.number) == (20, plan.contract.number)
    assert "not enough money" in page.rows[0].reason
    rest = payments.arrears(plan.agent, after=page.after)
    assert (len(rest.rows), rest.after) == (5, "")
    assert dict(page.counts) == {"all": 25, "missed": 25, "defaulted": 0, "held": 0}
    found = payments.arrears(plan.agent, search=plan.contract.number)
    assert [one.contract.id for one in found.rows] == [plan.contract.id]


READINGS = {
    "contract_payments": (lambda plan: plan.page(), 16),
    "payments_overview": (
        lambda plan: payments.payments_overview(plan.holder, account=plan.account.id),
        12,
    ),
    "what_next": (lambda plan: payments.what_next(plan.holder, account=plan.account.id), 11),
    "methods_of": (lambda plan: payments.methods_of(plan.holder, account=plan.account.id), 13),
    "arrears": (lambda plan: payments.arrears(plan.agent), 12),
    "cancellations": (lambda plan: payments.cancellations(plan.agent), 11),
}


@pytest.mark.parametrize("name", READINGS)
def test_number_of_queries_does_not_grow_with_the_contracts(db, sqlite_plan, clock, name):
    reading, most = READINGS[name]
    sqlite_plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    sqlite_plan.run()
    clock.at(2026, 12, 20, 15)
    sqlite_plan.run()
    reading(sqlite_plan)
    with count_queries(db) as few:
        reading(sqlite_plan)
    add_contracts(sqlite_plan, 6)
    with count_queries(db) as many:
        reading(sqlite_plan)
    assert len(few) == len(many)
    assert len(many) <= most, "\n".join(sent for sent, _ in many.sent)


@pytest.mark.requirement("S0-24", "S0-27")
def test_customer_reads_what_a_second_failure_means_in_the_other_order_too(any_db, clock):
    plan = make_plan(policy={"retry_first": False})
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    told = plan.page().what_next
    assert told.headline == "A payment was missed"
    assert "$100.00" in told.if_nothing[0]
    assert "$125.00" in told.if_nothing[0]
    assert "request to cancel" in told.consequence
    assert any("request to cancel" in line for line in told.if_nothing)
    clock.at(2026, 12, 20, 15)
    plan.run()
    assert plan.status() == "pending_cancellation"
