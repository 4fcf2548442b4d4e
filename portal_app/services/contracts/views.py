"""What a reader of accounts and contracts gets back."""

from dataclasses import dataclass
from datetime import date, datetime

from portal_app.core.money import Money
from portal_app.models import (
    Account,
    ContractKind,
    ContractPhase,
    ContractStatus,
    Person,
    Store,
)


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """An account that somebody may choose to look at.

    `is_whole` is False for somebody who only holds a contract on it: they see that contract, but
    no balance, no statements and nobody else's contracts. Whoever represents one of its contacts
    is no contact either: `has_items` says that they see what is rented, `has_figures` that they
    see balance, invoices and statements. `has_rentals` says that anything was
    ever rented to it, `has_service_contracts` that a service contract or a loan is on it.
    `acting_for` names whose it is, for somebody who sees it only on their behalf; `whose` is that
    person's id.
    """

    id: str
    number: str
    name: str
    zone: str = "UTC"
    is_whole: bool = True
    has_rentals: bool = False
    has_service_contracts: bool = False
    acting_for: str = ""
    has_items: bool = True
    has_figures: bool = True
    whose: str = ""

    @property
    def rents(self) -> bool:
        """Whether pages about rentals mean anything to who looks at it, as far as we know.

        Not to somebody with nothing but service contracts, nor to the holder of a single one.
        """
        return self.has_items and self._is_rented_to

    @property
    def is_billed(self) -> bool:
        """Whether pages about invoices and statements mean anything to who looks at it."""
        return self.has_figures and self._is_rented_to

    @property
    def _is_rented_to(self) -> bool:
        return self.has_rentals or not self.has_service_contracts

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        is_whole: bool = True,
        has_rentals: bool = False,
        acting_for: Person | None = None,
        has_items: bool = False,
        has_figures: bool = False,
    ) -> "AccountChoice":
        """Return what is shown of an account."""
        return cls(
            account.id,
            account.number,
            account.name,
            account.timezone,
            is_whole,
            has_rentals,
            account.has_service_contracts,
            acting_for.name if acting_for else "",
            whose=acting_for.id if acting_for else "",
            has_items=is_whole or has_items,
            has_figures=is_whole or has_figures,
        )


@dataclass(frozen=True, slots=True)
class StoreContact:
    """Whom to turn to; every part is empty when no store is known."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    @classmethod
    def of(cls, store: Store | None) -> "StoreContact":
        """Return whom to turn to at a store."""
        if store is None:
            return cls()
        return cls(store.name, store.phone, store.email, store.address)


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract in a list, with all that its hover card repeats.

    `items_out` counts pieces, not lines, and is 0 unless the contract is in force.
    `first_item` describes one of its `lines`, `asset` what a service contract or a loan is for.
    """

    id: str
    number: str
    kind: ContractKind
    kind_label: str
    status: ContractStatus
    phase: ContractPhase
    status_label: str
    status_tone: str
    next_step: str
    items_out: int
    lines: int
    first_item: str
    asset: str
    store: StoreContact
    starts_on: date | None
    ends_on: date | None
    listed_on: date
    po_number: str

    @property
    def is_rental(self) -> bool:
        """Whether things go out and come back by it."""
        return self.kind is ContractKind.RENTAL


@dataclass(frozen=True, slots=True)
class ContractPage:
    """One page of a list; `after` is "" on the last one.

    A search looks through a bounded number of contracts at a time. `searched_back_to` is set when
    it stopped there with more to look through: `after` then continues the search.
    """

    rows: tuple[ContractRow, ...]
    after: str = ""
    searched_back_to: date | None = None


@dataclass(frozen=True, slots=True)
class ContractItem:
    """One line of a contract. Moments are UTC; `is_overdue` means out after the day it was due."""

    id: str
    description: str
    quantity: int
    returned: int
    out: int
    rate: Money | None
    rate_period: str
    out_at: datetime | None
    due_back_at: datetime | None
    off_rent_at: datetime | None
    site: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ContractDetail:
    """A contract in full. `zone` is the time zone of its store, in which its moments are shown.

    `items` holds the first lines of very many; `row.lines` says how many there are.
    """

    row: ContractRow
    account: AccountChoice
    brand_id: str
    zone: str
    holder: str
    asset: str
    vin: str
    purchased_on: date | None
    missed_payment_fee: Money | None
    items: tuple[ContractItem, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the operator holds about an account and the person who looks at it (S3-17)."""

    account: AccountChoice
    main_phone: str
    email: str
    postal_code: str
    person: str
    person_email: str
    person_phone: str
    person_address: tuple[str, ...]
    store: StoreContact
