"""The append-only account of who did what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index
from sqlmodel import Field

from portal_app.models.base import Json, Table


class Action(StrEnum):
    """Everything that is written down: subject, part, and what happened to it."""

    SESSION_STARTED = "session:self:started"
    SESSION_REFUSED = "session:self:refused"
    SESSION_ENDED = "session:self:ended"
    SESSIONS_ENDED = "session:others:ended"
    SESSION_STEPPED_UP = "session:self:stepped_up"
    PASSWORD_CHANGED = "user:password:changed"
    PASSWORD_RESET_REQUESTED = "user:password:reset_requested"
    PASSWORD_RESET = "user:password:reset"
    FACTOR_ENABLED = "user:second_factor:enabled"
    FACTOR_DISABLED = "user:second_factor:disabled"
    RECOVERY_CODES_MADE = "user:recovery_codes:made"
    RECOVERY_CODE_USED = "user:recovery_code:used"
    USER_REGISTERED = "user:self:registered"
    USER_SUSPENDED = "user:self:suspended"
    USER_RESTORED = "user:self:restored"
    STAFF_CREATED = "staff:self:created"
    STAFF_CHANGED = "staff:self:changed"
    REGISTRATION_STARTED = "registration:self:started"
    REGISTRATION_MISMATCHED = "registration:self:mismatched"
    REGISTRATION_LOCKED = "registration:phone:locked"
    REGISTRATION_UNLOCKED = "registration:phone:unlocked"
    ACCOUNT_CHANGED = "account:self:changed"
    ACCOUNT_PUBLISHED = "account:portal:published"
    ACCOUNT_ACCESS_LOST = "account:portal:lost"
    RENTAL_REQUESTED = "rental_request:self:submitted"
    RENTAL_ACKNOWLEDGED = "rental_request:self:acknowledged"
    RENTAL_SCHEDULED = "rental_request:self:scheduled"
    RENTAL_RESCHEDULED = "rental_request:self:rescheduled"
    RENTAL_DECLINED = "rental_request:self:declined"
    RENTAL_CANCELLED = "rental_request:self:cancelled"
    RENTAL_RETURNED = "rental_request:self:returned"
    RENTAL_COMPLETED = "rental_request:self:completed"
    DOCUMENT_DOWNLOADED = "document:self:downloaded"
    STATEMENT_MAILED = "statement:self:mailed"
    FEED_STARTED = "feed:self:started"
    FEED_FAILED = "feed:self:failed"
    FEED_IMPORTED = "feed:self:imported"
    PORTAL_PUBLISHED = "portal:accounts:published"
    SETTINGS_CHANGED = "settings:self:changed"
    ANNOUNCEMENT_DISMISSED = "announcement:self:dismissed"
    HELP_CHANGED = "help:article:changed"
    LICENCE_READ = "licence:self:read"
    JOB_RETRIED = "job:self:retried"
    JOB_CANCELLED = "job:self:cancelled"
    JOB_PAUSED = "job:schedule:paused"
    JOB_RESUMED = "job:schedule:resumed"
    ACCESS_DENIED = "access:operation:denied"


class AuditEvent(Table, table=True):
    """One action by one actor, chained to the one before it; triggers refuse any change."""

    __table_args__ = (Index("ix_audit_event_object", "object_type", "object_id"),)

    seq: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor_kind: str = Field(max_length=12)
    actor_id: str = Field(default="", index=True, max_length=60)
    brand_id: str = Field(default="", index=True, max_length=36)
    session_id: str = Field(default="", max_length=36)
    ip: str = Field(default="", max_length=45)
    action: str = Field(max_length=80)
    object_type: str = Field(max_length=40)
    object_id: str = Field(default="", max_length=80)
    detail: Json = Field(default_factory=dict, sa_type=JSON)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
