"""The payments of one contract, and of all that a customer has."""

from dataclasses import dataclass

from portal_app.core.money import Money
from portal_app.models import AttemptState, ContractKind, ContractStatus, SetupState
from portal_app.services.payments.rules.words import Look
from portal_app.services.payments.views.desk import Cancellation
from portal_app.services.payments.views.schedules import (
    ContractLink,
    Method,
    Payment,
    WhatNext,
)


@dataclass(frozen=True, slots=True)
class ContractPayments:
    """All about the payments of one contract (S0-29).

    `missed` is the payment that waits for the customer; `choices` are the methods of this contract
    that count today (S0-21). `takes_payments` is False where the operator collects otherwise: the
    schedule is only shown. Whoever may not manage the contract's methods sees none of them. `whose`
    tells staff that it is their own, so that a colleague decides.
    """

    contract: ContractLink
    kind: ContractKind
    kind_label: str
    status: ContractStatus
    status_label: str
    status_tone: str
    account_id: str
    currency: str
    zone: str
    takes_payments: bool
    what_next: WhatNext
    schedule: tuple[Payment, ...]
    methods: tuple[Method, ...]
    missed: Payment | None
    choices: tuple[Method, ...]
    cancellation: Cancellation | None
    paid: Money
    left: Money
    others: tuple[ContractLink, ...] = ()
    account_number: str = ""
    account_name: str = ""
    may_see_methods: bool = False
    may_manage_methods: bool = False
    may_ask_to_cancel: bool = False
    may_release: bool = False
    whose: str = ""


@dataclass(frozen=True, slots=True)
class ContractSummary:
    """A contract with payments, as a list shows it; its schedule is only to be read there."""

    contract: ContractLink
    kind_label: str
    status_label: str
    status_tone: str
    what_next: WhatNext
    default_method: Method | None
    has_expired_method: bool
    schedule: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerPayments:
    """The contracts with payments of one customer, as staff see them."""

    account_id: str
    contracts: tuple[ContractSummary, ...]


@dataclass(frozen=True, slots=True)
class VehicleGroup:
    """The contracts about one vehicle (S0-18); `asset` is "" for those about nothing known."""

    asset: str
    contracts: tuple[ContractSummary, ...]


@dataclass(frozen=True, slots=True)
class MethodGroup:
    """One contract with its methods; `others` are what a method may be copied to (S0-16)."""

    contract: ContractLink
    methods: tuple[Method, ...]
    may_manage: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """How far somebody is with adding a method; `method` is there once it is added."""

    reference: str
    state: SetupState
    contract: ContractLink
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class SetupBegun:
    """Where to send the browser, and the reference with which to ask how it ended."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Paid:
    """What became of paying now; `reason` says in plain words why nothing was taken."""

    state: AttemptState
    look: Look
    reason: str = ""
