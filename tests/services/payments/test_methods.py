"""Methods belong to a contract: added on the gateway's page, chosen, copied by hand, removed."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.services import households, payments
from tests import factories as f
from tests.services.payments.gateway import VISA
from tests.services.payments.plans import SYSTEM, add_method, key, make_contract, make_plan


def begin(plan, actor=None, **more):
    given = {"contract": plan.contract.id, "gateway": plan.gateway, "key": key()} | more
    return payments.begin_setup(actor or plan.holder, **given)


def other_contract(plan):
    return make_contract(plan.account, f.fetch(m.Person, id=plan.holder.person_id))


@pytest.mark.requirement("S0-17")
def test_card_is_added_on_the_gateways_page_and_kept_once(plan):
    begun = begin(plan, return_to=f"/contracts/{'n' * 40}/payment-method?setup={{reference}}")
    assert begun.url.startswith("https://pay.example.com/")
    order = plan.gateway.pages[f"gw-{begun.reference}"]
    assert order.return_url.endswith(f"/payment-method?setup={begun.reference}")
    finish = {"reference": begun.reference, "gateway": plan.gateway}
    assert payments.finish_setup(plan.holder, **finish).state is m.SetupState.BEGUN
    plan.gateway.added[f"gw-{begun.reference}"] = VISA
    assert payments.finish_setup(SYSTEM, **finish).state is m.SetupState.FINISHED
    kept = payments.finish_setup(plan.holder, **finish)
    assert kept.method is not None
    assert kept.method.label == "Visa ending 4242"
    assert len(f.fetch_all(m.PaymentMethod)) == 2
    added = f.fetch(m.PaymentMethod, gateway_token="tok-new")
    assert added.consent_at is not None
    assert plan.page().methods[-1].is_default
    assert plan.letters() == ["method_added"]


def test_same_click_leads_to_the_same_page(plan):
    assert begin(plan, key="click") == begin(plan, key="click")
    assert len(f.fetch_all(m.PaymentSetup)) == 1


def test_a_click_is_never_answered_with_what_was_done_about_another_contract_or_method(plan):
    beside = other_contract(plan)
    pages = [begin(plan, contract=one.id, key="shared") for one in (plan.contract, beside)]
    assert [
        f.fetch(m.PaymentSetup, reference=one.reference).contract_id for one in pages
    ] == [plan.contract.id, beside.id]  # fmt: skip
    cards = [plan.method(last4=last, default_since=None) for last in ("1111", "2222")]
    for card in cards:
        chosen = payments.choose_method(plan.holder, payment_method=card.id, key="shared")
        assert chosen == card.id
        assert [one.id for one in plan.page().methods if one.is_default] == [card.id]
    for card in cards:
        payments.remove_method(plan.holder, payment_method=card.id, key="shared")
    assert not {one.id for one in cards} & {one.id for one in plan.page().methods}


@pytest.mark.requirement("S0-28")
def test_staff_add_a_method_on_the_same_page_and_nobody_else_finishes_it(plan):
    begun = begin(plan, plan.agent)
    plan.gateway.added[f"gw-{begun.reference}"] = VISA
    finish = {"reference": begun.reference, "gateway": plan.gateway}
    for actor in (plan.holder, f.consumer_actor(f.account())):
        with pytest.raises(NotFound):
            payments.finish_setup(actor, **finish)
    payments.finish_setup(plan.agent, **finish)
    added = f.fetch(m.PaymentMethod, gateway_token="tok-new")
    assert added.added_by == plan.agent.name


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil",
        "x",
        "/a b",
        "/a\n",
        "/" + "a" * 300,
    ],
)
def test_browser_comes_back_to_the_portal_only(sqlite_plan, path):
    with pytest.raises(NotFound):
        begin(sqlite_plan, return_to=path)


@pytest.mark.requirement("S0-15")
@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-29")
def test_same_card_elsewhere_is_named_and_stays_as_it_is(plan):
    other = other_contract(plan)
    card = {"exp_month": 10, "exp_year": 2026, "last4": "1881"}
    mine = plan.method(**card)
    theirs = add_method(other, **card)
    shown = {one.id: one for one in plan.page().methods}
    assert theirs.id not in shown
    assert [one.number for one in shown[mine.id].elsewhere] == [other.number]
    begun = begin(plan)
    plan.gateway.added[f"gw-{begun.reference}"] = VISA
    payments.finish_setup(plan.holder, reference=begun.reference, gateway=plan.gateway)
    (left,) = payments.contract_payments(plan.holder, contract=other.id).methods
    assert (left.id, left.is_expired) == (theirs.id, True)


@pytest.mark.requirement("S0-16")
def test_method_is_copied_to_chosen_contracts_one_record_each(plan):
    chosen, left_alone = other_contract(plan), other_contract(plan)
    card = f.fetch(m.PaymentMethod, contract_id=plan.contract.id)
    given = {"payment_method": card.id, "contracts": [chosen.id], "key": "click"}
    assert payments.copy_method(plan.holder, **given) == 1
    assert payments.copy_method(plan.holder, **given) == 1
    (made,) = f.fetch_all(m.PaymentMethod, contract_id=chosen.id)
    assert (made.gateway_token, made.id == card.id) == (card.gateway_token, False)
    assert f.fetch_all(m.PaymentMethod, contract_id=left_alone.id) == []
    with pytest.raises(Invalid):
        payments.copy_method(plan.holder, **given | {"contracts": [], "key": key()})
    strange = make_contract(f.account(), f.person())
    with pytest.raises(NotFound):
        payments.copy_method(plan.holder, **given | {"contracts": [strange.id], "key": key()})


@pytest.mark.requirement("S0-16")
@pytest.mark.requirement("S0-28")
def test_staff_copy_a_method_to_ticked_contracts_of_the_same_holder_and_no_others(plan):
    mine, elsewhere = other_contract(plan), make_contract(f.account(), _holder(plan))
    strange, unheld = make_contract(plan.account, f.person()), f.contract(plan.account)
    add_method(strange)
    card = f.fetch(m.PaymentMethod, contract_id=plan.contract.id)
    given = {"payment_method": card.id, "key": key()}
    for one in (strange, unheld):
        for chosen in ([one.id], [mine.id, one.id]):
            with pytest.raises(Invalid) as refused:
                payments.copy_method(plan.agent, contracts=chosen, **given)
            assert "same person" in refused.value.fields["contracts"]
            with pytest.raises(Invalid):
                begin(plan, plan.agent, also=chosen)
    assert f.fetch_all(m.PaymentMethod, contract_id=mine.id) == []
    offered = {one.id for one in plan.page(plan.agent).others}
    assert strange.id not in offered
    assert payments.copy_method(plan.agent, contracts=[mine.id, elsewhere.id], **given) == 2
    for one in (mine, elsewhere):
        (made,) = f.fetch_all(m.PaymentMethod, contract_id=one.id)
        assert (made.gateway_token, made.added_by) == (card.gateway_token, plan.agent.name)
    assert mine.id in {one.id for one in plan.page(plan.agent).others}


def _holder(plan):
    return f.fetch(m.Person, id=plan.holder.person_id)


@pytest.mark.requirement("S0-16")
def test_where_nobody_holds_a_contract_others_of_the_account_may_be_ticked(any_db, clock):
    plan = make_plan(holder_id=None)
    beside = make_contract(plan.account, f.person(), holder_id=None)
    foreign = make_contract(f.account(), f.person(), holder_id=None)
    card = f.fetch(m.PaymentMethod, contract_id=plan.contract.id)
    given = {"payment_method": card.id, "key": key()}
    with pytest.raises(Invalid):
        payments.copy_method(plan.agent, contracts=[foreign.id], **given)
    assert payments.copy_method(plan.agent, contracts=[beside.id], **given) == 1


@pytest.mark.requirement("S0-21")
def test_only_valid_methods_of_this_contract_are_offered_and_taken(plan):
    expired = plan.method(exp_month=10, exp_year=2026, default_since=None)
    valid = plan.method(last4="1881", default_since=None)
    foreign = add_method(make_contract(f.account(), f.person()))
    assert {one.id for one in plan.page().choices} >= {valid.id}
    assert expired.id not in {one.id for one in plan.page().choices}
    with pytest.raises(Conflict):
        payments.choose_method(plan.holder, payment_method=expired.id, key=key())
    with pytest.raises(NotFound):
        payments.choose_method(plan.holder, payment_method=foreign.id, key=key())
    payments.choose_method(plan.holder, payment_method=valid.id, key=key())
    assert [one.id for one in plan.page().methods if one.is_default] == [valid.id]


@pytest.mark.requirement("S0-17")
def test_card_counts_to_the_end_of_its_month(any_db, clock):
    plan = make_plan(with_method=False, zone="America/New_York")
    plan.method(exp_month=11, exp_year=2026)
    clock.at(2026, 12, 1, 4, 59)  # 30 November, 23:59 there
    assert not plan.page().methods[0].is_expired
    clock.at(2026, 12, 1, 5, 0)
    assert plan.page().methods[0].is_expired


def test_removed_method_is_forgotten_once_no_contract_has_it(plan):
    other = other_contract(plan)
    card = f.fetch(m.PaymentMethod, contract_id=plan.contract.id)
    copy = {"payment_method": card.id, "contracts": [other.id], "key": key()}
    payments.copy_method(plan.holder, **copy)
    payments.remove_method(plan.holder, payment_method=card.id, key="click")
    payments.remove_method(plan.holder, payment_method=card.id, key="click")
    forget = {"payment_method": card.id, "gateway": plan.gateway}
    payments.forget_method(SYSTEM, **forget)
    assert plan.gateway.forgotten == []
    (twin,) = f.fetch_all(m.PaymentMethod, contract_id=other.id)
    payments.remove_method(plan.holder, payment_method=twin.id, key=key())
    payments.forget_method(SYSTEM, **forget)
    assert plan.gateway.forgotten == [card.gateway_token]


def test_other_contacts_of_the_account_see_the_schedule_and_no_methods(plan):
    colleague = f.consumer_actor(plan.account)
    page = plan.page(colleague)
    assert (len(page.schedule), page.methods, page.may_see_methods) == (4, (), False)
    with pytest.raises(NotAllowed):
        begin(plan, colleague)


def test_holder_is_warned_thirty_and_seven_days_ahead_once_each(any_db, clock):
    plan = make_plan(with_method=False)
    plan.method(exp_month=12, exp_year=2026)
    for day, told in ((1, 1), (1, 1), (20, 1), (24, 2), (25, 2), (31, 2)):
        clock.at(2026, 12, day, 15)
        payments.warn_of_expiry(SYSTEM)
        assert len(plan.letters()) == told
    assert "7 days" in f.fetch_all(m.OutboundMessage, topic="payment.expiring")[-1].subject


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29)])
def test_holder_of_a_card_that_ends_in_february_is_warned_in_january(any_db, clock, year, last):
    plan = make_plan(with_method=False)
    plan.method(exp_month=2, exp_year=year)
    for day, told in ((last, 0), (last + 1, 1), (31, 1)):
        clock.at(year, 1, day, 15)
        payments.warn_of_expiry(SYSTEM)
        assert len(plan.letters()) == told
    assert "30 days" in f.fetch_all(m.OutboundMessage, topic="payment.expiring")[-1].subject


def _came_back(plan, begun):
    plan.gateway.added[f"gw-{begun.reference}"] = VISA
    found = payments.finish_setup(SYSTEM, reference=begun.reference, gateway=plan.gateway)
    return found.state, len(f.fetch_all(m.PaymentMethod, gateway_token="tok-new"))


@pytest.mark.requirement("S1-09")
def test_method_of_somebody_whose_right_was_taken_away_meanwhile_is_not_kept(plan):
    giver, friend = _holder(plan), f.person()
    user = f.user(friend)
    grant = f.grant(giver, friend, areas={"contracts": "view", "payments": "act"})
    actor = households.tied(
        Actor(ActorKind.CONSUMER, user.id, friend.id, friend.name, giver.brand_id)
    )
    kept, late = begin(plan, actor), begin(plan, actor)
    assert _came_back(plan, kept) == (m.SetupState.FINISHED, 1)
    households.revoke_grant(plan.holder, grant=grant.id, key=key())
    assert _came_back(plan, late) == (m.SetupState.LEFT, 1)
    assert plan.page().methods[-1].label == "Visa ending 4242"


@pytest.mark.requirement("S0-16")
def test_method_is_kept_only_on_contracts_that_are_still_the_holders(plan):
    mine, moved = other_contract(plan), other_contract(plan)
    begun = begin(plan, also=[mine.id, moved.id])
    f.give(f.fetch(m.Contract, id=moved.id), holder_id=f.person().id)
    assert _came_back(plan, begun) == (m.SetupState.FINISHED, 2)
    assert f.fetch_all(m.PaymentMethod, contract_id=moved.id) == []


def test_method_for_a_contract_that_was_cancelled_meanwhile_is_forgotten(plan):
    begun = begin(plan)
    f.give(f.fetch(m.Contract, id=plan.contract.id), status=m.ContractStatus.CANCELLED)
    assert _came_back(plan, begun) == (m.SetupState.LEFT, 0)
    assert plan.gateway.forgotten == ["tok-new"]
