"""People, their sign-ins, and what proves who they are."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.core import vault
from portal_app.models.base import Json, MasterRow, Row, as_text


class UserKind(StrEnum):
    """On which side of the counter a portal user stands."""

    CONSUMER = "consumer"
    STAFF = "staff"


class UserStatus(StrEnum):
    """Whether a portal user may sign in."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISABLED = "disabled"


class SecondFactor(StrEnum):
    """What is asked for after the password."""

    NONE = "none"
    TEXT = "text"
    APP = "app"


class SessionStage(StrEnum):
    """How far a browser has come: only a full session is anybody.

    One of an application is a party to that application, and nobody anywhere else.
    """

    ANONYMOUS = "anonymous"
    ACTIVATION = "activation"
    SECOND_FACTOR = "second_factor"
    ENROLMENT = "enrolment"
    FULL = "full"
    APPLICATION_CODE = "application_code"
    APPLICATION = "application"


class ChallengePurpose(StrEnum):
    """What a code that was sent is for."""

    REGISTRATION = "registration"
    SIGN_IN = "sign_in"
    ENROLMENT = "enrolment"
    STEP_UP = "step_up"
    ACTIVATION = "activation"
    CONTACT = "contact"
    APPLICATION = "application"


class ChallengeState(StrEnum):
    """What became of a code that was sent."""

    OPEN = "open"
    USED = "used"
    VOID = "void"


class Person(MasterRow, table=True):
    """A human being, whether or not they ever sign in."""

    __table_args__ = (
        UniqueConstraint("brand_id", "external_id"),
        Index("ix_person_mobile", "brand_id", "mobile_e164"),
        Index("ix_person_phone", "brand_id", "phone_e164"),
        Index("ix_person_email", "brand_id", "email"),
    )

    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    email: str = Field(default="", max_length=254)
    mobile_e164: str = Field(default="", max_length=16)
    phone_e164: str = Field(default="", max_length=16)
    address_line1: str = Field(default="", max_length=120)
    address_line2: str = Field(default="", max_length=120)
    city: str = Field(default="", max_length=80)
    region: str = Field(default="", max_length=80)
    postal_code: str = Field(default="", max_length=16)
    country: str = Field(default="", max_length=2)
    # Opens for this row alone: a date of birth proves, elsewhere, who somebody is.
    date_of_birth_sealed: str = Field(default="", max_length=120)
    locale: str = Field(default="", max_length=16)
    timezone: str = Field(default="", max_length=40)

    @property
    def name(self) -> str:
        """The whole name, given name first."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def date_of_birth(self) -> date | None:
        """The date of birth, opened; None where there is none."""
        return vault.day_in(self.date_of_birth_sealed, place=birth_place(self.id))


def birth_place(person_id: str) -> str:
    """Return the one place in which a person's date of birth opens."""
    return f"person:date_of_birth:{person_id}"


class PortalUser(Row, table=True):
    """One person's sign-in, customer or staff."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    kind: UserKind = Field(sa_type=as_text(UserKind))
    person_id: str | None = Field(default=None, foreign_key="person.id", unique=True, max_length=36)
    status: UserStatus = Field(default=UserStatus.ACTIVE, sa_type=as_text(UserStatus))
    password_hash: str | None = Field(default=None, max_length=200)
    password_changed_at: datetime | None = None
    second_factor: SecondFactor = Field(default=SecondFactor.NONE, sa_type=as_text(SecondFactor))
    totp_secret_sealed: str = Field(default="", max_length=200)
    totp_last_counter: int = 0
    last_login_at: datetime | None = None
    dismissed_announcement: int = 0
    created_at: datetime
    version: int = 1


class StaffUser(Row, table=True):
    """A member of the operator's staff."""

    user_id: str = Field(foreign_key="portal_user.id", unique=True, max_length=36)
    email: str = Field(max_length=254)
    name: str = Field(max_length=120)
    role: str = Field(max_length=10)


class LoginIdentifier(Row, table=True):
    """What a person types to say who they are: a phone number or an email address."""

    __table_args__ = (UniqueConstraint("brand_id", "value"),)

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    user_id: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    kind: str = Field(max_length=10)
    value: str = Field(max_length=254)


class PortalSession(Row, table=True):
    """A browser that we know. The cookie's value is never kept, only its fingerprint."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    user_id: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    # For whom this browser acts: a key of `households.Context`, "" for its own person.
    context: str = Field(default="", max_length=47)
    # Which link this browser is using, while it sets up a sign-in or fills in an application.
    invitation_id: str | None = Field(
        default=None, foreign_key="invitation.id", index=True, max_length=36
    )
    stage: SessionStage = Field(default=SessionStage.ANONYMOUS, sa_type=as_text(SessionStage))
    factors: int = 0
    stepped_up_until: datetime | None = None
    created_at: datetime
    last_seen_at: datetime
    idle_until: datetime
    absolute_until: datetime
    revoked_at: datetime | None = None
    revoked_reason: str = Field(default="", max_length=40)
    user_agent: str = Field(default="", max_length=200)
    ip: str = Field(default="", max_length=45)
    # What a form that was posted and refused held, so that nothing typed is lost; no passwords.
    notes: Json = Field(default_factory=dict, sa_type=JSON)


class OtpChallenge(Row, table=True):
    """A code that was sent, bound to the session that asked for it."""

    session_id: str = Field(foreign_key="portal_session.id", index=True, max_length=36)
    user_id: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    purpose: ChallengePurpose = Field(sa_type=as_text(ChallengePurpose))
    channel: str = Field(max_length=5)
    code_hash: str = Field(max_length=200)
    state: ChallengeState = Field(default=ChallengeState.OPEN, sa_type=as_text(ChallengeState))
    tries: int = 0
    created_at: datetime
    expires_at: datetime
    # A registration keeps the account it is for and the hash of the password to come.
    account_id: str | None = Field(
        default=None, foreign_key="account.id", index=True, max_length=36
    )
    new_password_hash: str = Field(default="", max_length=200)
    # The address or number that a code was sent to, to prove that it is the person's own.
    destination: str = Field(default="", max_length=254)


class RecoveryCode(Row, table=True):
    """One of ten codes that stand in for a lost authenticator, each good once."""

    user_id: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    code_hash: str = Field(max_length=200)
    used_at: datetime | None = None


class PasswordReset(Row, table=True):
    """A link to choose a new password, good once and for an hour."""

    user_id: str = Field(foreign_key="portal_user.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
