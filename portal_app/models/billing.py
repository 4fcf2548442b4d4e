"""What customers owe and have paid. Balance, statements and ageing all derive from the ledger."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import MasterRow, as_text


class EntryKind(StrEnum):
    """Why an amount stands in the ledger."""

    OPENING = "opening"
    CHARGE = "charge"
    PAYMENT = "payment"
    FEE = "fee"
    CREDIT = "credit"
    REFUND = "refund"


class Invoice(MasterRow, table=True):
    """A bill."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        UniqueConstraint("brand_id", "number"),
        Index("ix_invoice_list", "account_id", "issued_on", "id"),
        Index("ix_invoice_due", "account_id", "due_on"),
    )

    number: str = Field(max_length=40)
    account_id: str = Field(foreign_key="account.id", max_length=36)
    contract_id: str | None = Field(
        default=None, foreign_key="contract.id", index=True, max_length=36
    )
    issued_on: date
    due_on: date | None = None
    total_minor: int = Field(sa_type=BigInteger)
    open_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = Field(default="USD", max_length=3)


class InvoiceLine(MasterRow, table=True):
    """One line of a bill."""

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    invoice_id: str = Field(foreign_key="invoice.id", index=True, max_length=36)
    description: str = Field(max_length=200)
    quantity: str = Field(default="", max_length=20)
    unit_price_minor: int | None = Field(default=None, sa_type=BigInteger)
    amount_minor: int = Field(sa_type=BigInteger)


class LedgerEntry(MasterRow, table=True):
    """A signed movement on an account: what the customer owes more is positive."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        # Amount and end stand in the index so that years of entries are summed from it alone.
        Index(
            "ix_ledger_entry_list", "account_id", "effective_on", "id", "amount_minor", "ended_at"
        ),
        Index("ix_ledger_entry_reference", "account_id", "reference"),
    )

    account_id: str = Field(foreign_key="account.id", max_length=36)
    contract_id: str | None = Field(
        default=None, foreign_key="contract.id", index=True, max_length=36
    )
    kind: EntryKind = Field(sa_type=as_text(EntryKind))
    amount_minor: int = Field(sa_type=BigInteger)
    effective_on: date
    reference: str = Field(default="", max_length=60)
    method_label: str = Field(default="", max_length=60)
