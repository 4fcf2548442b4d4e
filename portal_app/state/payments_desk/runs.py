"""State behind the log of the daily runs, and the next one before it happens."""

from dataclasses import dataclass, field

import reflex as rx

from portal_app.services import payments
from portal_app.state.access import staff
from portal_app.state.base import PortalState
from portal_app.state.formats import day, money, plural, short_day, short_moment
from portal_app.state.listing import ListMixin, Page
from portal_app.state.payments_desk.words import PATH, contract_path


@dataclass(frozen=True)
class RunRow:
    """One day's run in one time zone."""

    id: str
    on: str
    zone: str
    started: str
    contracts: str
    taken: str
    failed: str
    unsettled: str
    status: str
    tone: str

    @classmethod
    def of(cls, run: payments.Run) -> "RunRow":
        """Format a run for the log."""
        open_, tone = f"{run.unsettled:,} open", "warn"
        if not run.unsettled:
            open_, tone = "Finished", "good"
        return cls(
            id=run.id,
            on=short_day(run.on),
            zone=run.zone.replace("_", " "),
            started=short_moment(run.started_at, run.zone),
            contracts=f"{run.contracts:,}",
            taken=f"{run.taken:,}",
            failed=f"{run.failed:,}",
            unsettled=f"{run.unsettled:,}",
            status=open_,
            tone=tone,
        )


@dataclass(frozen=True)
class FailureRow:
    """How often payments failed for one reason, with the way to whom that concerns."""

    reason: str
    words: str
    meta: str
    href: str

    @classmethod
    def of(cls, failure: payments.Failure) -> "FailureRow":
        """Format one reason."""
        tries = plural(failure.attempts, "attempt")
        return cls(
            reason=failure.reason.value,
            words=failure.words,
            meta=f"{tries} on {plural(failure.contracts, 'contract')}",
            href=f"{PATH}?reason={failure.reason.value}",
        )


class RunLogState(ListMixin, PortalState):
    """What each day's run came to, and why payments failed lately."""

    rows: list[RunRow] = []
    reasons: list[FailureRow] = []
    _noun = ("run",)
    _rest = ""

    @rx.event
    @staff
    async def load(self):
        """Fill the page."""
        self._empty()
        self.reasons = []
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Follow a run while it goes on."""
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show earlier runs as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            found = await self._ask(payments.failures)
            self.reasons = [FailureRow.of(one) for one in found]
            self._watch(RunLogState.refresh, f"payments:{self._actor.brand}")

    async def _page(self, after: str) -> Page:
        page = await self._ask(payments.payment_runs, after=after)
        return Page([RunRow.of(run) for run in page.rows], page.after)


@dataclass(frozen=True)
class SimulatedRow:
    """What the next run takes on one contract; `charges` are its payments, one a line."""

    id: str
    number: str
    href: str
    customer: str
    account: str
    charges: list[str]
    total: str
    method: str
    outlook: str
    tone: str
    if_failed: str

    @classmethod
    def of(cls, row: payments.Simulated) -> "SimulatedRow":
        """Format one contract of the next run."""
        return cls(
            id=row.contract.id,
            number=row.contract.number,
            href=contract_path(row.contract),
            customer=row.account_name,
            account=f"Account {row.account_number}",
            charges=[f"{one.words}: {money(one.total)}" for one in row.charges],
            total=money(row.total),
            method=row.method or "No method",
            outlook=row.problem,
            tone="bad" if row.problem else "good",
            if_failed=_sentence(row.if_failed),
        )


def _sentence(words: str) -> str:
    """Return what comes of a failure for a column that is headed so."""
    rest = words.removeprefix("If it fails, ").removeprefix("So ")
    return rest[:1].upper() + rest[1:]


@dataclass(frozen=True)
class NextRunView:
    """The next run as a whole."""

    on: str = ""
    contracts: str = ""
    total: str = ""
    hour: str = ""
    is_off: bool = False
    totals: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, found: payments.Simulation) -> "NextRunView":
        """Say when it is, on how many contracts, and what it comes to if all succeeds."""
        return cls(
            on=day(found.on) if found.on else "",
            contracts=f"{found.contracts:,}",
            total=" and ".join(money(one) for one in found.totals),
            hour=f"From {found.run_at}, in each account's own time zone",
            is_off=not found.takes_payments,
        )


class NextRunState(ListMixin, PortalState):
    """The next run before it happens: what from whom, and what if it fails."""

    rows: list[SimulatedRow] = []
    next: NextRunView = NextRunView()
    _noun = ("contract",)
    _rest = ""

    @rx.event
    @staff
    async def load(self):
        """Foretell the run."""
        self._empty()
        self.next = NextRunView()
        await self._refresh()

    @rx.event
    @staff
    async def refresh(self):
        """Foretell it anew: something has changed."""
        await self._refresh()

    @rx.event
    @staff
    async def more(self):
        """Show the next contracts as well."""
        with self._opening():
            await self._read_on()

    async def _refresh(self) -> None:
        with self._opening():
            await self._read()
            brand = self._actor.brand
            self._watch(NextRunState.refresh, f"payments:{brand}", f"settings:{brand}")

    async def _page(self, after: str) -> Page:
        found = await self._ask(payments.simulate_run, after=after)
        self.next = NextRunView.of(found)
        return Page([SimulatedRow.of(row) for row in found.rows], found.after)
