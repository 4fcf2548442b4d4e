"""Households with their members, and what people let one another do for them (S1-02 to S1-09)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import MasterRow, as_text


class MemberRole(StrEnum):
    """What a person is in a household; there is one head at a time."""

    HEAD = "head"
    MEMBER = "member"


class Responsibility(StrEnum):
    """What somebody was made: a representative, or what the grant itself says."""

    AUTHORIZED_REPRESENTATIVE = "authorized_representative"
    CUSTOM = "custom"


class Area(StrEnum):
    """A part of what the portal shows of a person."""

    CONTRACTS = "contracts"
    PAYMENTS = "payments"
    CASES = "cases"
    DOCUMENTS = "documents"
    APPLICATIONS = "applications"


class Reach(StrEnum):
    """How far a grant goes in an area; whoever may act may see as well."""

    NONE = "none"
    VIEW = "view"
    ACT = "act"


def areas_of_a_representative() -> dict[str, str]:
    """Return what a representative may do where nobody has said otherwise: cases, and no money."""
    return {
        Area.CONTRACTS.value: Reach.VIEW.value,
        Area.PAYMENTS.value: Reach.NONE.value,
        Area.CASES.value: Reach.ACT.value,
        Area.DOCUMENTS.value: Reach.VIEW.value,
        Area.APPLICATIONS.value: Reach.NONE.value,
    }


class Household(MasterRow, table=True):
    """People who belong together; its days begin in its own time zone."""

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    name: str = Field(max_length=120)
    address: str = Field(default="", max_length=300)
    timezone: str = Field(default="UTC", max_length=40)


class HouseholdMembership(MasterRow, table=True):
    """A person's time in a household; an empty day is open on that side (S1-05).

    At any time a household has one head, and a person one membership in it and one primary
    household: whoever writes here sees to it, since no constraint of a database knows of days.
    """

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    household_id: str = Field(foreign_key="household.id", index=True, max_length=36)
    person_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    role: MemberRole = Field(default=MemberRole.MEMBER, sa_type=as_text(MemberRole))
    relationship: str = Field(default="", max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None
    is_primary: bool = False


class Grant(MasterRow, table=True):
    """What one person lets another see and do, from a day to a day, until it is revoked (S1-09)."""

    __table_args__ = (UniqueConstraint("brand_id", "external_id"),)

    grantor_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    grantee_id: str = Field(foreign_key="person.id", index=True, max_length=36)
    responsibility: Responsibility = Field(
        default=Responsibility.AUTHORIZED_REPRESENTATIVE, sa_type=as_text(Responsibility, 32)
    )
    # How far it goes, by area.
    areas: dict[str, str] = Field(default_factory=areas_of_a_representative, sa_type=JSON)
    starts_on: date | None = None
    ends_on: date | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = Field(
        default=None, foreign_key="portal_user.id", index=True, max_length=36
    )
    revoked_by_name: str = Field(default="", max_length=120)
    evidence: str = Field(default="", max_length=400)
