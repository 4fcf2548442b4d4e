"""What customers ask of a store about the items they have on rent."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.models.base import Row, as_text


class RequestKind(StrEnum):
    """What is asked for."""

    OFF_RENT = "off_rent"


class RequestState(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    SCHEDULED = "scheduled"
    RETURNED = "returned"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class ReturnMethod(StrEnum):
    """How the items come back."""

    PICKUP = "pickup"
    DROP_OFF = "drop_off"


class RentalRequest(Row, table=True):
    """A request about one contract line, from the asking to the return."""

    __table_args__ = (
        Index("ix_rental_request_queue", "brand_id", "state", "created_at", "id"),
        Index("ix_rental_request_recent", "brand_id", "created_at", "id"),
        Index("ix_rental_request_account", "account_id", "created_at", "id"),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    number: str = Field(unique=True, max_length=20)
    kind: RequestKind = Field(default=RequestKind.OFF_RENT, sa_type=as_text(RequestKind))
    state: RequestState = Field(default=RequestState.SUBMITTED, sa_type=as_text(RequestState))
    account_id: str = Field(foreign_key="account.id", max_length=36)
    contract_line_id: str = Field(foreign_key="contract_line.id", index=True, max_length=36)
    store_id: str | None = Field(default=None, foreign_key="store.id", index=True, max_length=36)
    requested_by: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    quantity: int
    requested_for: datetime
    method: ReturnMethod = Field(sa_type=as_text(ReturnMethod))
    place: str = Field(default="", max_length=300)
    contact_name: str = Field(max_length=120)
    contact_phone: str = Field(max_length=40)
    notes: str = Field(default="", max_length=1000)
    scheduled_for: datetime | None = None
    confirmed_off_rent_at: datetime | None = None
    reason: str = Field(default="", max_length=400)
    created_at: datetime
    changed_at: datetime
    version: int = 1


class RentalRequestStep(Row, table=True):
    """One thing that happened to a request, in the order it happened."""

    request_id: str = Field(foreign_key="rental_request.id", index=True, max_length=36)
    at: datetime
    state: RequestState = Field(sa_type=as_text(RequestState))
    by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    note: str = Field(default="", max_length=400)
