"""The policy of the product against the operator's own, move by move, over many timelines."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from portal_app.models import AttemptKind
from portal_app.services.payments.rules.dunning import (
    Charge,
    Slip,
    Standing,
    Terms,
    next_charge,
    settled,
)
from portal_app.services.payments.rules.forecast import forecast, run_of
from tests.services.payments.timelines import Timeline, timeline

TIMELINES = 12_000


def standing_of(given: Timeline) -> Standing:
    terms = Terms(given.fee, given.retry_first, given.hold_next)
    slips = (Slip(n, day, given.amount) for n, day in enumerate(given.days, start=1))
    return Standing(terms, tuple(slips))


class Answers:
    """Answers by chance, given to the reference and repeated to the product."""

    def __init__(self, chance: Random, likely: float) -> None:
        self.chance, self.likely = chance, likely
        self.given: list[bool] = []
        self.repeated = 0

    def give(self, _day: date, _amount: int) -> bool:
        self.given.append(self.chance.random() < self.likely)
        return self.given[-1]

    def repeat(self, _charge: Charge) -> bool:
        self.repeated += 1
        return self.given[self.repeated - 1]


def told(standing: Standing):
    found = [(one.state.value, one.fee, one.retry_on) for one in standing.slips]
    return found, standing.status.value, standing.has_request


def meant(contract):
    found = [(one.state, one.fee, one.retry_on) for one in contract.insts]
    return found, contract.standing, contract.cancellation_request


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S0-24")
@pytest.mark.requirement("S0-25")
@pytest.mark.requirement("S0-26")
def test_every_move_is_the_policys_over_many_thousand_timelines():
    twice = fees_twice = skipped = charged = 0
    for seed in range(TIMELINES):
        chance = Random(seed)
        given = timeline(chance)
        reference, standing, log = given.contract(), standing_of(given), []
        likely = chance.choice((0.3, 0.6, 0.9))
        for day, times in given.runs:
            for _ in range(times):
                answers = Answers(chance, likely)
                reference.run(day, answers.give)
                course = run_of(standing, day, answers.repeat)
                standing = course.then
                log += [
                    (day, one.sequence, one.total, ok)
                    for one, ok in zip(course.charges, answers.given, strict=True)
                ]
                assert told(standing) == meant(reference), (seed, day, given)
        assert log == reference.log, seed
        taken = Counter(n for _, n, _, ok in log if ok)
        twice += sum(times > 1 for times in taken.values())
        fees_twice += any(amount > given.amount + given.fee for _, _, amount, _ in log)
        end = given.runs[-1][0] if given.runs else date.min
        skipped += any(
            one.state.value == "scheduled" and one.due_on <= end for one in standing.slips
        )
        charged += len(log)
    assert (twice, fees_twice, skipped) == (0, 0, 0)
    assert charged > TIMELINES


@pytest.mark.requirement("S0-27")
def test_what_is_foretold_is_what_the_next_run_does():
    foretold = 0
    for seed in range(3_000):
        chance = Random(seed)
        given = timeline(chance)
        reference, standing = given.contract(), standing_of(given)
        for day, _ in given.runs:
            ahead = forecast(standing, day)
            works = chance.random() < 0.5
            if ahead:
                before = len(reference.log)
                reference.run(ahead.on, lambda _day, _amount, works=works: works)
                course = ahead.if_paid if works else ahead.if_failed
                assert told(course.then) == meant(reference), (seed, day)
                done = [(n, amount) for _, n, amount, _ in reference.log[before:]]
                assert [(one.sequence, one.total) for one in course.charges] == done
                standing, foretold = course.then, foretold + 1
            if ahead and ahead.on > day:
                break
    assert foretold > 3_000


def test_own_payment_that_fails_changes_nothing():
    slip = Slip(1, date(2026, 11, 20), 100_00)
    standing = Standing(Terms(25_00), (slip, replace(slip, sequence=2, due_on=date(2026, 12, 20))))
    charge = next_charge(standing, slip.due_on)
    assert charge is not None
    missed = settled(standing, charge, slip.due_on, is_paid=False)
    own = Charge(1, AttemptKind.PAY_NOW, 100_00, 25_00)
    assert settled(missed, own, slip.due_on, is_paid=False) == missed
    assert settled(missed, own, slip.due_on, is_paid=True).status.value == "active"


def test_nothing_is_taken_while_an_outcome_is_unknown():
    slip = Slip(1, date(2026, 11, 20), 100_00)
    for state in ("processing", "retrying"):
        waiting = replace(slip, state=type(slip.state)(state))
        both = (waiting, replace(slip, sequence=2))
        assert next_charge(Standing(Terms(0), both), slip.due_on) is None
