"""What customers apply for, on which terms, and who is party to it (S2, S4)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import MasterRow, as_text


class SharingMode(StrEnum):
    """Whether the parties of an application see all of its answers, or their own alone."""

    SHARED = "shared"
    OWN_SECTIONS = "own_sections"


class PartyRole(StrEnum):
    """What a person is to an application."""

    PRIMARY_APPLICANT = "primary_applicant"
    APPLICANT = "applicant"
    GUARANTOR = "guarantor"
    OTHER = "other"


# Only these may be invited to fill in the application (S2-06).
INVITABLE = (PartyRole.PRIMARY_APPLICANT, PartyRole.APPLICANT, PartyRole.GUARANTOR)


class Application(MasterRow, table=True):
    """What somebody applies for: a mortgage, finance for a vehicle, and its terms.

    Amounts are minor units of `currency`, None where nobody has said. `rate_milli` is in
    thousandths of a percent a year: 6.125 % is 6125, because basis points cannot hold it.
    `submitted_at` is when the customers last handed their answers in.
    """

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        UniqueConstraint("brand_id", "number"),
        Index("ix_application_list", "brand_id", "introduced_on", "id"),
        Index("ix_application_kind", "brand_id", "kind", "introduced_on", "id"),
    )

    number: str = Field(max_length=40)
    kind: str = Field(max_length=40)
    stage: str = Field(default="", max_length=80)
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    asset_id: str | None = Field(default=None, foreign_key="asset.id", index=True, max_length=36)
    finance_type: str = Field(default="", max_length=80)
    rate_milli: int | None = None
    term_months: int | None = None
    total_cash_price_minor: int | None = Field(default=None, sa_type=BigInteger)
    deposit_minor: int | None = Field(default=None, sa_type=BigInteger)
    part_exchange_minor: int | None = Field(default=None, sa_type=BigInteger)
    cash_minor: int | None = Field(default=None, sa_type=BigInteger)
    settlement_minor: int | None = Field(default=None, sa_type=BigInteger)
    balance_to_finance_minor: int | None = Field(default=None, sa_type=BigInteger)
    registration_fee_minor: int | None = Field(default=None, sa_type=BigInteger)
    balloon_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = Field(default="USD", max_length=3)
    introduced_on: date
    # What follows is the portal's own and no feed's.
    sharing_mode: SharingMode = Field(default=SharingMode.SHARED, sa_type=as_text(SharingMode))
    submitted_at: datetime | None = None
    submitted_by_name: str = Field(default="", max_length=120)


class ApplicationParty(MasterRow, table=True):
    """A person's part in an application; `portal_enabled` says that staff let them in (S2-18)."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_application_party_of", "application_id", "role", "id"),
        Index("ix_application_party_person", "person_id", "application_id"),
    )

    application_id: str = Field(foreign_key="application.id", max_length=36)
    person_id: str = Field(foreign_key="person.id", max_length=36)
    role: PartyRole = Field(sa_type=as_text(PartyRole))
    portal_enabled: bool = False
