"""What a reader of access gets back."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.services.access.rules import Check


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publication did: how many accounts it looked at, opened, and closed."""

    run_ids: tuple[str, ...]
    checked: int
    registrable: int
    joined: int
    lost: int
    restored: int


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """One thing that an account needs; `fix` names the one click that would help, or ""."""

    check: Check
    is_met: bool
    fix: str = ""
    fix_value: str = ""
    other_account: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to register with an account's phone number."""

    at: datetime
    matched: bool
    ip: str


@dataclass(frozen=True, slots=True)
class Match:
    """By what a search found a customer, and which person that is about, "" for nobody."""

    words: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in the list that staff see; `state` is a `PortalAccess`.

    `by` says what a search found, where that is not the customer's own name or number.
    """

    number: str
    name: str
    owner: str
    phone: str
    email: str
    state: str
    by: Match = Match()
    has_service_contracts: bool = False


@dataclass(frozen=True, slots=True)
class CustomerList:
    """A page of customers, and where the next one begins ("" for nowhere)."""

    rows: tuple[CustomerRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class CustomerContact:
    """A person on an account, and whether they sign in."""

    person_id: str
    name: str
    role: str
    email: str
    phone: str
    has_sign_in: bool
    last_login_at: datetime | None


@dataclass(frozen=True, slots=True)
class Customer:
    """Everything that staff need to see why somebody gets in or does not."""

    account_id: str
    number: str
    name: str
    account_type: str
    state: str
    is_enabled: bool
    has_service_contracts: bool
    phone: str
    email: str
    postal_code: str
    timezone: str
    store: str
    version: int
    published_at: datetime | None
    locked_until: datetime | None
    checks: tuple[ReadinessCheck, ...]
    attempts: tuple[Attempt, ...]
    contacts: tuple[CustomerContact, ...]
    open_sessions: int
    may_end_sessions: bool
    may_publish: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return all(check.is_met for check in self.checks)
