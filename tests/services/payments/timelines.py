"""Made-up schedules and the days on which a run comes by: short months, leap years, pauses."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.services.payments.reference import Contract, Inst

_STARTS = (
    date(2024, 1, 31), date(2024, 2, 29), date(2023, 1, 30), date(2025, 12, 31),
    date(2026, 11, 20), date(2027, 12, 1), date(2028, 1, 29), date(2026, 3, 28),
)  # fmt: skip


@dataclass(frozen=True)
class Timeline:
    """A schedule, the order, and for each day on which a run comes: how often it comes."""

    days: tuple[date, ...]
    amount: int
    fee: int
    retry_first: bool
    hold_next: bool
    runs: tuple[tuple[date, int], ...]

    def contract(self) -> Contract:
        insts = [Inst(n, day, self.amount) for n, day in enumerate(self.days, start=1)]
        return Contract(insts, self.fee, self.retry_first, self.hold_next)


def month_later(day: date, months: int, anchor: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(anchor, last))


def timeline(chance: Random, *, longest: int = 6) -> Timeline:
    """One timeline: monthly, sometimes weekly, sometimes two payments on one day."""
    start = chance.choice(_STARTS) + timedelta(days=chance.choice((0, 0, 0, 1, 15)))
    count = chance.randint(1, longest)
    kind = chance.random()
    if kind < 0.75:
        days = [month_later(start, n, start.day) for n in range(count)]
    elif kind < 0.9:
        days = [start + timedelta(days=7 * n) for n in range(count)]
    else:
        days = sorted(start + timedelta(days=chance.choice((0, 3, 30))) for _ in range(count))
    return Timeline(
        tuple(days),
        chance.choice((100_00, 1, 99_99)),
        chance.choice((25_00, 0, 10_00)),
        chance.random() < 0.75,
        chance.random() < 0.85,
        _runs(chance, days),
    )


def _runs(chance: Random, days: list[date]) -> tuple[tuple[date, int], ...]:
    """Days that matter, some of them late or twice; days of outage are left out."""
    marks = {day + timedelta(days=late) for day in days for late in (0, 1)}
    marks |= {month_later(days[-1], months, days[-1].day) for months in (1, 2, 3)}
    marks |= {month_later(day, 1, 28) for day in days}
    shift = chance.choice((0, 0, 0, 1, 3, 40))
    found = []
    for day in sorted(marks):
        if chance.random() < 0.12:
            continue  # an outage, or nobody ran it
        found.append((day + timedelta(days=shift), chance.choice((1, 1, 2))))
    return tuple(found)
