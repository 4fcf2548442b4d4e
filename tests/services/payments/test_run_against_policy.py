"""The real run, with a gateway that is lost, workers that die and run at once, against the policy.

Every timeline is played on the database day by day. The reference is told of each outage, and its
states, fees, dates and status must be those of the rows at the end of every day.
"""

import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pytest

from portal_app import models as m
from portal_app.ports import PortUnavailable
from portal_app.ports.payments import DeclineReason
from portal_app.services import payments
from portal_app.services.transaction import Transaction
from tests import factories as f
from tests.services.payments.gateway import FakeGateway
from tests.services.payments.plans import SYSTEM, add_instalments, add_method, make_contract
from tests.services.payments.reference import Away, Contract
from tests.services.payments.timelines import Timeline, timeline

TIMELINES = 60
ZONES = ("UTC", "America/Toronto", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Lisbon")
_UNDER_WAY = {"processing": "scheduled", "retrying": "missed"}


class Killed(BaseException):
    """The process dies here; what was not committed is gone."""


@dataclass
class World:
    """One timeline on the database beside the reference."""

    chance: Random
    given: Timeline
    contract: m.Contract
    zone: str
    reference: Contract
    gateway: FakeGateway = field(default_factory=FakeGateway)
    outcomes: dict[tuple[int, int], bool] = field(default_factory=dict)
    tried: Counter[int] = field(default_factory=Counter)
    luck: float = 0.6
    unknown: int | None = None
    is_out: bool = False

    def decides(self, n: int, number: int) -> bool:
        """What the gateway answers to an attempt, the same whenever it is asked."""
        return self.outcomes.setdefault((n, number), self.chance.random() < self.luck)

    def reference_day(self, day: date) -> None:
        """Let the reference do the day; in an outage it stops at the first attempt."""
        left = self.unknown
        with suppress(Away):
            if left is not None:
                self._take(left, day)
            self._run(day)

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
        if self.is_out:
            self.unknown = n
            raise Away
        self.tried[n] += 1
        return self.decides(n, self.tried[n])


def decider(world: World, sequences: dict[str, int]):
    def decide(order):
        _, rest = order.idempotency_key.split("inst-", 1)
        instalment, _, number = rest.rpartition("-attempt-")
        is_paid = world.decides(sequences[instalment], int(number))
        return None if is_paid else DeclineReason.LIMIT_EXCEEDED

    return decide


def make_world(seed: int) -> World:
    chance = Random(seed)
    given, zone = timeline(chance, longest=4), chance.choice(ZONES)
    account = f.account(timezone=zone)
    person = f.person()
    contract = make_contract(account, person, missed_payment_fee_minor=given.fee)
    add_method(contract)
    add_instalments(contract, list(given.days), given.amount)
    reference = Contract(given.contract().insts, given.fee, True, True)
    world = World(chance, given, contract, zone, reference)
    world.luck = chance.choice((0.35, 0.6, 0.9))
    rows = f.fetch_all(m.Instalment, contract_id=contract.id)
    world.gateway.decide = decider(world, {row.id: row.sequence for row in rows})
    return world


def work(world: World) -> None:
    """Do what a job does; whatever goes wrong in it ends it."""
    with suppress(PortUnavailable, Killed):
        payments.settle_open(SYSTEM, contract=world.contract.id, gateway=world.gateway)


def with_deaths(world: World, monkeypatch) -> None:
    """Work with processes that die before the gateway, after it, or before a commit."""
    for _ in range(world.chance.randint(1, 3)):
        place = world.chance.choice(("before", "after", "commit"))
        with monkeypatch.context() as patch:
            if place == "commit":
                deaths = iter([False] * world.chance.randint(0, 2) + [True])
                finish = Transaction.finish

                def dying(tx, deaths=deaths, finish=finish):
                    finish(tx)
                    if next(deaths, False):
                        raise Killed

                patch.setattr(Transaction, "finish", dying)
            else:
                charge = world.gateway.charge

                def lost(order, place=place, charge=charge):
                    if place == "after":
                        charge(order)
                    raise Killed

                patch.setattr(world.gateway, "charge", lost)
            work(world)


def at_once(world: World) -> None:
    """Two workers do the same at the same moment."""
    both = [threading.Thread(target=work, args=(world,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()


def a_day(world: World, monkeypatch) -> None:
    """One day with what may go wrong on it; without an outage it ends with work that succeeds."""
    lost = world.chance.choice(("away", "deaf"))
    world.is_out = world.chance.random() < 0.15
    setattr(world.gateway, lost, lambda: world.is_out)
    trouble = world.chance.random()
    if trouble < 0.4:
        with_deaths(world, monkeypatch)
    elif trouble < 0.5:
        at_once(world)
    work(world)
    setattr(world.gateway, lost, lambda: False)


def found(world: World):
    rows = f.fetch_all(m.Instalment, contract_id=world.contract.id)
    rows.sort(key=lambda row: row.sequence)
    states = [
        (_UNDER_WAY.get(row.state.value, row.state.value), row.fee_minor, row.retry_on)
        for row in rows
    ]
    return states, f.fetch(m.Contract, id=world.contract.id).status.value


def meant(world: World):
    states = [(one.state, one.fee, one.retry_on) for one in world.reference.insts]
    return states, world.reference.standing


def check_money(world: World) -> None:
    """Nothing is charged twice, no fee is booked twice, each outcome is told once."""
    rows = {row.id: row for row in f.fetch_all(m.Instalment, contract_id=world.contract.id)}
    per_payment = Counter(key.split("-attempt-")[0] for key in world.gateway.taken)
    assert max(per_payment.values(), default=0) <= 1
    entries = f.fetch_all(m.LedgerEntry, contract_id=world.contract.id)
    booked = {e.external_id: -e.amount_minor for e in entries if e.kind is m.EntryKind.PAYMENT}
    settled = {
        a.idempotency_key: a.amount_minor
        for a in f.fetch_all(m.PaymentAttempt, contract_id=world.contract.id)
        if a.state is m.AttemptState.SUCCEEDED
    }
    assert booked == settled
    assert set(world.gateway.taken.items()) >= set(settled.items())
    fees = [e for e in entries if e.kind is m.EntryKind.FEE]
    missed = [row for row in rows.values() if row.fee_minor]
    assert len(fees) == len(missed)
    requests = f.fetch_all(m.CancellationRequest, contract_id=world.contract.id)
    assert len(requests) == world.reference.cancellation_request
    told = Counter(
        one.topic for one in f.fetch_all(m.Notification, person_id=world.contract.holder_id)
    )
    assert told["payment.receipt"] == len(settled)
    assert told["payment.missed"] == sum(row.retry_on is not None for row in rows.values())


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S0-25")
@pytest.mark.asvs("2.3.1")
def test_run_with_outages_deaths_and_rivals_is_the_policys(db, clock, monkeypatch):
    f._save(m.PaymentPolicy(brand_id=f.brand().id, takes_payments=True))
    charged = 0
    for seed in range(TIMELINES):
        world = make_world(seed)
        for day, times in world.given.runs:
            noon = datetime.combine(day, time(12), ZoneInfo(world.zone))
            clock.time = noon.astimezone(UTC)
            for _ in range(times):
                a_day(world, monkeypatch)
                world.reference_day(day)
                assert found(world) == meant(world), (seed, day)
        check_money(world)
        charged += len(world.gateway.taken)
    assert charged > TIMELINES
