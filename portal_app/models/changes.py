"""What customers and staff ask to have changed, who decides about it, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Json, Row, Table, as_text


class ChangeState(StrEnum):
    """Where a change request stands."""

    SUBMITTED = "submitted"
    PENDING_REVIEW = "pending_review"
    APPROVED = "approved"
    APPLIED = "applied"
    APPLY_FAILED = "apply_failed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ChangePolicy(StrEnum):
    """What a change waits for: nothing, staff, or proof that an address or number is theirs."""

    AUTO = "auto"
    REVIEW = "review"
    PROOF = "proof"


class ChangeOrigin(StrEnum):
    """Who wanted a change."""

    CONSUMER = "consumer"
    STAFF = "staff"
    SYSTEM = "system"


class ChangeRequest(Row, table=True):
    """One change of one thing, from the asking to the applying (S0-06, S0-11).

    `kind` names a row of the registry of kinds; `before` and `after` hold the fields that differ.
    A later feed that says otherwise is noted as `superseded` (S0-14).
    """

    __table_args__ = (
        Index("ix_change_request_queue", "brand_id", "state", "created_at", "id"),
        Index("ix_change_request_recent", "brand_id", "created_at", "id"),
        Index("ix_change_request_subject", "subject_type", "subject_id", "created_at", "id"),
        Index("ix_change_request_person", "person_id", "created_at", "id"),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    number: str = Field(unique=True, max_length=20)
    kind: str = Field(max_length=24)
    state: ChangeState = Field(default=ChangeState.SUBMITTED, sa_type=as_text(ChangeState))
    policy: ChangePolicy = Field(sa_type=as_text(ChangePolicy))
    origin: ChangeOrigin = Field(sa_type=as_text(ChangeOrigin))
    subject_type: str = Field(max_length=24)
    subject_id: str = Field(max_length=36)
    subject_name: str = Field(max_length=160)
    # Who hears of the outcome, and from whose account staff look at it.
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=36)
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    requester_id: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    requester_name: str = Field(default="", max_length=120)
    before: Json = Field(default_factory=dict, sa_type=JSON)
    after: Json = Field(default_factory=dict, sa_type=JSON)
    reason: str = Field(default="", max_length=400)
    decided_by: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    decided_by_name: str = Field(default="", max_length=120)
    decided_at: datetime | None = None
    applied_at: datetime | None = None
    failure: str = Field(default="", max_length=300)
    superseded_at: datetime | None = None
    superseded: Json = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime
    changed_at: datetime
    version: int = 1


class ChangeStep(Row, table=True):
    """One step that staff take before a change is applied; nothing is applied before the last."""

    __table_args__ = (UniqueConstraint("request_id", "position"),)

    request_id: str = Field(foreign_key="change_request.id", max_length=36)
    position: int
    title: str = Field(max_length=80)
    role: str = Field(max_length=10)
    done_by: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    done_by_name: str = Field(default="", max_length=120)
    done_at: datetime | None = None
    note: str = Field(default="", max_length=400)


class ChangeMoment(Row, table=True):
    """One thing that happened to a change request, in the order it happened."""

    request_id: str = Field(foreign_key="change_request.id", index=True, max_length=36)
    at: datetime
    what: str = Field(max_length=24)
    by_name: str = Field(default="", max_length=120)
    by_staff: bool = False
    note: str = Field(default="", max_length=400)


class ChangeRule(Table, table=True):
    """How a brand treats one kind of change; a kind without a rule is treated as it started."""

    brand_id: str = Field(foreign_key="brand.id", primary_key=True, max_length=36)
    kind: str = Field(primary_key=True, max_length=24)
    policy: ChangePolicy = Field(sa_type=as_text(ChangePolicy))
    # The steps of a review in order, each with a title and a role.
    steps: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    version: int = 1
