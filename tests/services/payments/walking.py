"""One clock walks over the days of hundreds of contracts, and everything that may go wrong does.

Twice a day the portal's own jobs begin the runs and look at what is unknown; each job that they
leave is done by the portal's own function, with the sandbox for a gateway. A day may be lost to an
outage, a job to a worker that is gone; the gateway may be lost before or after it took the money;
the process dies before any statement or commit, or two do the same at once.
"""

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlmodel import col, select

from portal_app import models as m
from portal_app.jobs import collect_payments as jobs
from portal_app.models import database
from portal_app.ports import PortUnavailable
from tests.services.payments.population import ZONES, Case, of_contracts

UNDER_WAY = {"processing": "scheduled", "retrying": "missed"}
_HOURS = (8, 18)  # in UTC: between them each zone's hour comes on each of its days
_OPEN = (m.AttemptState.ASKED, m.AttemptState.PENDING)


class Killed(BaseException):
    """The process dies here; what was not committed is gone."""


@contextmanager
def killing(points: int):
    """Die before one of the statements or commits to come, unless there are fewer of them."""
    left = [points]

    def tick(*_args):
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    engine = database.engine()
    for moment in ("before_cursor_execute", "commit"):
        event.listen(engine, moment, tick)
    try:
        with suppress(Killed):
            yield
    finally:
        for moment in ("before_cursor_execute", "commit"):
            event.remove(engine, moment, tick)


class Lossy:
    """The sandbox, told which charges to decline, and out of reach for whom it is."""

    name = "sandbox"

    def __init__(self, sandbox, cases: list[Case]) -> None:
        self.sandbox = sandbox
        self.cases = {one.id[:34]: one for one in cases}

    def charge(self, order):
        instalment, _, number = order.idempotency_key.removeprefix("inst-").rpartition("-attempt-")
        case = self.cases[instalment[:34]]
        if case.lost == "away":
            raise PortUnavailable("away")
        is_paid = case.decides(int(instalment[34:]), int(number))
        token = order.token if is_paid else order.token.replace("demo_", "gone_")
        result = self.sandbox.charge(replace(order, token=token))
        if case.lost == "deaf":
            raise PortUnavailable("no answer")
        return result

    def find(self, order):
        if self.cases[order.idempotency_key.removeprefix("inst-")[:34]].lost:
            raise PortUnavailable("away")
        return self.sandbox.find(order)


@dataclass
class Walk:
    """The contracts, the clock, and what the portal is thought to have begun so far."""

    cases: list[Case]
    clock: object
    chance: Random
    begun: set[tuple[str, date]] = field(default_factory=set)
    waiting: list[tuple[str, Case, dict]] = field(default_factory=list)
    seen: str = ""
    kills: int = 0

    def over(self, start: date, days: int, *, is_troubled: bool) -> None:
        """Walk over some days, stopping where something is due and now and then elsewhere."""
        outage = 0
        for day in (start + timedelta(days=n) for n in range(days)):
            if is_troubled and not outage and self.chance.random() < 0.04:
                outage = self.chance.choice((1, 1, 2, 5, 20))
            outage = max(0, outage - 1)
            for hour in () if outage else _HOURS:
                self.clock.time = datetime.combine(day, time(hour), UTC)
                if self._has_work() or self.chance.random() < 0.03:
                    self.stop(is_troubled=is_troubled)

    def _has_work(self) -> bool:
        today = self._days()
        return bool(self.waiting) or any(
            one.unknown is not None or one.is_due(today[one.zone]) for one in self.cases
        )

    def _days(self) -> dict[str, date]:
        return {zone: self.clock.time.astimezone(ZoneInfo(zone)).date() for zone in ZONES}

    def stop(self, *, is_troubled: bool) -> None:
        """Let the portal do what it does at this hour, then hold what it did against the policy."""
        today, looked = self._days(), [one for one in self.cases if one.unknown is not None]
        due = self._begins(today)
        slot = self.clock.time.isoformat()
        self._dying(lambda: jobs.look_at_open_payments(slot), is_troubled)
        self._dying(lambda: jobs.start_payment_runs(slot), is_troubled)
        if is_troubled and self.chance.random() < 0.2:
            jobs.start_payment_runs(slot)
        left = self._left()
        assert sorted(one.id for name, one, _ in left if name == "settle_payments") == sorted(
            one.id for one in looked
        )
        assert sorted(one.id for name, one, _ in left if name == "collect_payments") == sorted(
            one.id for one in due
        )
        work, self.waiting = self.waiting + left, []
        for job in work:
            if is_troubled and self.chance.random() < 0.04:
                self.waiting.append(job)  # its worker is gone; another takes it up later
            else:
                self._do(job, today[job[1].zone], is_troubled)
        self.compare([case for _, case, _ in work])

    def _begins(self, today: dict[str, date]) -> list[Case]:
        """Return whose payments begin now: a zone's run comes once a day, if anything is due."""
        found = []
        for zone, day in today.items():
            is_hour = self.clock.time.astimezone(ZoneInfo(zone)).hour >= 6
            due = [one for one in self.cases if one.zone == zone and one.is_due(day)]
            if is_hour and due and (zone, day) not in self.begun:
                self.begun.add((zone, day))
                found += due
        return found

    def _left(self) -> list[tuple[str, Case, dict]]:
        names = ("collect_payments", "settle_payments")
        wanted = select(m.Job.id, m.Job.name, m.Job.args).where(
            col(m.Job.name).in_(names), col(m.Job.id) > self.seen
        )
        with database.reading_session() as session:
            rows = session.exec(wanted.order_by(col(m.Job.id))).all()
        self.seen = rows[-1][0] if rows else self.seen
        by_id = {one.id: one for one in self.cases} if rows else {}
        return [(name, by_id[args["contract_id"]], args) for _, name, args in rows]

    def _dying(self, work, is_troubled: bool) -> None:
        """Do something that is carried out in the end, however often the process dies before."""
        while is_troubled and self.chance.random() < 0.15:
            self.kills += 1
            with killing(self.chance.randint(1, 40)):
                work()
        work()

    def _do(self, job: tuple[str, Case, dict], day: date, is_troubled: bool) -> None:
        name, case, args = job
        trouble = self.chance.random() if is_troubled else 1.0
        case.lost = self.chance.choice(("away", "deaf")) if trouble < 0.06 else ""

        def work():
            with suppress(PortUnavailable):
                getattr(jobs, name)(**args)

        if 0.06 < trouble < 0.12:
            left, is_asked = self._killed(case, work)
            case.live(day, left=left, is_asked=is_asked)
            if self.chance.random() < 0.3:
                self.waiting.append(job)
                return
        if 0.12 < trouble < 0.15:
            at_once(work)
        work()
        if 0.15 < trouble < 0.2:
            work()
        case.live(day)
        case.lost = ""

    def _killed(self, case: Case, work) -> tuple[int, bool]:
        """Die on the way; return how many outcomes there were, and whether one was asked for."""
        self.kills += 1
        before = self._outcomes(case)[0]
        with killing(self.chance.randint(1, 70)):
            work()
        outcomes, is_asked = self._outcomes(case)
        return outcomes - before, is_asked

    def _outcomes(self, case: Case) -> tuple[int, bool]:
        attempt = m.PaymentAttempt
        states = [state for (state,) in of_contracts([case], attempt.contract_id, attempt.state)]
        asked = sum(state in _OPEN for state in states)
        return len(states) - asked, bool(asked)

    def compare(self, cases: list[Case]) -> None:
        """Hold the rows of these contracts against the reference."""
        row, found = m.Instalment, dict[str, list]()
        columns = (row.contract_id, row.sequence, row.state, row.fee_minor, row.retry_on)
        for id_, n, state, fee, retry_on in of_contracts(cases, row.contract_id, *columns):
            said = UNDER_WAY.get(state.value, state.value)
            found.setdefault(id_, []).append((n, said, fee, retry_on))
        contract = m.Contract
        standing = {
            one[0]: one[1] for one in of_contracts(cases, contract.id, contract.id, contract.status)
        }
        for case in cases:
            rows = [row[1:] for row in sorted(found[case.id], key=lambda row: row[0])]
            assert rows == case.states(), (case, self.clock.time)
            assert standing[case.id] == case.reference.standing, (case, self.clock.time)


def at_once(work) -> None:
    """Two processes do the same at the same moment."""
    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
