"""A schedule with its attempts, the methods that pay it, and what happens next."""

from dataclasses import dataclass
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import (
    AttemptKind,
    AttemptState,
    ContractStatus,
    InstalmentState,
    MethodKind,
)
from portal_app.services.payments.rules.words import Look


@dataclass(frozen=True, slots=True)
class ContractLink:
    """A contract as other things mention it."""

    id: str
    number: str
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A card or a bank account of one contract.

    `expires` is such as `11/2026`, "" for accounts; `expires_on` is its last day. `elsewhere` are
    the other contracts that hold the same card, and that this reader may manage (S0-16).
    """

    id: str
    kind: MethodKind
    label: str
    brand: str
    last4: str
    holder: str
    expires: str
    expires_on: date | None
    is_default: bool
    is_expired: bool
    is_usable: bool
    elsewhere: tuple[ContractLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to take a payment; `reason` says in plain words why nothing was taken."""

    id: str
    on: date
    at: datetime
    sequence: int
    number: int
    kind: AttemptKind
    kind_words: str
    amount: Money
    fee: Money
    state: AttemptState
    look: Look
    reason: str
    method: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a schedule; `retry_on` is when a missed one is tried again, with `fee`.

    `owed_fee` is what of the fee stays owed though the payment itself was made elsewhere. The flags
    say what this reader may do to it now.
    """

    id: str
    sequence: int
    due_on: date
    amount: Money
    fee: Money
    owed_fee: Money
    state: InstalmentState
    look: Look
    retry_on: date | None
    paid_on: date | None
    rescheduled_from: date | None
    attempts: tuple[Attempt, ...] = ()
    may_pay_now: bool = False
    may_reschedule: bool = False
    may_waive: bool = False
    may_waive_fee: bool = False
    may_reinstate: bool = False
    may_write_off: bool = False
    has_receipt: bool = False


@dataclass(frozen=True, slots=True)
class NextCharge:
    """What the next run takes, if it can."""

    sequence: int
    kind: AttemptKind
    words: str
    amount: Money
    fee: Money
    total: Money


@dataclass(frozen=True, slots=True)
class WhatNext:
    """What happens next on a contract, foretold by the policy that the run follows (S0-27).

    `charges` are all that the run of `on` takes if each succeeds. `if_nothing` says what comes of
    doing nothing, `if_fixed` what comes of adding a valid method before `fix_before`; it is empty
    when there is nothing to fix. `needs_action` is true when only the customer can put it right.
    """

    contract: ContractLink
    status: ContractStatus
    tone: str
    headline: str
    on: date | None = None
    charges: tuple[NextCharge, ...] = ()
    total: Money | None = None
    method: str = ""
    consequence: str = ""
    if_nothing: tuple[str, ...] = ()
    if_fixed: tuple[str, ...] = ()
    fix_before: date | None = None
    past: tuple[Attempt, ...] = ()
    needs_action: bool = False
