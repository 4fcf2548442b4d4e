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
    INVITATION_ISSUED = "invitation:self:issued"
    INVITATION_OPENED = "invitation:self:opened"
    INVITATION_ACTIVATED = "invitation:self:activated"
    INVITATION_REVOKED = "invitation:self:revoked"
    INVITATION_RENEWAL_ASKED = "invitation:renewal:asked"
    INVITATION_RENEWAL_SET_ASIDE = "invitation:renewal:set_aside"
    HOLDERS_GREETED = "contract:holders:greeted"
    RENTAL_REQUESTED = "rental_request:self:submitted"
    RENTAL_ACKNOWLEDGED = "rental_request:self:acknowledged"
    RENTAL_SCHEDULED = "rental_request:self:scheduled"
    RENTAL_RESCHEDULED = "rental_request:self:rescheduled"
    RENTAL_DECLINED = "rental_request:self:declined"
    RENTAL_CANCELLED = "rental_request:self:cancelled"
    RENTAL_RETURNED = "rental_request:self:returned"
    RENTAL_COMPLETED = "rental_request:self:completed"
    PAYMENT_RUN_BEGUN = "payment_run:self:begun"
    PAYMENT_TAKEN = "payment:self:taken"
    PAYMENT_MISSED = "payment:self:missed"
    PAYMENT_DEFAULTED = "payment:self:defaulted"
    PAYMENT_REFUSED = "payment:by_hand:refused"
    PAYMENT_RESCHEDULED = "payment:self:rescheduled"
    PAYMENT_WAIVED = "payment:self:waived"
    PAYMENT_FEE_WAIVED = "payment:fee:waived"
    PAYMENT_REINSTATED = "payment:self:reinstated"
    PAYMENT_WRITTEN_OFF = "payment:self:written_off"
    PAYMENT_HOLDS_RELEASED = "payment:holds:released"
    PAYMENT_MADE_ELSEWHERE = "payment:elsewhere:made"
    CONTRACT_CURED = "contract:standing:cured"
    METHOD_SETUP_BEGUN = "payment_method:setup:begun"
    METHOD_ADDED = "payment_method:self:added"
    METHOD_CHOSEN = "payment_method:self:chosen"
    METHOD_REMOVED = "payment_method:self:removed"
    METHOD_WARNED = "payment_method:expiry:warned"
    CANCELLATION_REQUESTED = "cancellation:self:requested"
    CANCELLATION_APPROVED = "cancellation:self:approved"
    CANCELLATION_DECLINED = "cancellation:self:declined"
    PAYMENT_POLICY_CHANGED = "payment_policy:self:changed"
    DOCUMENT_DOWNLOADED = "document:self:downloaded"
    UPLOAD_BEGUN = "document:upload:begun"
    UPLOAD_RECEIVED = "document:upload:received"
    UPLOAD_CANCELLED = "document:upload:cancelled"
    UPLOAD_ABANDONED = "document:upload:abandoned"
    DOCUMENT_IMPORTED = "document:self:imported"
    DOCUMENT_REJECTED = "document:self:rejected"
    STATEMENT_MAILED = "statement:self:mailed"
    FEED_STARTED = "feed:self:started"
    FEED_FAILED = "feed:self:failed"
    FEED_IMPORTED = "feed:self:imported"
    PORTAL_PUBLISHED = "portal:accounts:published"
    SETTINGS_CHANGED = "settings:self:changed"
    FEATURE_SWITCHED = "settings:feature:switched"
    CHANGE_REQUESTED = "change_request:self:submitted"
    CHANGE_EDITED = "change_request:self:edited"
    CHANGE_WITHDRAWN = "change_request:self:withdrawn"
    CHANGE_PROOF_SENT = "change_request:proof:sent"
    CHANGE_STEP_DONE = "change_request:step:done"
    CHANGE_APPROVED = "change_request:self:approved"
    CHANGE_REJECTED = "change_request:self:rejected"
    CHANGE_APPLIED = "change_request:self:applied"
    CHANGE_FAILED = "change_request:self:failed"
    CHANGE_RETRIED = "change_request:self:retried"
    CHANGE_OVERTAKEN = "change_request:self:overtaken"
    CHANGE_RULE_SET = "change_rule:self:changed"
    GRANT_GIVEN = "grant:self:given"
    GRANT_REVOKED = "grant:self:revoked"
    CASE_OPENED = "case:self:opened"
    CASE_COMMENTED = "case:comment:added"
    CASE_NOTED = "case:note:added"
    CASE_ASSIGNED = "case:work:assigned"
    CASE_PRIORITISED = "case:priority:changed"
    CASE_INFO_ASKED = "case:info:asked"
    CASE_TAKEN_UP = "case:self:taken_up"
    CASE_SOLUTION_PROPOSED = "case:solution:proposed"
    CASE_SOLUTION_ACCEPTED = "case:solution:accepted"
    CASE_SOLUTION_REJECTED = "case:solution:rejected"
    CASE_CLOSED = "case:self:closed"
    CASE_MERGED = "case:self:merged"
    CASE_RATED = "case:self:rated"
    CASE_WARNED = "case:closing:warned"
    CASE_POLICY_SET = "case_policy:self:changed"
    CASE_READER_CHOSEN = "case_reader:self:chosen"
    CASE_TEMPLATE_CHANGED = "case_template:self:changed"
    TOKEN_CREATED = "api_token:self:created"
    TOKEN_REVOKED = "api_token:self:revoked"
    ENDPOINT_ADDED = "webhook_endpoint:self:added"
    ENDPOINT_SWITCHED = "webhook_endpoint:self:switched"
    ENDPOINT_REMOVED = "webhook_endpoint:self:removed"
    DELIVERY_FAILED = "webhook_delivery:self:failed"
    DELIVERY_RETRIED = "webhook_delivery:self:retried"
    CONSENT_GIVEN = "consent:self:given"
    CONSENT_WITHDRAWN = "consent:self:withdrawn"
    MARKETING_WRITTEN = "marketing:message:written"
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
