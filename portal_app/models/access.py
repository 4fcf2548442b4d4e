"""Tries to register by phone number."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.models.base import Row


class RegistrationAttempt(Row, table=True):
    """One try to register; staff see the ones that did not match."""

    __table_args__ = (Index("ix_registration_attempt_phone", "brand_id", "phone_e164", "at"),)

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    phone_e164: str = Field(max_length=16)
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    at: datetime
    matched: bool = False
    ip: str = Field(default="", max_length=45)
