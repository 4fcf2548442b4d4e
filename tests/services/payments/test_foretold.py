"""What is foretold is what happens, also after staff have moved, waived, held and decided."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import select

from portal_app import models as m
from portal_app.models import database
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.queries.books import book_of
from portal_app.services.payments.rules.forecast import forecast
from tests.services.payments.plans import key, make_plan

SAID = {"reason": "Agreed by phone."}
SEEDS, STEPS = 14, 9


def move(act):
    def moved(plan, one, chance):
        day = plan.today + timedelta(days=chance.randint(1, 50))
        act(plan.agent, instalment=one.id, due_on=day.isoformat(), key=key(), **SAID)

    return moved


def let_go(act):
    return lambda plan, one, _chance: act(plan.agent, instalment=one.id, key=key(), **SAID)


# What staff may do to a payment, by the flag with which the page offers it.
ACTS = {
    "may_reschedule": move(payments.reschedule),
    "may_reinstate": move(payments.reinstate),
    "may_waive": let_go(payments.waive_instalment),
    "may_waive_fee": let_go(payments.waive_fee),
    "may_write_off": let_go(payments.write_off),
}


def intervene(plan, chance: Random) -> str:
    """Have staff do one of the things that their page offers; return what it was."""
    page = plan.page(plan.agent)
    offered = [(flag, one) for one in page.schedule for flag in ACTS if getattr(one, flag)]
    if page.may_release and chance.random() < 0.4:
        payments.release_holds(plan.agent, contract=plan.contract.id, key=key(), **SAID)
        return "release"
    if page.cancellation and chance.random() < 0.5:
        again = (plan.today + timedelta(days=chance.randint(1, 40))).isoformat()
        given = {"number": page.cancellation.number, "key": key(), "try_again_on": again}
        payments.decline_cancellation(plan.agent, **given, **SAID)
        return "decline"
    if not offered:
        return ""
    flag, one = chance.choice(offered)
    ACTS[flag](plan, one, chance)
    return flag


def ahead_of(plan):
    with database.reading_session() as session:
        wanted = select(m.Contract, m.Account).where(m.Contract.id == plan.contract.id)
        deal = Deal(*session.exec(wanted.join(m.Account)).one())
        book = book_of(session, deal)
        return forecast(book.standing, book.today)


def standing(plan):
    return [(one.state, one.fee_minor, one.retry_on) for one in plan.rows()], plan.status()


def asked(plan):
    return [order.amount_minor for order in plan.gateway.orders.values()]


def check_next_run(plan, clock, works: bool) -> bool:
    """Hold the run of the next day against what page and simulation said of it."""
    told, ahead = plan.page().what_next, ahead_of(plan)
    simulated = payments.simulate_run(plan.agent)
    assert (ahead and ahead.on) == told.on == simulated.on
    if told.on is None:
        before = asked(plan), standing(plan)
        go_to(plan, clock, plan.today + timedelta(days=70))
        plan.run()
        assert (asked(plan), standing(plan)) == before  # nothing, and it was said
        return False
    charges = [one.total.amount_minor for one in told.charges]
    assert [one.total.amount_minor for one in simulated.rows[0].charges] == charges
    before, course = asked(plan), ahead.if_paid if works else ahead.if_failed
    plan.gateway.decide = lambda _order: None if works else DeclineReason.LIMIT_EXCEEDED
    go_to(plan, clock, told.on)
    plan.run()
    assert asked(plan)[len(before) :] == [one.total for one in course.charges]
    if works:
        assert charges == [one.total for one in course.charges]
    meant = [(one.state, one.fee, one.retry_on) for one in course.then.slips]
    assert standing(plan) == (meant, course.then.status.value)
    check_words(plan, told, works=works)
    return True


def check_words(plan, told, *, works: bool) -> None:
    """Whether a request to cancel is foretold, and which try comes next, is what happened."""
    is_open = plan.page().cancellation is not None
    if not works:
        failed = "request to cancel" in told.consequence
        assert not failed or is_open
        assert failed or "we try again on" in told.consequence
    if works and "good standing" in " ".join(told.if_nothing):
        assert plan.status() == "active"


def go_to(plan, clock, day: date) -> None:
    plan.today = day
    clock.at(day.year, day.month, day.day, 15)


@pytest.mark.requirement("S0-27")
@pytest.mark.requirement("S0-28")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_foretold_happens_also_after_staff_have_changed_it(db, clock, seed):
    chance, acts, runs = Random(seed), [], 0
    days = [date(2026, 11, 20) + timedelta(days=30 * n) for n in range(chance.randint(2, 5))]
    policy = {"retry_first": chance.random() < 0.7, "hold_next": chance.random() < 0.8}
    plan = make_plan(days=days, policy=policy)
    go_to(plan, clock, days[0])
    for _ in range(STEPS):
        acts += [intervene(plan, chance) for _ in range(chance.randint(0, 2))]
        runs += check_next_run(plan, clock, works=chance.random() < 0.4)
    assert runs
    assert any(acts)
