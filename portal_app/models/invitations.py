"""Links that let somebody set up their sign-in, and which contracts have been written about."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from portal_app.models.base import Row, as_text


class InvitationPurpose(StrEnum):
    """What a link is for."""

    ACCOUNT_SETUP = "account_setup"
    APPLICATION_ACCESS = "application_access"
    HOUSEHOLD = "household"


class InvitationState(StrEnum):
    """How far a link has come."""

    DRAFT = "draft"
    ISSUED = "issued"
    OPENED = "opened"
    ACTIVATED = "activated"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class InvitationMethod(StrEnum):
    """How a link reaches its person."""

    EMAIL = "email"
    COPIED_LINK = "copied_link"


class GreetingKind(StrEnum):
    """What the holder of a new contract got."""

    INVITED = "invited"
    COVERED = "covered"
    TOLD = "told"


_LIVE_SETUP = text("purpose = 'account_setup' AND state IN ('draft', 'issued', 'opened')")
# Whoever was let in by a link to an application goes on using it, so an activated one is live.
_LIVE_ACCESS = text(
    "purpose = 'application_access' AND state IN ('draft', 'issued', 'opened', 'activated')"
)


class Invitation(Row, table=True):
    """One link for one person. The link itself is never kept, only its fingerprint.

    A person has at most one live link to set up their account (S0-09), and at most one to each
    application (S2-10): the indexes say so.
    """

    __table_args__ = (
        Index("ix_invitation_list", "brand_id", "created_at", "id"),
        Index("ix_invitation_asked", "brand_id", "renewal_asked_at"),
        Index(
            "uq_invitation_live_setup",
            "person_id",
            unique=True,
            sqlite_where=_LIVE_SETUP,
            postgresql_where=_LIVE_SETUP,
        ),
        Index(
            "uq_invitation_live_access",
            "application_id",
            "person_id",
            unique=True,
            sqlite_where=_LIVE_ACCESS,
            postgresql_where=_LIVE_ACCESS,
        ),
    )

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    purpose: InvitationPurpose = Field(sa_type=as_text(InvitationPurpose))
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    contract_id: str | None = Field(
        default=None, foreign_key="contract.id", index=True, max_length=36
    )
    application_id: str | None = Field(
        default=None, foreign_key="application.id", index=True, max_length=36
    )
    token_hash: str = Field(unique=True, max_length=64)
    state: InvitationState = Field(default=InvitationState.DRAFT, sa_type=as_text(InvitationState))
    method: InvitationMethod = Field(sa_type=as_text(InvitationMethod))
    # The address on record when the link was made: another one since then, and it is worthless.
    email: str = Field(max_length=254)
    invited_by: str = Field(default="", max_length=120)
    verified_by_staff: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    verification_note: str = Field(default="", max_length=400)
    created_at: datetime
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    opened_at: datetime | None = None
    activated_at: datetime | None = None
    ended_at: datetime | None = None
    superseded_by: str | None = Field(
        default=None, foreign_key="invitation.id", index=True, max_length=36
    )
    renewal_asked_at: datetime | None = None


class ContractGreeting(Row, table=True):
    """That the holder of a contract has been written to about it: once, whatever feeds say."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    contract_id: str = Field(foreign_key="contract.id", unique=True, max_length=36)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    kind: GreetingKind = Field(sa_type=as_text(GreetingKind))
    at: datetime
