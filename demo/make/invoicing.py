"""Invoices: what each hire is charged, when, and how it reads on the paper."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from demo.make.calendar import REFERENCE, ago, days_ago
from demo.make.chance import Chance
from demo.make.hires import Hire
from demo.make.numbers import Numbers
from demo.make.source import Account, Store

CYCLE = 28
DAYS_IN = {"day": 1, "week": 7, "month": CYCLE}
WEEKS_THAT_COST_A_MONTH = 3
WAIVER_PERCENT = 12


@dataclass(frozen=True)
class Line:
    """One line of an invoice; the amount is quantity times unit price."""

    description: str
    quantity: int
    unit_price: int

    @property
    def amount(self) -> int:
        """The line's amount in minor units."""
        return self.quantity * self.unit_price


@dataclass
class Invoice:
    """An invoice of one contract, or of a week's contracts together."""

    number: str
    issued: date
    due: date
    lines: list[Line]
    hires: list[Hire]
    open: int = 0

    @property
    def total(self) -> int:
        """The sum of the lines in minor units."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class Bill:
    """What becomes payable for a hire on one day, before waiver and tax."""

    hire: Hire
    on: date
    lines: list[Line] = field(default_factory=list)


def invoices_of(
    account: Account, store: Store, hires: list[Hire], numbers: Numbers
) -> list[Invoice]:
    """Return an account's invoices, oldest first, never two on one day."""
    bills = sorted((bill for hire in hires for bill in _bills(hire)), key=lambda bill: bill.on)
    batches = (
        _weeks(account, bills) if account.weekly_invoices else [(bill.on, [bill]) for bill in bills]
    )
    taken: set[date] = set()
    return [_invoice(account, store, numbers, _free_day(on, taken), batch) for on, batch in batches]


def _bills(hire: Hire) -> list[Bill]:
    """Charge a hire every four weeks and when it ends."""
    if not hire.begun:
        return []
    ended = hire.status in {"returned", "closed"}
    until = hire.end if ended else REFERENCE
    spans: list[tuple[date, str, int]] = []
    start = hire.start
    while hire.period == "month" and start + timedelta(days=CYCLE) < until:
        start += timedelta(days=CYCLE)
        spans.append((start, "month", 1))
    if ended:
        spans.append((until, *_remainder(hire, (until - start).days)))
    return [
        Bill(hire, on + timedelta(days=1), _hire_lines(hire, period, count, first=index == 0))
        for index, (on, period, count) in enumerate(spans)
        if on < REFERENCE
    ]


def _remainder(hire: Hire, days: int) -> tuple[str, int]:
    period = hire.period
    if period != "month":
        return period, -(-days // DAYS_IN[period])
    weeks = -(-days // DAYS_IN["week"])
    return ("month", 1) if weeks >= WEEKS_THAT_COST_A_MONTH else ("week", weeks)


def _hire_lines(hire: Hire, period: str, count: int, *, first: bool) -> list[Line]:
    word = "4 weeks" if period == "month" else f"{count} {period}{'s' if count > 1 else ''}"
    lines = [
        Line(f"{item.model.name}, {word}", item.quantity, hire.rate(item, period) * count)
        for item in hire.items
    ]
    if first and not hire.site.startswith("Collected"):
        fare = Chance("delivery", hire.site).between(17, 39) * 500
        lines.append(Line("Delivery and pickup", 1, fare))
    return lines


def _weeks(account: Account, bills: list[Bill]) -> list[tuple[date, list[Bill]]]:
    """Gather bills by week; weeks before the first are in the balance brought forward."""
    weeks: dict[date, list[Bill]] = {}
    for bill in bills:
        closes = days_ago(ago(bill.on) // 7 * 7)
        if ago(closes) <= account.weekly_invoices:
            weeks.setdefault(closes, []).append(bill)
    return sorted(weeks.items())


def _free_day(wanted: date, taken: set[date]) -> date:
    day = wanted
    while day in taken and day < REFERENCE:
        day += timedelta(days=1)
    while day in taken:
        day -= timedelta(days=1)
    taken.add(day)
    return day


def _invoice(
    account: Account, store: Store, numbers: Numbers, on: date, batch: list[Bill]
) -> Invoice:
    many = bool(account.weekly_invoices)
    lines = [_named(bill, line) if many else line for bill in batch for line in bill.lines]
    if not many:
        lines.append(
            _percentage("Damage waiver, 12% of hire", batch[0].lines, WAIVER_PERCENT * 100)
        )
    if store.tax_basis_points and account.currency == "USD":
        lines.append(_percentage(store.tax_name, lines, store.tax_basis_points))
    return Invoice(
        number=numbers.take("INV", ago(on)),
        issued=on,
        due=on + timedelta(days=account.terms),
        lines=lines,
        hires=[bill.hire for bill in batch],
    )


def _named(bill: Bill, line: Line) -> Line:
    return Line(f"{bill.hire.number}: {line.description}", line.quantity, line.unit_price)


def _percentage(description: str, lines: list[Line], basis_points: int) -> Line:
    base = sum(line.amount for line in lines)
    return Line(description, 1, (base * basis_points + 5000) // 10000)
