"""Accounts, and what their holders have with the operator."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import MasterRow, as_text


class AccountType(StrEnum):
    """How a customer pays: only `account` customers may use the portal (S3-09)."""

    ACCOUNT = "account"
    CASH_ONLY = "cash_only"


class PortalAccess(StrEnum):
    """How far an account is on its way into the portal."""

    NOT_READY = "not_ready"
    READY_UNPUBLISHED = "ready_unpublished"
    REGISTRABLE = "registrable"
    REGISTERED = "registered"
    SUSPENDED = "suspended"
    LOCKED = "locked"


# The owner may register or has done so; the others on the account need not wait for that.
PUBLISHED = (PortalAccess.REGISTRABLE, PortalAccess.REGISTERED, PortalAccess.LOCKED)


class ContactRole(StrEnum):
    """What a person is to an account."""

    OWNER = "owner"
    AUTHORISED = "authorised"
    BILLING = "billing"


class ContractKind(StrEnum):
    """What was agreed."""

    SERVICE_CONTRACT = "service_contract"
    RENTAL = "rental"
    FINANCE = "finance"


# Whoever holds one of these is invited; rentals are registered for (S0-07, S3-12).
SERVICE_KINDS = (ContractKind.SERVICE_CONTRACT, ContractKind.FINANCE)


class ContractStatus(StrEnum):
    """Where a contract stands."""

    QUOTE = "quote"
    RESERVATION = "reservation"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    PENDING_CANCELLATION = "pending_cancellation"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    CLOSED = "closed"
    EXPIRED = "expired"


class ContractPhase(StrEnum):
    """Which list a contract stands in; follows from its status, kept so that lists stay fast."""

    QUOTE = "quote"
    RESERVATION = "reservation"
    CURRENT = "current"
    ENDED = "ended"


PHASE_OF = {
    ContractStatus.QUOTE: ContractPhase.QUOTE,
    ContractStatus.RESERVATION: ContractPhase.RESERVATION,
    ContractStatus.ACTIVE: ContractPhase.CURRENT,
    ContractStatus.PAST_DUE: ContractPhase.CURRENT,
    ContractStatus.PENDING_CANCELLATION: ContractPhase.CURRENT,
    ContractStatus.CANCELLED: ContractPhase.ENDED,
    ContractStatus.RETURNED: ContractPhase.ENDED,
    ContractStatus.CLOSED: ContractPhase.ENDED,
    ContractStatus.EXPIRED: ContractPhase.ENDED,
}


class Store(MasterRow, table=True):
    """A branch of the operator's that customers deal with."""

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=300)
    timezone: str = Field(default="", max_length=40)


class Account(MasterRow, table=True):
    """A customer's account with its ledger: never a sign-in."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        UniqueConstraint("brand_id", "number"),
        Index("ix_account_brand_id_main_phone_e164", "brand_id", "main_phone_e164"),
        Index("ix_account_brand_id_name", "brand_id", "name", "id"),
        Index("ix_account_brand_id_country", "brand_id", "country"),
    )

    number: str = Field(max_length=40)
    name: str = Field(max_length=160)
    account_type: AccountType = Field(sa_type=as_text(AccountType))
    main_phone: str = Field(default="", max_length=40)
    main_phone_e164: str = Field(default="", max_length=16)
    email: str = Field(default="", max_length=254)
    postal_code: str = Field(default="", max_length=16)
    country: str = Field(default="US", max_length=2)
    currency: str = Field(default="USD", max_length=3)
    timezone: str = Field(default="UTC", max_length=40)
    store_id: str | None = Field(default=None, foreign_key="store.id", index=True, max_length=36)
    web_portal_enabled: bool = False
    # Follows from its contracts, kept so that asking who sees an account stays fast: people with
    # a service contract or finance agreement come in by invitation, not by registering.
    has_service_contracts: bool = False
    portal_access: PortalAccess = Field(
        default=PortalAccess.NOT_READY, index=True, sa_type=as_text(PortalAccess)
    )
    published_at: datetime | None = None
    locked_until: datetime | None = None


class AccountContact(MasterRow, table=True):
    """A person's role on an account, for as long as it lasts."""

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    account_id: str = Field(foreign_key="account.id", index=True, max_length=36)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    role: ContactRole = Field(sa_type=as_text(ContactRole))
    starts_on: date | None = None
    ends_on: date | None = None


class Asset(MasterRow, table=True):
    """A thing that contracts are about: a vehicle, an item for rent, a product."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_asset_vin", "brand_id", "vin"),
    )

    kind: str = Field(max_length=12)
    description: str = Field(default="", max_length=200)
    make: str = Field(default="", max_length=80)
    model: str = Field(default="", max_length=80)
    variant: str = Field(default="", max_length=80)
    fuel: str = Field(default="", max_length=40)
    colour: str = Field(default="", max_length=40)
    doors: int | None = None
    transmission: str = Field(default="", max_length=40)
    engine_size: str = Field(default="", max_length=20)
    mileage: int | None = None
    registration: str = Field(default="", max_length=20)
    vin: str = Field(default="", max_length=20)
    serial: str = Field(default="", max_length=60)


class Contract(MasterRow, table=True):
    """A quote, a reservation, a rental, a service contract or a finance agreement."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        UniqueConstraint("brand_id", "number"),
        Index("ix_contract_list", "account_id", "listed_on", "id"),
        Index("ix_contract_phase_list", "account_id", "phase", "listed_on", "id"),
        Index("ix_contract_purchased", "brand_id", "purchased_on"),
        Index("ix_contract_holders", "account_id", "holder_id"),
        Index("ix_contract_held", "holder_id", "account_id"),
        Index("ix_contract_kind", "account_id", "kind"),
    )

    number: str = Field(max_length=40)
    kind: ContractKind = Field(sa_type=as_text(ContractKind))
    status: ContractStatus = Field(sa_type=as_text(ContractStatus))
    phase: ContractPhase = Field(sa_type=as_text(ContractPhase))
    account_id: str = Field(foreign_key="account.id", max_length=36)
    holder_id: str | None = Field(default=None, foreign_key="person.id", index=True, max_length=36)
    store_id: str | None = Field(default=None, foreign_key="store.id", index=True, max_length=36)
    asset_id: str | None = Field(default=None, foreign_key="asset.id", index=True, max_length=36)
    purchased_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    listed_on: date
    po_number: str = Field(default="", max_length=40)
    missed_payment_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = Field(default="USD", max_length=3)
    # The portal's own payments decide between active, past due and pending cancellation now.
    has_own_standing: bool = False


class ContractLine(MasterRow, table=True):
    """One line of a contract: what went out, how many, and what came back."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_contract_line_search", "contract_id", "description"),
    )

    contract_id: str = Field(foreign_key="contract.id", max_length=36)
    asset_id: str | None = Field(default=None, foreign_key="asset.id", index=True, max_length=36)
    description: str = Field(max_length=200)
    quantity: int
    quantity_returned: int = 0
    rate_minor: int | None = Field(default=None, sa_type=BigInteger)
    rate_period: str = Field(default="", max_length=8)
    out_at: datetime | None = None
    due_back_at: datetime | None = None
    off_rent_at: datetime | None = None
    site: str = Field(default="", max_length=300)

    @property
    def quantity_out(self) -> int:
        """How many are with the customer now."""
        return self.quantity - self.quantity_returned
