"""What is told to people, in the portal and outside."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from portal_app.models.base import Json, Row, as_text


class Channel(StrEnum):
    """How a message leaves."""

    EMAIL = "email"
    TEXT = "text"


class MessageClass(StrEnum):
    """What a message is for: `service` is always sent, `marketing` only to who agreed to it."""

    SERVICE = "service"
    MARKETING = "marketing"


class MessageState(StrEnum):
    """What became of a message."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Notification(Row, table=True):
    """Something that a person finds in the portal when they come back."""

    __table_args__ = (Index("ix_notification_list", "person_id", "created_at", "id"),)

    person_id: str = Field(foreign_key="person.id", max_length=36)
    topic: str = Field(max_length=60)
    title: str = Field(max_length=160)
    body: str = Field(default="", max_length=1000)
    link: str = Field(default="", max_length=200)
    created_at: datetime
    read_at: datetime | None = None


class NotificationChoice(Row, table=True):
    """How somebody wants to be told: by group of topics the ways that they chose.

    Nobody has one before they choose; a group that is not in it is told as usual.
    """

    person_id: str = Field(foreign_key="person.id", unique=True, max_length=36)
    ways: Json = Field(default_factory=dict, sa_type=JSON)
    changed_at: datetime


class OutboundMessage(Row, table=True):
    """A letter or a text, written in the transaction that caused it and sent by a job."""

    __table_args__ = (Index("ix_outbound_message_list", "brand_id", "created_at", "id"),)

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    channel: Channel = Field(sa_type=as_text(Channel))
    recipient: str = Field(max_length=254)
    topic: str = Field(max_length=60)
    subject: str = Field(default="", max_length=200)
    text: str = Field(sa_type=Text)
    html: str = Field(default="", sa_type=Text)
    # What the letter's HTML part is made from when it is sent.
    facts: Json = Field(default_factory=dict, sa_type=JSON)
    message_class: MessageClass = Field(
        default=MessageClass.SERVICE, sa_type=as_text(MessageClass, length=10)
    )
    # Whose agreement a marketing message needs; asked again when it leaves.
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True, max_length=36)
    # A code or a link that lets somebody in: emptied once sent, never shown in production.
    carries_secret: bool = False
    state: MessageState = Field(
        default=MessageState.QUEUED, index=True, sa_type=as_text(MessageState)
    )
    error: str = Field(default="", max_length=400)
    dedupe_key: str = Field(unique=True, max_length=120)
    created_at: datetime
    sent_at: datetime | None = None
