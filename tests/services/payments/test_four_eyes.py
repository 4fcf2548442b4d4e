"""Staff decide nothing about a contract that they hold themselves: a colleague does (S0-28)."""

import pytest

from portal_app import models as m
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.core.errors import NotAllowed
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.services.payments.plans import key, make_plan

SAID = {"reason": "Agreed by phone."}
OWN = "This is your own contract, so a colleague has to decide about it."


def staff_who_is(plan, tie: str) -> Actor:
    """Somebody on the staff who is the plan's holder, by their sign-in or by their address."""
    roles = frozenset({Role.ADMIN})
    if tie == "sign-in":
        who = plan.holder
        return Actor(ActorKind.STAFF, who.user_id, who.person_id, who.name, who.brand, roles)
    member = f.staff(Role.ADMIN)
    email = f.fetch(m.Person, id=plan.holder.person_id).email
    f.give(member, email=email.upper())
    return Actor(ActorKind.STAFF, member.user_id, "", member.name, plan.holder.brand, roles)


def refuse(*decisions):
    for decide in decisions:
        with pytest.raises(NotAllowed) as said:
            decide()
        assert str(said.value) == OWN


@pytest.fixture
def missed(plan):
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    return plan


@pytest.mark.guards("payments.require_colleague", "payments.held_by", "payments.own_among")
@pytest.mark.requirement("S0-28")
@pytest.mark.parametrize("tie", ["sign-in", "address"])
def test_staff_waive_and_move_nothing_that_they_owe_themselves(missed, tie):
    own, given = staff_who_is(missed, tie), {"instalment": missed.rows()[0].id} | SAID
    seen = missed.page(own).schedule[0]
    assert not any((seen.may_waive, seen.may_waive_fee, seen.may_reschedule, seen.may_write_off))
    assert (missed.page(own).whose, missed.page(missed.agent).whose) == (OWN, "")
    before = missed.rows()[0]
    refuse(
        lambda: payments.waive_fee(own, key=key(), **given),
        lambda: payments.waive_instalment(own, key=key(), **given),
        lambda: payments.reschedule(own, due_on="2026-12-24", key=key(), **given),
        lambda: payments.write_off(own, key=key(), **given),
        lambda: payments.reinstate(own, due_on="2026-12-24", key=key(), **given),
        lambda: payments.release_holds(own, contract=missed.contract.id, key=key(), **SAID),
    )
    assert missed.rows()[0] == before
    assert missed.page(missed.agent).schedule[0].may_waive
    payments.waive_fee(missed.agent, key=key(), **given)


@pytest.mark.guards("payments.require_colleague")
@pytest.mark.requirement("S0-25")
@pytest.mark.parametrize("tie", ["sign-in", "address"])
def test_staff_do_not_decide_about_the_end_of_their_own_contract(missed, clock, tie):
    clock.at(2026, 12, 20, 15)
    missed.run()
    own, number = staff_who_is(missed, tie), missed.page().cancellation.number
    for seen in (
        payments.cancellation(own, number=number),
        payments.cancellations(own).rows[0],
        missed.page(own).cancellation,
    ):
        assert (seen.may_decide, seen.look.next) == (False, OWN)
    given = {"number": number} | SAID
    refuse(
        lambda: payments.approve_cancellation(own, key=key(), **given),
        lambda: payments.decline_cancellation(own, try_again_on="2026-12-28", key=key(), **given),
    )
    assert payments.cancellation(missed.agent, number=number).may_decide
    payments.approve_cancellation(missed.agent, key=key(), **given)
    assert missed.status() == "cancelled"


def test_where_nobody_holds_a_contract_it_is_those_who_look_after_its_account(any_db, clock):
    plan = make_plan(holder_id=None)
    own = staff_who_is(plan, "address")
    day = {"instalment": plan.rows()[0].id, "due_on": "2026-12-24"} | SAID
    refuse(lambda: payments.reschedule(own, key=key(), **day))
    payments.reschedule(plan.agent, key=key(), **day)


def test_staff_may_pay_and_ask_for_what_is_their_own(missed):
    own = staff_who_is(missed, "address")
    missed.gateway.decide = lambda _order: None
    first = missed.rows()[0].id
    payments.pay_now(own, instalment=first, gateway=missed.gateway, key=key())
    assert payments.ask_to_cancel(own, contract=missed.contract.id, key=key(), **SAID)


@pytest.mark.requirement("S0-25")
def test_a_day_for_another_try_is_asked_for_only_where_something_failed_twice(missed, clock):
    moved = {"instalment": missed.rows()[0].id, "due_on": "2026-12-28", "key": key()} | SAID
    payments.reschedule(missed.agent, **moved)
    given = {"contract": missed.contract.id, "key": key()} | SAID
    seen = payments.cancellation(missed.agent, number=payments.ask_to_cancel(missed.agent, **given))
    assert (seen.owed.amount_minor, seen.needs_day) == (100_00, False)
