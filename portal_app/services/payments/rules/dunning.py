"""The missed-payment policy: which charge comes next, and what follows from its outcome.

The daily run and "what happens next" both ask here, so that what is foretold is what is done. It
is the operator's own executable policy, held against it by a test over many thousand timelines:
a missed payment is tried again with its fee on the next due date, before the payment that is due
then; if that fails too, the contract's cancellation is asked for and what is to come is held.
"""

from dataclasses import dataclass, replace
from datetime import date

from portal_app.models import AttemptKind, ContractStatus
from portal_app.models import InstalmentState as State

# Money is taken on contracts that stand like this, and on no others.
COLLECTED = (
    ContractStatus.ACTIVE,
    ContractStatus.PAST_DUE,
    ContractStatus.PENDING_CANCELLATION,
)
_UNSETTLED = frozenset({State.PROCESSING, State.RETRYING})
_OWED = frozenset({State.MISSED, State.DEFAULTED, State.RETRYING})
_LATEST_DAY = 28


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract agreed to: the fee for a missed payment in minor units, and the order.

    `retry_first` tries what was missed before what is due; `hold_next` holds what is to come
    once a second attempt has failed.
    """

    fee: int
    retry_first: bool = True
    hold_next: bool = True


@dataclass(frozen=True, slots=True)
class Slip:
    """One payment as the policy sees it; amounts are minor units."""

    sequence: int
    due_on: date
    amount: int
    state: State = State.SCHEDULED
    fee: int = 0
    retry_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract as the policy sees it: its payments in order, and how it stands."""

    terms: Terms
    slips: tuple[Slip, ...]
    status: ContractStatus = ContractStatus.ACTIVE
    has_request: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be taken next: `amount` without the fee, in minor units."""

    sequence: int
    kind: AttemptKind
    amount: int
    fee: int = 0

    @property
    def total(self) -> int:
        """All that is taken."""
        return self.amount + self.fee


def next_charge(standing: Standing, day: date) -> Charge | None:
    """Return what the run of a day takes next; None when it is done with this contract.

    Nothing is taken while the outcome of an earlier charge is not known: it may decide.
    """
    if standing.status not in COLLECTED or any(one.state in _UNSETTLED for one in standing.slips):
        return None
    missed = [one for one in standing.slips if one.state is State.MISSED and _has_come(one, day)]
    due = [one for one in standing.slips if one.state is State.SCHEDULED and one.due_on <= day]
    order = (*missed, *due) if standing.terms.retry_first else (*due, *missed)
    return charge_of(order[0]) if order else None


def charge_of(slip: Slip) -> Charge:
    """Return what is taken for a payment: a missed one costs its fee as well."""
    if slip.state is State.MISSED:
        return Charge(slip.sequence, AttemptKind.RETRY, slip.amount, slip.fee)
    return Charge(slip.sequence, AttemptKind.DUE, slip.amount)


def settled(standing: Standing, charge: Charge, day: date, *, is_paid: bool) -> Standing:
    """Return how a contract stands once the outcome of a charge is known on a day.

    A customer's own payment that fails changes nothing: it is not the second attempt.
    """
    if is_paid:
        return _paid(standing, charge)
    if charge.kind is AttemptKind.PAY_NOW:
        return _with(standing, charge.sequence, state=State.MISSED)
    if charge.kind is AttemptKind.RETRY:
        return _defaulted(standing, charge)
    retry_on = _retry_day(standing, day)
    missed = _with(
        standing, charge.sequence, state=State.MISSED, fee=standing.terms.fee, retry_on=retry_on
    )
    return replace(missed, status=_past_due(standing))


def cured(standing: Standing) -> Standing:
    """Return a contract in good standing again if nothing of it is owed any more."""
    if standing.has_request or any(one.state in _OWED for one in standing.slips):
        return standing
    if standing.status is not ContractStatus.PAST_DUE:
        return standing
    return replace(standing, status=ContractStatus.ACTIVE)


def next_day(standing: Standing, today: date) -> date | None:
    """Return the next day on which anything is taken, today at the earliest."""
    if standing.status not in COLLECTED:
        return None
    days = [one.due_on for one in standing.slips if one.state is State.SCHEDULED]
    days += [one.retry_on for one in standing.slips if one.state is State.MISSED and one.retry_on]
    return max(today, min(days)) if days else None


def _has_come(slip: Slip, day: date) -> bool:
    return slip.retry_on is not None and slip.retry_on <= day


def _paid(standing: Standing, charge: Charge) -> Standing:
    if charge.kind is AttemptKind.DUE:
        return _with(standing, charge.sequence, state=State.PAID)
    return cured(_with(standing, charge.sequence, state=State.PAID_LATE))


def _defaulted(standing: Standing, charge: Charge) -> Standing:
    failed = _with(standing, charge.sequence, state=State.DEFAULTED)
    slips = failed.slips
    if standing.terms.hold_next:
        slips = tuple(
            replace(one, state=State.ON_HOLD) if one.state is State.SCHEDULED else one
            for one in slips
        )
    status = ContractStatus.PENDING_CANCELLATION
    return replace(failed, slips=slips, status=status, has_request=True)


def _past_due(standing: Standing) -> ContractStatus:
    """Leave a contract whose cancellation is asked for waiting, whatever else fails."""
    return ContractStatus.PENDING_CANCELLATION if standing.has_request else ContractStatus.PAST_DUE


def _retry_day(standing: Standing, day: date) -> date:
    """Return when a missed payment is tried again: the next due date, else a month later."""
    later = [one.due_on for one in standing.slips if one.due_on > day]
    if later:
        return min(later)
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, _LATEST_DAY))


def _with(standing: Standing, sequence: int, **changes: object) -> Standing:
    slips = tuple(
        replace(one, **changes) if one.sequence == sequence else one for one in standing.slips
    )
    return replace(standing, slips=slips)
