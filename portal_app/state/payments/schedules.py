"""A schedule as a table, and its year as a picture."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from portal_app.core.money import Money
from portal_app.services import payments
from portal_app.state.base import load_key
from portal_app.state.formats import long_month, money, month, plural, short_day
from portal_app.state.payments.words import attempt_words, receipt_path

MONTHS = 12
_BEFORE = 6  # of the twelve months, how many may lie behind
_PAID = ("paid", "paid_late")
# The higher one decides how a month with several payments looks.
_GRAVITY = ("neutral", "good", "info", "warn", "bad")
_MARKS = {"good": "check", "bad": "x", "info": "calendar", "warn": "clock"}


@dataclass(frozen=True)
class PaymentRow:
    """One payment of a schedule; `notes` say what came of it so far, and what happens next."""

    id: str
    name: str
    due_on: str
    amount: str
    fee: str
    status: str
    tone: str
    notes: list[str]
    may_pay_now: bool
    may_move: bool
    total: str
    key: str
    receipt: str = ""

    @classmethod
    def of(cls, one: payments.Payment) -> "PaymentRow":
        """Format a payment for display."""
        return cls(
            id=one.id,
            name=f"Payment {one.sequence}",
            due_on=short_day(one.due_on),
            amount=money(one.amount),
            fee=f"plus {money(one.fee)} fee" if one.fee else "",
            status=one.look.label,
            tone=one.look.tone,
            notes=[note for note in (_moved(one), *_tries(one), _next(one)) if note],
            may_pay_now=one.may_pay_now,
            may_move=one.may_reschedule,
            total=money(one.amount + one.fee),
            key=load_key(),
            receipt=receipt_path(one),
        )


@dataclass(frozen=True)
class Bar:
    """One month of the picture: x, y, width and heights are per cent of it, as SVG takes them."""

    month: str
    x: str
    y: str
    height: str
    fee_y: str
    fee_height: str
    tone: str
    mark: str
    title: str


@dataclass(frozen=True)
class Legend:
    """What a tone of the picture means."""

    label: str
    tone: str


@dataclass(frozen=True)
class ScheduleView:
    """A schedule: the picture of a year, its rows, and those before and after it."""

    bars: list[Bar] = field(default_factory=list)
    picture: str = ""
    legend: list[Legend] = field(default_factory=list)
    year: list[PaymentRow] = field(default_factory=list)
    earlier: list[PaymentRow] = field(default_factory=list)
    later: list[PaymentRow] = field(default_factory=list)
    year_label: str = ""
    earlier_label: str = ""
    later_label: str = ""

    @classmethod
    def of(cls, schedule: tuple[payments.Payment, ...], today: date) -> "ScheduleView":
        """Lay a schedule out around today."""
        if not schedule:
            return cls()
        first = _first_month(schedule, today)
        parts: dict[str, list[payments.Payment]] = defaultdict(list)
        for one in schedule:
            parts[_shelf(one.due_on, first)].append(one)
        rows = {name: [PaymentRow.of(one) for one in held] for name, held in parts.items()}
        earlier, later = rows.get("earlier", []), rows.get("later", [])
        year = parts["year"]
        return cls(
            bars=_bars(year, first),
            picture=_in_words(year, first),
            legend=_legend(year),
            year=rows.get("year", []),
            earlier=earlier,
            later=later,
            year_label=_span(first),
            earlier_label=plural(len(earlier), "earlier payment") if earlier else "",
            later_label=plural(len(later), "later payment") if later else "",
        )


def _moved(one: payments.Payment) -> str:
    return f"Moved from {short_day(one.rescheduled_from)}." if one.rescheduled_from else ""


def _tries(one: payments.Payment) -> list[str]:
    """Say what came of each attempt; the one that succeeded is the receipt."""
    return [f"{short_day(tried.on)}: {attempt_words(tried)}" for tried in one.attempts]


def _next(one: payments.Payment) -> str:
    """Say what happens next with a payment where its status does not say it already."""
    if one.retry_on:
        fee = f" with a fee of {money(one.fee)}" if one.fee else ""
        return f"We try again on {short_day(one.retry_on)}{fee}."
    if one.owed_fee:
        return f"Paid elsewhere. Its fee of {money(one.owed_fee)} is still owed."
    if one.state.value in _PAID:
        return "" if one.attempts or not one.paid_on else f"Paid on {short_day(one.paid_on)}."
    return "" if one.state.value == "scheduled" else one.look.next


def _index(day: date) -> int:
    """Count months, so that they can be told apart and added to."""
    return day.year * MONTHS + day.month - 1


def _day_of(index: int) -> date:
    return date(index // MONTHS, index % MONTHS + 1, 1)


def _first_month(schedule: tuple[payments.Payment, ...], today: date) -> int:
    """Return the month the picture begins with: twelve of them, as full of payments as can be."""
    held = [_index(one.due_on) for one in schedule]
    return max(min(held), min(_index(today) - _BEFORE, max(held) - MONTHS + 1))


def _shelf(day: date, first: int) -> str:
    if _index(day) < first:
        return "earlier"
    return "year" if _index(day) < first + MONTHS else "later"


def _total(one: payments.Payment) -> Money:
    return one.amount + one.fee


def _bars(year: list[payments.Payment], first: int) -> list[Bar]:
    months: dict[int, list[payments.Payment]] = defaultdict(list)
    for one in year:
        months[_index(one.due_on)].append(one)
    highest = max(
        (sum(_total(o).amount_minor for o in held) for held in months.values()), default=1
    )
    return [_bar(n, first + n, months.get(first + n, []), max(highest, 1)) for n in range(MONTHS)]


def _bar(n: int, index: int, held: list[payments.Payment], highest: int) -> Bar:
    amount = 100 * sum(one.amount.amount_minor for one in held) / highest
    fee = 100 * sum(one.fee.amount_minor for one in held) / highest
    tone = max((one.look.tone for one in held), key=_GRAVITY.index, default="")
    return Bar(
        month=month(_day_of(index)),
        x=f"{n * 100 / MONTHS + 1.6:.2f}%",
        y=f"{100 - amount:.1f}%",
        height=f"{amount:.1f}%",
        fee_y=f"{100 - amount - fee:.1f}%",
        fee_height=f"{fee:.1f}%",
        tone=tone,
        mark=_MARKS.get(tone, "dot") if held else "",
        title="\n".join(_line(one) for one in held),
    )


def _line(one: payments.Payment) -> str:
    return f"{short_day(one.due_on)}: {money(_total(one))}, {one.look.label.lower()}"


def _in_words(year: list[payments.Payment], first: int) -> str:
    """Say what the picture shows to whoever does not see it; the table has all of it."""
    counts = Counter(one.look.label.lower() for one in year)
    found = ", ".join(f"{count} {label}" for label, count in counts.items())
    return f"{_span(first)}: {found}. The table lists each."


def _span(first: int) -> str:
    start, end = (long_month(_day_of(index)) for index in (first, first + MONTHS - 1))
    return f"Payments from {start} to {end}"


def _legend(year: list[payments.Payment]) -> list[Legend]:
    looks = dict.fromkeys((one.look.label, one.look.tone) for one in year)
    fee = [("Fee", "neutral")] if any(one.fee for one in year) else []
    return [Legend(label, tone) for label, tone in (*looks, *fee)]
