"""What leaves for the operator's own systems: events, who may read them, where they are sent."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Json, Row, Table, as_text


class DeliveryState(StrEnum):
    """What became of an event on its way to an endpoint."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    SKIPPED = "skipped"


class OutgoingEvent(Table, table=True):
    """Something that the master system should know, written with what caused it (S0-14).

    A reader remembers the last `sequence` it has seen: numbers appear in the order of commits.
    """

    __table_args__ = (
        Index("ix_outgoing_event_feed", "brand_id", "sequence"),
        # A number is never given twice, even when the newest event has been forgotten.
        {"sqlite_autoincrement": True},
    )

    sequence: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True, max_length=36)
    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    type: str = Field(max_length=60)
    subject_type: str = Field(max_length=40)
    external_id: str = Field(default="", max_length=80)
    payload: Json = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(index=True)


class ApiToken(Row, table=True):
    """Lets one of the operator's systems in. Its value is shown once; its fingerprint is kept."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    name: str = Field(max_length=80)
    hint: str = Field(max_length=12)
    token_hash: str = Field(unique=True, max_length=64)
    scopes: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime
    created_by: str = Field(default="", max_length=120)
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class WebhookEndpoint(Row, table=True):
    """An address of the operator's to which events are sent, signed with its own secret."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    url: str = Field(max_length=500)
    secret_sealed: str = Field(max_length=300)
    is_enabled: bool = True
    off_because: str = Field(default="", max_length=200)
    created_at: datetime
    created_by: str = Field(default="", max_length=120)
    version: int = 1


class WebhookDelivery(Row, table=True):
    """One event on its way to one endpoint."""

    __table_args__ = (
        UniqueConstraint("event_id", "endpoint_id"),
        Index("ix_webhook_delivery_list", "brand_id", "state", "created_at", "id"),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    event_id: str = Field(foreign_key="outgoing_event.id", max_length=36)
    endpoint_id: str = Field(foreign_key="webhook_endpoint.id", index=True, max_length=36)
    state: DeliveryState = Field(default=DeliveryState.WAITING, sa_type=as_text(DeliveryState))
    attempts: int = 0
    # Counts how often staff had it sent again: each time is a job of its own.
    rounds: int = 1
    answer: str = Field(default="", max_length=300)
    created_at: datetime
    tried_at: datetime | None = None
    delivered_at: datetime | None = None
