"""The readings behind the pages: as many queries for many contracts as for one."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import payments
from portal_app.state.billing.summary import overview
from portal_app.state.contracts.details import open_contract
from portal_app.state.shell import frame
from tests import factories as f
from tests.counting import count_queries
from tests.services.payments.plans import add_instalments, add_method, make_contract

# Each page's reading, and the queries that it may take.
PAGES = {
    "contract": (lambda plan: open_contract(plan.holder, number=plan.contract.number), 19),
    "payments": (lambda plan: payments.payments_overview(plan.holder, account=plan.account.id), 9),
    "methods": (lambda plan: payments.methods_of(plan.holder, account=plan.account.id), 10),
    "change": (lambda plan: payments.contract_payments(plan.holder, contract=plan.contract.id), 13),
    "summary": (lambda plan: overview(plan.holder, account=plan.account.id), 20),
    "frame": (lambda plan: frame(plan.holder, account=plan.account.id), 13),
}


@pytest.mark.requirement("S0-18")
@pytest.mark.parametrize("reading", PAGES)
def test_a_page_takes_as_many_queries_for_many_contracts_as_for_one(
    any_db, plan, licensed, reading
):
    ask, most = PAGES[reading]

    def asked():
        with count_queries(any_db) as queries:
            ask(plan)
        return len(queries)

    holder = f.fetch(m.Person, id=plan.holder.person_id)
    add_instalments(make_contract(plan.account, holder), [date(2026, 11, 25)])
    asked()  # what is remembered for a while is asked for once
    few = asked()
    for _ in range(5):
        further = make_contract(plan.account, holder)
        add_method(further)
        add_instalments(further, [date(2026, n, 25) for n in range(1, 13)])
    plan.run()
    assert asked() == few <= most


@pytest.mark.requirement("S0-29")
def test_only_whoever_sees_a_schedule_is_offered_payments(plan):
    ask = {"account": plan.account.id}
    assert payments.has_payments(plan.holder, **ask)
    assert payments.has_payments(f.consumer_actor(plan.account), **ask)
    assert not payments.has_payments(f.consumer_actor(f.account()), **ask)
    assert not payments.has_payments(Actor(), **ask)
    without = f.account()
    assert not payments.has_payments(f.consumer_actor(without), account=without.id)
    for senseless in ("", "\x00", "x" * 200):
        assert not payments.has_payments(plan.holder, account=senseless)
