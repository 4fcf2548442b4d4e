"""Adding, choosing and copying a payment method, on a contract's page and on that of all."""

import pytest

from portal_app import models as m
from portal_app import wiring
from portal_app.core.actor import Role
from portal_app.ports import PortUnavailable
from portal_app.ports.payments import DeclineReason
from portal_app.services import branding
from portal_app.state.payments.changing import PaymentMethodState
from portal_app.state.payments.overview import PaymentMethodsState, PaymentsState
from tests import factories as f
from tests.services.payments.gateway import VISA
from tests.services.payments.plans import add_instalments, add_method, key, make_contract, make_plan
from tests.state.tabs import Tab

RUN_OUT = {"last4": "1111", "exp_month": 10, "exp_year": 2026}


@pytest.fixture
def plan(db, clock, licensed, monkeypatch):
    made = make_plan(with_method=False, number="SD-1")
    monkeypatch.setattr(wiring, "payment_gateway", lambda: made.gateway)
    return made


@pytest.fixture
def other(plan):
    """Another contract of the same holder, with the same card."""
    made = make_contract(plan.account, f.fetch(m.Person, id=plan.holder.person_id), number="SD-2")
    add_method(made, **RUN_OUT)
    return made


async def opened(plan, asked=""):
    tab = Tab(plan.holder, plan.account.id)
    tab.at(f"/contracts/SD-1/payment-method{asked}", number="SD-1")
    await tab.call(PaymentMethodState.load)
    return tab


def page(tab):
    return tab.state(PaymentMethodState)


def methods_of(contract):
    return {row.last4: row for row in f.fetch_all(m.PaymentMethod, contract_id=contract.id)}


@pytest.mark.requirement("S0-15")
@pytest.mark.requirement("S0-16")
async def test_adding_goes_by_the_gateways_page_and_touches_only_what_was_ticked(plan, other):
    third = make_contract(plan.account, f.fetch(m.Person, id=plan.holder.person_id), number="SD-3")
    add_method(third, **RUN_OUT)
    plan.method(**RUN_OUT)
    tab = await opened(plan)
    view = page(tab).view
    assert [(box.label, box.hint) for box in view.others] == [
        ("Contract SD-2", "Has Visa ending 1111, too"),
        ("Contract SD-3", "Has Visa ending 1111, too"),
    ]
    assert [ref.number for ref in view.methods[0].elsewhere] == ["SD-2", "SD-3"]
    form = {"contract": view.contract.id, "key": view.add_key, f"also-{other.id}": "yes"}
    await tab.call(PaymentMethodState.add, form)
    (order,) = plan.gateway.pages.values()
    assert page(tab).command["op"] == "assign"
    assert page(tab).command["url"] == f"https://pay.example.com/{order.reference}"
    assert order.return_url.endswith(f"/payment-method?setup={order.reference}")

    plan.gateway.added[f"gw-{order.reference}"] = VISA
    tab = await opened(plan, f"?setup={order.reference}")
    assert (page(tab).outcome.title, page(tab).outcome.tone) == (
        "Visa ending 4242 is added",
        "good",
    )
    assert page(tab).view.chosen_label == "Visa ending 4242"
    assert {"4242", "1111"} == set(methods_of(other))
    assert set(methods_of(third)) == {"1111"}


async def test_who_leaves_the_gateways_page_hears_that_nothing_changed(plan):
    tab = await opened(plan)
    view = page(tab).view
    await tab.call(PaymentMethodState.add, {"contract": view.contract.id, "key": view.add_key})
    (order,) = plan.gateway.pages.values()
    tab = await opened(plan, f"?setup={order.reference}")
    assert page(tab).outcome.title == "No method was added"
    assert page(tab).outcome.text.startswith("Nothing has changed.")
    tab = await opened(plan, "?setup=somebody-elses")
    assert page(tab).outcome.title == ""


async def test_a_gateway_that_is_away_loses_nothing(plan, monkeypatch):
    def away(*_):
        raise PortUnavailable("away")

    tab = await opened(plan)
    form = {"contract": page(tab).view.contract.id, "key": page(tab).view.add_key}
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(plan.gateway, "begin_setup", away)
        await tab.call(PaymentMethodState.add, form)
    assert page(tab).problem.startswith("The page for adding a method cannot be opened just now.")
    await tab.call(PaymentMethodState.add, form)
    (order,) = plan.gateway.pages.values()
    monkeypatch.setattr(plan.gateway, "finished_setup", away)
    tab = await opened(plan, f"?setup={order.reference}")
    assert page(tab).outcome.title == "We have not heard yet how it went"


@pytest.mark.requirement("S0-21")
async def test_only_methods_of_this_contract_that_count_can_be_chosen(plan, other, clock):
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.method(last4="5555", default_since=None)
    run_out = plan.method(**RUN_OUT)
    theirs = add_method(other, last4="7777")
    plan.run()
    tab = await opened(plan)
    view = page(tab).view
    assert (view.is_missed, [one.label for one in view.choices]) == (True, ["Visa ending 5555"])
    for forged in (theirs.id, run_out.id, "", "x"):
        form = {"contract": view.contract.id, "payment_method": forged, "key": key()}
        await tab.call(PaymentMethodState.choose, form)
        assert page(tab).problem
    assert methods_of(other)["7777"].version == theirs.version
    clock.advance(minutes=1)
    form = {"contract": view.contract.id, "payment_method": view.choices[0].value, "key": key()}
    await tab.call(PaymentMethodState.choose, form)
    assert (page(tab).problem, page(tab).view.chosen_label) == ("", "Visa ending 5555")


@pytest.mark.requirement("S0-21")
async def test_where_the_only_method_has_run_out_there_is_only_one_to_add(plan):
    plan.method(**RUN_OUT)
    view = page(await opened(plan)).view
    assert (view.choices, view.has_choice, view.may_manage) == ([], False, True)


@pytest.mark.requirement("S0-16")
async def test_a_method_is_copied_to_ticked_contracts_and_removed_from_one(plan, other):
    plan.method()
    tab = await opened(plan)
    form = {"payment_method": page(tab).view.chosen, "key": key()}
    await tab.call(PaymentMethodState.copy, form)
    assert page(tab).field_problems or page(tab).problem
    await tab.call(PaymentMethodState.copy, form | {f"also-{other.id}": "yes"})
    assert set(methods_of(other)) == {"1111", "4242"}
    entry = page(tab).view.methods[0]
    await tab.call(PaymentMethodState.remove, entry.id, entry.key)
    assert page(tab).view.methods == []
    assert methods_of(other)["4242"].ended_at is None


@pytest.mark.requirement("S0-05")
async def test_the_switch_takes_both_ways_away_at_once(plan):
    plan.method()
    tab = await opened(plan)
    admin = f.staff_actor(Role.ADMIN)
    branding.switch_feature(admin, feature="manage_methods", is_on=False, key=key())
    view = page(tab).view
    await tab.call(PaymentMethodState.add, {"contract": view.contract.id, "key": view.add_key})
    assert page(tab).problem
    await tab.call(PaymentMethodState.refresh)
    assert not page(tab).view.may_manage


async def test_strangers_and_lookers_on_do_not_find_the_page(plan):
    plan.method()
    stranger = f.consumer_actor(f.account())
    looker = f.consumer_actor(plan.account, role=m.ContactRole.AUTHORISED)
    for actor in (stranger, looker):
        tab = Tab(actor, plan.account.id).at("/contracts/SD-1/payment-method", number="SD-1")
        await tab.call(PaymentMethodState.load)
        assert (page(tab).notice.title, page(tab).is_loaded) == ("Page not found", False)


@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-17")
async def test_methods_are_listed_contract_by_contract(plan, other):
    plan.method()
    tab = Tab(plan.holder, plan.account.id)
    await tab.call(PaymentMethodsState.load)
    listed = {
        group.title: [(one.label, one.status) for one in group.methods]
        for group in tab.state(PaymentMethodsState).groups
    }
    assert listed == {
        "Contract SD-1": [("Visa ending 4242", "Used now")],
        "Contract SD-2": [("Visa ending 1111", "Expired")],
    }


@pytest.mark.requirement("S0-18")
async def test_schedules_are_grouped_by_vehicle(plan, other):
    asset = f._save(m.Asset(kind="vehicle", description="Volvo XC40", **f._master({})))
    third = make_contract(
        plan.account,
        f.fetch(m.Person, id=plan.holder.person_id),
        number="SD-3",
        asset_id=asset.id,
    )
    add_instalments(third, [one.due_on for one in plan.rows()])
    tab = Tab(plan.holder, plan.account.id)
    await tab.call(PaymentsState.load)
    vehicles = tab.state(PaymentsState).vehicles
    assert {one.name: [c.contract.number for c in one.contracts] for one in vehicles} == {
        "Other contracts": ["SD-1", "SD-2"],
        "Volvo XC40": ["SD-3"],
    }
    (calm,) = next(one for one in vehicles if one.name == "Volvo XC40").contracts
    assert [row.status for row in calm.schedule.year] == ["Scheduled"] * 4
    assert not any(row.may_pay_now or row.may_move for row in calm.schedule.year)
