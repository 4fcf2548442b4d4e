"""Hundreds of contracts in one database, each with a timeline of its own beside the reference."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlmodel import col, select

from portal_app import models as m
from portal_app.core.ids import new_id
from portal_app.models import database
from tests import factories as f
from tests.services.payments.reference import Away, Contract, Inst
from tests.services.payments.timelines import month_later

ZONES = ("UTC", "America/Toronto", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Lisbon")
# Before a leap year and an ordinary one, before the year that is no leap year though divisible by
# four, and across the two changes of the clock.
ERAS = (date(2023, 12, 31), date(2025, 12, 31), date(2027, 11, 30), date(2099, 12, 31),
        date(2026, 9, 30))  # fmt: skip
_LENGTHS = (1, 1, 1, 2, 2, 3, 4)
_ids = count(1)


@dataclass
class Case:
    """One contract as the reference has it, with what the gateway will answer to each attempt."""

    id: str
    zone: str
    reference: Contract
    luck: float
    chance: Random
    unknown: int | None = None  # the payment whose outcome nobody has heard
    lost: str = ""  # how the gateway is lost for this contract at the moment
    outcomes: dict[tuple[int, int], bool] = field(default_factory=dict)
    tried: dict[int, int] = field(default_factory=dict)
    left: int | None = None  # how many more outcomes there are before the process dies
    is_asked: bool = False  # whether one more was asked for then

    def decides(self, n: int, number: int) -> bool:
        """What the gateway answers to an attempt, the same whenever it is asked."""
        return self.outcomes.setdefault((n, number), self.chance.random() < self.luck)

    def is_due(self, day: date) -> bool:
        """Whether the policy has something to take that no outcome is waited for."""
        return any(
            (one.state == "scheduled" and one.due <= day)
            or (one.state == "missed" and one.retry_on <= day)
            for one in self.reference.insts
            if one.n != self.unknown
        )

    def live(self, day: date, *, left: int | None = None, is_asked: bool = False) -> None:
        """Let the reference do the day, or as much of it as there were outcomes `left`; `is_asked`
        says that one more was asked for."""
        self.left, self.is_asked = left, is_asked or bool(self.lost)
        try:
            if self.unknown is not None:
                self._take(self.unknown, day)
            self._run(day)
        except Away:
            pass

    def _take(self, n: int, day: date) -> None:
        inst = next(one for one in self.reference.insts if one.n == n)
        self.reference.take(inst, day, lambda *_: self._answer(n))
        self.unknown = None

    def _run(self, day: date) -> None:
        attempt = self.reference.attempt

        def noticing(i, amount, on, _pay):
            return attempt(i, amount, on, lambda *_: self._answer(i.n))

        self.reference.attempt = noticing
        try:
            self.reference.run(day, None)
        finally:
            del self.reference.attempt

    def _answer(self, n: int) -> bool:
        if self.lost or self.left == 0:
            if self.is_asked:
                self.unknown = n
            raise Away
        if self.left is not None:
            self.left -= 1
        self.tried[n] = self.tried.get(n, 0) + 1
        return self.decides(n, self.tried[n])

    def states(self) -> list[tuple[str, int, date | None]]:
        """How each payment stands, in the order of the schedule."""
        return [(one.state, one.fee, one.retry_on) for one in self.reference.insts]


def schedule(chance: Random, era: date) -> list[date]:
    """Monthly, sometimes weekly, sometimes several payments on one day; most begin at an end of a
    month."""
    start = era + timedelta(days=chance.choice((0, 0, 30, 31, 31, 32, 59, 60, 14, 29)))
    length, kind = chance.choice(_LENGTHS), chance.random()
    if kind < 0.75:
        return [month_later(start, n, start.day) for n in range(length)]
    if kind < 0.9:
        return [start + timedelta(days=7 * n) for n in range(length)]
    return sorted(start + timedelta(days=chance.choice((0, 3, 30))) for _ in range(length))


def populate(size: int, seed: int, era: date) -> list[Case]:
    """Make a brand's policy and `size` contracts with a card each, in accounts in five zones."""
    chance = Random(seed)
    retry_first, hold_next = chance.random() < 0.75, chance.random() < 0.85
    brand = f.brand().id
    f._save(
        m.PaymentPolicy(
            brand_id=brand, takes_payments=True, retry_first=retry_first, hold_next=hold_next
        )
    )
    accounts = {zone: f.account(timezone=zone) for zone in ZONES}
    person = f.person()
    cases, rows = list[Case](), dict[type, list[dict]]()
    for n in range(size):
        own = Random(seed * 100_003 + n)
        zone, fee = own.choice(ZONES), own.choice((25_00, 0, 10_00))
        amount, days = own.choice((100_00, 1, 99_99)), schedule(own, era)
        insts = [Inst(sequence, day, amount) for sequence, day in enumerate(days, start=1)]
        reference = Contract(insts, fee, retry_first, hold_next)
        cases.append(Case(new_id(), zone, reference, own.choice((0.35, 0.6, 0.9)), own))
        for row in _rows(cases[-1], accounts[zone], person):
            rows.setdefault(type(row), []).append(row.model_dump())
    with database.writing_session() as session, session.begin():
        for model, values in rows.items():
            session.connection().execute(model.__table__.insert(), values)
    return cases


def _rows(case: Case, account: m.Account, person: m.Person):
    mark = {"brand_id": account.brand_id}
    yield m.Contract(
        **mark, external_id=case.id, id=case.id, number=f"SC-{next(_ids)}",
        kind=m.ContractKind.SERVICE_CONTRACT, status=m.ContractStatus.ACTIVE,
        phase=m.ContractPhase.CURRENT, account_id=account.id, holder_id=person.id,
        listed_on=case.reference.insts[0].due, missed_payment_fee_minor=case.reference.fee,
    )  # fmt: skip
    yield m.PaymentMethod(
        **mark, external_id=case.id, contract_id=case.id, kind=m.MethodKind.CARD, brand="Visa",
        last4="4242", exp_month=12, exp_year=2199, gateway_token=f"demo_{case.id}",
        default_since=f.clock.now(),
    )  # fmt: skip
    for inst in case.reference.insts:
        yield m.Instalment(
            **mark, id=f"{case.id[:34]}{inst.n:02}", external_id=f"{case.id}#{inst.n}",
            contract_id=case.id, sequence=inst.n, place=f"{case.id} {inst.n}", due_on=inst.due,
            amount_minor=inst.amount,
        )  # fmt: skip


def of_contracts(cases: list[Case], of: Any, *columns: Any) -> list[tuple]:
    """Return these columns of the rows whose `of` names one of the contracts."""
    found, ids = [], [one.id for one in cases]
    with database.reading_session() as session:
        for start in range(0, len(ids), 500):  # as many as a statement can name
            part = col(of).in_(ids[start : start + 500])
            found += session.connection().execute(select(*columns).where(part)).all()
    return found
