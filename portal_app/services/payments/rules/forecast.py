"""What the next run of a contract will do, worked out by the very policy that the run follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal_app.services.payments.rules.dunning import (
    Charge,
    Standing,
    next_charge,
    next_day,
    settled,
)

Outcome = Callable[[Charge], bool]


@dataclass(frozen=True, slots=True)
class Course:
    """One way a day can go: what is asked for, one after the other, and where that leads."""

    charges: tuple[Charge, ...]
    then: Standing


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next day on which anything is taken, and its two ways: all succeeds, nothing does."""

    on: date
    if_paid: Course
    if_failed: Course

    @property
    def first(self) -> Charge:
        """What is taken first."""
        return self.if_paid.charges[0]


def run_of(standing: Standing, day: date, outcome: Outcome) -> Course:
    """Return how the run of one day goes, given what the gateway would answer."""
    charges: list[Charge] = []
    while charge := next_charge(standing, day):
        charges.append(charge)
        standing = settled(standing, charge, day, is_paid=outcome(charge))
    return Course(tuple(charges), standing)


def forecast(standing: Standing, today: date) -> Forecast | None:
    """Return what comes next; None when nothing does, or while a bank has yet to answer."""
    day = next_day(standing, today)
    if day is None or next_charge(standing, day) is None:
        return None
    paid = run_of(standing, day, lambda _charge: True)
    return Forecast(day, paid, run_of(standing, day, lambda _charge: False))
