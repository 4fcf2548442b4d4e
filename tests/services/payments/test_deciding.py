"""What staff decide, what customers may ask for, and that paying at once can do no harm."""

from datetime import date

import pytest

from portal_app import models as m
from portal_app.core.actor import Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, SwitchedOff
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from tests import factories as f
from tests.services.imports import feeding
from tests.services.payments.plans import key

SAID = {"reason": "Agreed by phone."}


def switch_on(plan, *features):
    row = f.fetch(m.PortalSettings, brand_id=plan.account.brand_id)
    row.features = dict.fromkeys(features, True)
    f._save(row)


@pytest.fixture
def missed(plan):
    plan.gateway.decide = lambda _order: DeclineReason.LIMIT_EXCEEDED
    plan.run()
    return plan


@pytest.fixture
def defaulted(missed, clock):
    clock.at(2026, 12, 20, 15)
    missed.run()
    return missed


def balance(plan):
    rows = f.fetch_all(m.LedgerEntry, contract_id=plan.contract.id)
    return sum(row.amount_minor for row in rows)


def pay(plan, **more):
    given = {"instalment": plan.rows()[0].id, "gateway": plan.gateway, "key": key()} | more
    return payments.pay_now(plan.holder, **given)


@pytest.mark.requirement("S0-05")
def test_paying_at_once_is_off_until_it_is_switched_on(missed):
    assert not missed.page().missed.may_pay_now
    with pytest.raises(SwitchedOff):
        pay(missed)
    switch_on(missed, "pay_now")
    assert missed.page().missed.may_pay_now


def test_paying_at_once_that_fails_is_harmless(missed, clock):
    switch_on(missed, "pay_now")
    before = (missed.rows()[0].retry_on, missed.rows()[0].fee_minor, balance(missed))
    for _ in range(3):
        paid = pay(missed)
        assert (paid.state, "limit" in paid.reason) == (m.AttemptState.FAILED, True)
    row = missed.rows()[0]
    assert (row.retry_on, row.fee_minor, balance(missed)) == before
    assert (missed.states()[0], missed.status()) == ("missed", "past_due")
    assert f.fetch_all(m.CancellationRequest) == []
    clock.at(2026, 12, 20, 15)
    missed.gateway.decide = lambda _order: None
    missed.run()
    assert missed.states()[:2] == ["paid_late", "paid"]


@pytest.mark.requirement("S0-26")
def test_paying_at_once_cures_and_the_same_click_pays_once(missed):
    switch_on(missed, "pay_now")
    missed.gateway.decide = lambda _order: None
    row = missed.rows()[0].id
    for _ in range(2):
        assert pay(missed, key="click", instalment=row).state is m.AttemptState.SUCCEEDED
    assert list(missed.gateway.taken.values()) == [125_00]
    assert (missed.states()[0], missed.status(), balance(missed)) == ("paid_late", "active", 0)


def test_lost_answer_of_paying_at_once_is_found_later_by_the_same_click(missed):
    switch_on(missed, "pay_now")
    missed.gateway.decide = lambda _order: None
    missed.gateway.deaf = lambda: True
    assert pay(missed, key="click").state is m.AttemptState.ASKED
    missed.gateway.deaf = lambda: False
    assert pay(missed, key="click").state is m.AttemptState.SUCCEEDED
    assert list(missed.gateway.taken.values()) == [125_00]


@pytest.mark.requirement("S0-04")
@pytest.mark.requirement("S0-20")
def test_customer_moves_no_date_and_the_attempt_is_written_down(missed):
    rows = missed.rows()
    for row in rows[:2]:
        with pytest.raises(SwitchedOff):
            payments.reschedule(
                missed.holder, instalment=row.id, due_on="2026-12-24", key=key(), **SAID
            )
    assert not any(one.may_reschedule for one in missed.page().schedule)
    assert len(f.fetch_all(m.AuditEvent, action="access:operation:denied")) == 2
    switch_on(missed, "change_dates")
    move = {"instalment": rows[1].id, "due_on": "2026-12-24", "key": key()} | SAID
    payments.reschedule(missed.holder, **move)
    assert missed.rows()[1].due_on == date(2026, 12, 24)


@pytest.mark.requirement("S0-04")
@pytest.mark.requirement("S0-28")
def test_staff_move_a_missed_payment_and_the_fee_goes(missed):
    row = missed.rows()[0]
    move = {"instalment": row.id, "due_on": "2026-12-01", "key": "click"} | SAID
    payments.reschedule(missed.agent, **move)
    payments.reschedule(missed.agent, **move)
    now = missed.rows()[0]
    assert (now.state, now.due_on, now.fee_minor) == ("scheduled", date(2026, 12, 1), 0)
    assert (missed.status(), balance(missed)) == ("active", 100_00)
    assert missed.letters() == ["missed", "rescheduled"]
    for bad in ("2026-11-20", "2028-01-01", "soon"):
        with pytest.raises(Invalid):
            payments.reschedule(missed.agent, **move | {"due_on": bad, "key": key()})


@pytest.mark.requirement("S0-28")
def test_staff_waive_a_fee_and_a_payment_and_customers_cannot(missed):
    given = {"instalment": missed.rows()[0].id} | SAID
    for command in (payments.waive_fee, payments.waive_instalment, payments.write_off):
        with pytest.raises(NotAllowed):
            command(missed.holder, **given, key=key())
    payments.waive_fee(missed.agent, **given, key=key())
    assert (missed.rows()[0].fee_minor, balance(missed)) == (0, 100_00)
    with pytest.raises(Conflict):
        payments.waive_fee(missed.agent, **given, key=key())
    payments.waive_instalment(missed.agent, **given, key=key())
    assert (missed.states()[0], missed.status(), balance(missed)) == ("waived", "active", 0)


@pytest.mark.requirement("S0-25")
def test_approved_cancellation_ends_the_contract_and_all_that_was_to_come(defaulted):
    number = payments.cancellations(defaulted.agent).rows[0].number
    given = {"number": number, "key": "click"} | SAID
    payments.approve_cancellation(defaulted.agent, **given)
    payments.approve_cancellation(defaulted.agent, **given)
    assert defaulted.states() == ["defaulted", "cancelled", "cancelled", "cancelled"]
    assert defaulted.status() == "cancelled"
    defaulted.run()
    assert len(defaulted.gateway.orders) == 2
    assert defaulted.letters().count("cancellation_approved") == 1


@pytest.mark.requirement("S0-25")
def test_declined_cancellation_starts_anew_on_the_agreed_day(defaulted, clock):
    number = payments.cancellations(defaulted.agent).rows[0].number
    given = {"number": number, "key": key()} | SAID
    with pytest.raises(Invalid):
        payments.decline_cancellation(defaulted.agent, **given)
    payments.decline_cancellation(defaulted.agent, **given, try_again_on="2026-12-28")
    assert defaulted.states() == ["scheduled"] * 4
    assert [one.due_on.day for one in defaulted.rows()] == [28, 28, 20, 20]
    assert (defaulted.status(), payments.waiting(defaulted.agent)) == ("active", 0)
    clock.at(2026, 12, 28, 15)
    defaulted.gateway.decide = lambda _order: None
    defaulted.run()
    assert defaulted.states()[:2] == ["paid", "paid"]
    assert balance(defaulted) == 0


def test_holds_are_released_and_nothing_is_taken_the_same_day(defaulted):
    given = {"contract": defaulted.contract.id, "key": "click"} | SAID
    assert payments.release_holds(defaulted.agent, **given) == 3
    defaulted.run()
    assert defaulted.states() == ["defaulted", "scheduled", "scheduled", "scheduled"]
    assert defaulted.rows()[1].due_on == date(2026, 12, 21)


def test_unpaid_payment_is_put_back_or_written_off(defaulted):
    row = defaulted.rows()[0].id
    put = {"instalment": row, "due_on": "2026-12-28", "key": key()} | SAID
    payments.reinstate(defaulted.agent, **put)
    assert defaulted.states()[0] == "scheduled"
    with pytest.raises(Conflict):
        payments.write_off(defaulted.agent, instalment=row, key=key(), **SAID)


def test_customer_asks_to_cancel_where_that_is_on_and_never_twice(plan):
    given = {"contract": plan.contract.id} | SAID
    with pytest.raises(SwitchedOff):
        payments.ask_to_cancel(plan.holder, **given, key=key())
    switch_on(plan, "cancel")
    assert plan.page().may_ask_to_cancel
    number = payments.ask_to_cancel(plan.holder, **given, key="click")
    assert payments.ask_to_cancel(plan.holder, **given, key="click") == number
    with pytest.raises(Conflict):
        payments.ask_to_cancel(plan.holder, **given, key=key())
    assert plan.status() == "pending_cancellation"
    assert payments.cancellation(plan.agent, number=number).origin == "consumer"


@pytest.mark.requirement("S0-24")
def test_administrator_sets_the_policy_and_others_do_not(any_db, clock):
    admin = f.staff_actor(Role.ADMIN)
    wish = {"changes": {"takes_payments": True, "fee": "25.00", "retry_first": False}}
    given = wish | {"version": 0, "key": "click"}
    assert payments.set_policy(admin, **given) == 1
    assert payments.set_policy(admin, **given) == 1
    kept = payments.payment_policy(admin)
    assert (kept.takes_payments, kept.fee.amount_minor, kept.retry_first) == (True, 25_00, False)
    with pytest.raises(Conflict):
        payments.set_policy(admin, **given | {"key": key()})
    with pytest.raises(NotAllowed):
        payments.set_policy(f.staff_actor(), **given | {"key": key()})
    with pytest.raises(Invalid):
        payments.set_policy(admin, changes={"run_at": "6", "fee": "-1"}, version=1, key=key())


@pytest.mark.requirement("S0-14", "S0-25")
def test_feed_from_before_an_approval_does_not_take_the_contract_up_again(
    defaulted, clock, tmp_path
):
    number = defaulted.page().cancellation.number
    clock.advance(hours=2)
    payments.approve_cancellation(defaulted.agent, number=number, key=key(), **SAID)
    contract = defaulted.contract

    def master(at):
        head = "external_id,number,kind,status,account,po_number,updated_at\n"
        row = f"{contract.external_id},{contract.number},service_contract,active,"
        account = defaulted.account.external_id
        feeding.feed(tmp_path / at[11:13], contracts=f"{head}{row}{account},PO-{at[11:13]},{at}\n")
        return defaulted.status()

    assert master("2026-12-20T16:00:00Z") == "cancelled"
    assert master("2026-12-20T18:00:00Z") == "active"


@pytest.mark.requirement("S0-25", "S0-27")
def test_nothing_is_announced_any_more_on_a_contract_that_was_cancelled(missed):
    f.give(f.fetch(m.Contract, id=missed.contract.id), status=m.ContractStatus.CANCELLED)
    page = missed.page()
    assert (page.missed.look.label, page.missed.retry_on) == ("Missed", None)
    assert "nothing more" in page.missed.look.next
    assert page.what_next.headline == "A payment was not made"
    assert page.what_next.on is None
