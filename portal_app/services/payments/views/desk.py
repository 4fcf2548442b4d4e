"""What staff look at: what is owed, what waits for a decision, what each day took."""

from dataclasses import dataclass, field
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import (
    CancellationOrigin,
    CancellationState,
    ContractStatus,
    FailureReason,
)
from portal_app.services.payments.rules.words import Look
from portal_app.services.payments.views.schedules import ContractLink, NextCharge


@dataclass(frozen=True, slots=True)
class Arrears:
    """A contract on which something is owed or on hold; `since` is the first day of that.

    `reason` says why the last attempt failed, `on_hold` how many payments wait for a decision.
    """

    contract: ContractLink
    account_id: str
    account_number: str
    account_name: str
    status: ContractStatus
    status_label: str
    status_tone: str
    owed: Money
    since: date
    retry_on: date | None
    reason: str
    on_hold: int
    cursor: str


@dataclass(frozen=True, slots=True)
class ArrearsPage:
    """A page of contracts with something owed; `after` asks for the page that follows."""

    rows: tuple[Arrears, ...]
    after: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A request to cancel a contract; `reason` and `answer` are shown to the customer.

    `needs_day` is true where a payment failed twice: to decline is to try it again on a day.
    """

    number: str
    state: CancellationState
    look: Look
    origin: CancellationOrigin
    contract: ContractLink
    account_id: str
    account_number: str
    account_name: str
    holder: str
    reason: str
    requested_by: str
    created_at: datetime
    answer: str
    decided_by: str
    decided_at: datetime | None
    owed: Money
    on_hold: int
    zone: str
    may_decide: bool = False
    needs_day: bool = False


@dataclass(frozen=True, slots=True)
class CancellationPage:
    """A page of the queue of requests to cancel, with how many stand in each saved view."""

    rows: tuple[Cancellation, ...]
    after: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One day's payments of a time zone, and what came of them so far."""

    id: str
    on: date
    zone: str
    started_at: datetime
    contracts: int
    taken: int
    failed: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """A page of the log of runs; `after` asks for the page that follows."""

    rows: tuple[Run, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """How often payments failed for one reason lately, and on how many contracts."""

    reason: FailureReason
    words: str
    attempts: int
    contracts: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """What the next run takes on one contract if all succeeds, and what comes of a failure.

    `problem` says why nothing can be taken as things stand, "" if it can.
    """

    contract: ContractLink
    account_number: str
    account_name: str
    on: date
    charges: tuple[NextCharge, ...]
    total: Money
    method: str
    problem: str
    if_failed: str
    cursor: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """The brand's next run before it happens; `on` is None when nothing is planned.

    `contracts` and `totals` (one for each currency) are of the whole run, not of this page.
    """

    on: date | None
    run_at: str
    takes_payments: bool
    rows: tuple[Simulated, ...] = ()
    after: str = ""
    contracts: int = 0
    totals: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyView:
    """How a brand takes payments; `fee` is for contracts that name none of their own."""

    takes_payments: bool = False
    fee: Money = field(default_factory=lambda: Money(0, "USD"))
    retry_first: bool = True
    hold_next: bool = True
    run_at: str = "06:00"
    version: int = 0
