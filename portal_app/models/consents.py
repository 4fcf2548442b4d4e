"""What people agreed to and took back: every word of it kept, none of it ever changed (S4-16)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Row, as_text


class ConsentPurpose(StrEnum):
    """What somebody agrees to."""

    MARKETING = "marketing"


class ConsentChannel(StrEnum):
    """How they may be reached for it."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    POST = "post"


class ConsentSource(StrEnum):
    """Where they said so."""

    PORTAL = "portal"
    STAFF = "staff"


class ConsentEvent(Row, table=True):
    """One yes or no to one channel; the last one counts, and triggers refuse any change.

    `words` is the sentence that was read, `text_version` its edition. `sequence` numbers the
    answers of one person, so that of two at the same moment one is the later. `note` is how
    somebody said it whose answer staff wrote down.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "sequence"),
        Index("ix_consent_event_latest", "person_id", "purpose", "channel", "sequence"),
    )

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    person_id: str = Field(foreign_key="person.id", max_length=36)
    sequence: int
    purpose: ConsentPurpose = Field(
        default=ConsentPurpose.MARKETING, sa_type=as_text(ConsentPurpose)
    )
    channel: ConsentChannel = Field(sa_type=as_text(ConsentChannel))
    given: bool
    words: str = Field(max_length=300)
    text_version: str = Field(max_length=24)
    source: ConsentSource = Field(sa_type=as_text(ConsentSource))
    note: str = Field(default="", max_length=200)
    actor_id: str = Field(default="", max_length=60)
    by_name: str = Field(default="", max_length=120)
    ip: str = Field(default="", max_length=45)
    at: datetime
    receipt_no: str = Field(unique=True, max_length=20)
