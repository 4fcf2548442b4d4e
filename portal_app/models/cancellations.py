"""Wishes that a contract end, each for staff to decide on (S0-25)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from portal_app.models.base import Row, as_text


class CancellationState(StrEnum):
    """Where a request to cancel a contract stands."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"


class CancellationOrigin(StrEnum):
    """Who wants a contract cancelled: the missed-payment rule, the customer, or staff."""

    SYSTEM = "system"
    CONSUMER = "consumer"
    STAFF = "staff"


class CancellationRequest(Row, table=True):
    """A wish that a contract end, for staff to decide on; one open one for a contract (S0-25)."""

    __table_args__ = (
        Index("ix_cancellation_request_queue", "brand_id", "state", "created_at", "id"),
        Index("ix_cancellation_request_contract", "contract_id", "created_at"),
        Index(
            "uq_cancellation_request_open",
            "contract_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    number: str = Field(unique=True, max_length=20)
    contract_id: str = Field(foreign_key="contract.id", max_length=36)
    origin: CancellationOrigin = Field(sa_type=as_text(CancellationOrigin))
    state: CancellationState = Field(
        default=CancellationState.OPEN, sa_type=as_text(CancellationState)
    )
    reason: str = Field(default="", max_length=400)
    requested_by_name: str = Field(default="", max_length=120)
    answer: str = Field(default="", max_length=400)
    decided_by: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    decided_by_name: str = Field(default="", max_length=120)
    decided_at: datetime | None = None
    created_at: datetime
