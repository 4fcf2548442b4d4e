"""Hires: rentals on rent and past, quotes and reservations, written by hand or made up by trade."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.make.calendar import ago, days_ago
from demo.make.chance import Chance
from demo.make.numbers import Numbers
from demo.make.source import Account, Brand, Model

LENGTHS = [1, 2, 3, 5, 7, 7, 7, 10, 14, 14, 21, 28, 28, 56]
DAILY_UP_TO = 4
WEEKLY_UP_TO = 20
IN_LOCAL_MONEY = {"USD": 100, "GBP": 80, "CAD": 135}
BEGUN = {"active", "past_due", "returned", "closed"}
PREFIX = {"quote": "Q", "expired": "Q", "cancelled": "Q", "reservation": "V"}


@dataclass(frozen=True)
class Item:
    """A model on a hire: how many, and how many of them are back."""

    model: Model
    quantity: int
    returned: int


@dataclass
class Hire:
    """One rental contract, reservation or quote."""

    number: str
    account: Account
    status: str
    start: date
    days: int
    items: list[Item]
    site: str
    po: str
    by: str
    names_store: bool = True

    @property
    def end(self) -> date:
        """The day on which everything is due back, or came back."""
        return self.start + timedelta(days=self.days)

    @property
    def begun(self) -> bool:
        """Whether anything ever left the depot under this number."""
        return self.status in BEGUN

    @property
    def period(self) -> str:
        """The rate that fits the length: by day, by week or by four weeks."""
        if self.days <= DAILY_UP_TO:
            return "day"
        return "week" if self.days <= WEEKLY_UP_TO else "month"

    def rate(self, item: Item, period: str) -> int:
        """Return a model's rate in minor units of the account's currency."""
        dollars = {"day": item.model.day, "week": item.model.week, "month": item.model.month}[
            period
        ]
        return dollars * IN_LOCAL_MONEY[self.account.currency]


def plan_hires(brand: Brand, account: Account, numbers: Numbers) -> list[Hire]:
    """Return every hire of an account, oldest first."""
    written = [_written(brand, account, numbers, cells) for cells in account.hires]
    imagined = list(_imagined(brand, account, numbers)) if account.trade else []
    return sorted(written + imagined, key=lambda hire: (hire.start, hire.number))


def _written(brand: Brand, account: Account, numbers: Numbers, cells: dict[str, Any]) -> Hire:
    status = cells.get("status", "returned")
    entered = cells["ago"] if status in BEGUN else max(cells["ago"], 0) + 3
    return Hire(
        number=cells.get("number") or numbers.take(PREFIX.get(status, "R"), entered),
        account=account,
        status=status,
        start=days_ago(cells["ago"]),
        days=cells["days"],
        items=[_written_item(brand, status, *item) for item in cells["items"]],
        site=cells["site"],
        po=cells["po"],
        by=cells.get("by", account.owner),
        names_store=cells.get("names_store", True),
    )


def _written_item(brand: Brand, status: str, key: str, quantity: int, returned: int = 0) -> Item:
    return Item(brand.models[key], quantity, quantity if status == "returned" else returned)


def _imagined(brand: Brand, account: Account, numbers: Numbers) -> Iterator[Hire]:
    chance = Chance("hires", account.number)
    step = max(1, (account.span - 12) // max(1, account.past))
    for index in range(account.past):
        start = account.span - (account.span - 12) * index // account.past - chance.below(step)
        length = max(1, min(chance.pick(LENGTHS), start - 2))
        yield _imagine(brand, account, numbers, chance, "returned", start, length)
    for index in range(account.active):
        late = index < account.past_due
        start = chance.between(44, 60) if late else chance.between(3, 38)
        length = start + _days_to_run(chance, start, late=late)
        status = "past_due" if late else "active"
        yield _imagine(brand, account, numbers, chance, status, start, length)
    for status, count in (("reservation", account.reservations), ("quote", account.quotes)):
        for _ in range(count):
            ahead = chance.between(2, 40)
            yield _imagine(brand, account, numbers, chance, status, -ahead, chance.pick(LENGTHS))


def _days_to_run(chance: Chance, start: int, *, late: bool) -> int:
    """Most hires have some days to run; about one in seven is past its time."""
    overdue = late or (start > DAILY_UP_TO * 2 and chance.below(7) == 0)
    return -chance.between(1, 6) if overdue else chance.between(2, 30)


def _imagine(
    brand: Brand,
    account: Account,
    numbers: Numbers,
    chance: Chance,
    status: str,
    start: int,
    length: int,
) -> Hire:
    entered = start if start >= 0 else chance.between(1, 14)
    trade = [brand.models[key] for key in brand.trades[account.trade]]
    models = chance.sample(
        trade, chance.pick([1, 1, 1, 2] if account.weekly_invoices else [1, 1, 2, 3])
    )
    people = [account.owner or account.former_owner, *account.authorised]
    return Hire(
        number=numbers.take(PREFIX.get(status, "R"), entered),
        account=account,
        status=status,
        start=days_ago(start),
        days=length,
        items=[_imagined_item(chance, status, model) for model in models],
        site=chance.pick(account.sites),
        po=f"{account.po}-{4400 - ago(days_ago(start))}"
        if account.po and status != "quote"
        else "",
        by=chance.pick(people),
    )


def _imagined_item(chance: Chance, status: str, model: Model) -> Item:
    quantity = 12 * model.dozens * chance.between(1, 2) or chance.pick([1, 1, 1, 1, 2, 3])
    if status == "returned":
        return Item(model, quantity, quantity)
    some_back = status == "active" and quantity > 1 and chance.below(3) == 0
    return Item(model, quantity, chance.between(1, quantity - 1) if some_back else 0)
