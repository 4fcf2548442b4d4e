"""Brands, and what each has set: looks, support contact, switches."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Json, Row, VersionState, as_text


class Feature(StrEnum):
    """What customers may be let do, each with a switch of its own (S0-05)."""

    EDIT_PROFILE = "edit_profile"
    CALL_OFF_RENT = "call_off_rent"
    MANAGE_METHODS = "manage_methods"
    PAY_NOW = "pay_now"
    CHANGE_DATES = "change_dates"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    EXTEND = "extend"
    MANAGE_MEMBERS = "manage_members"
    HOUSEHOLDS = "households"
    CASES = "cases"


class Brand(Row, table=True):
    """One operator's face: every other row belongs to a brand, directly or through its account."""

    key: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=80)
    hosts: list[str] = Field(default_factory=list, sa_type=JSON)
    is_default: bool = False
    colour: str = Field(default="#3d4fd6", max_length=7)
    radius: str = Field(default="1", max_length=4)
    body_font: str = Field(default="Inter", max_length=40)
    heading_font: str = Field(default="Inter", max_length=40)
    headline: str = Field(default="Everything about your account, in one place.", max_length=120)


class PortalSettings(Row, table=True):
    """What staff have set for a brand, effective without a restart."""

    brand_id: str = Field(foreign_key="brand.id", unique=True, max_length=36)
    is_open: bool = True
    closed_message: str = Field(default="", max_length=400)
    announcement: str = Field(default="", max_length=400)
    announcement_version: int = 0
    support_email: str = Field(default="", max_length=254)
    support_phone: str = Field(default="", max_length=40)
    support_hours: str = Field(default="", max_length=120)
    publish_at: str = Field(default="02:00", max_length=5)
    demand_second_factor: bool = False
    # Holders of contracts bought on or after this day are invited by themselves; None: nobody.
    cutover_date: date | None = None
    features: dict[str, bool] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1


class BrandPart(StrEnum):
    """What of a brand's portal is changed and published on its own (S4-02)."""

    THEME = "theme"
    TEXT = "text"
    FIELDS = "fields"


class BrandRevision(Row, table=True):
    """One part of a brand's portal as it was at one time; what was published never changes."""

    __table_args__ = (UniqueConstraint("brand_id", "part", "number"),)

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    part: BrandPart = Field(sa_type=as_text(BrandPart))
    number: int
    state: VersionState = Field(default=VersionState.DRAFT, sa_type=as_text(VersionState))
    content: Json = Field(default_factory=dict, sa_type=JSON)
    written_by: str = Field(default="", max_length=120)
    written_at: datetime
    published_at: datetime | None = None


class BrandLogo(Row, table=True):
    """A picture that stands at the top of a brand's pages, drawn anew by the portal (S4-06).

    Kept for as long as a revision names it, so that rolling back brings the old one back.
    """

    __table_args__ = (UniqueConstraint("brand_id", "fingerprint"),)

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    fingerprint: str = Field(max_length=64)
    media_type: str = Field(max_length=20)
    content: bytes = Field(sa_type=LargeBinary)
    width: int
    height: int
    sent_by: str = Field(default="", max_length=120)
    created_at: datetime


class HelpArticle(Row, table=True):
    """A question that people ask, and its answer (S0-03)."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    question: str = Field(max_length=200)
    answer: str = Field(sa_type=Text)
    audience: str = Field(default="consumer", max_length=10)
    is_published: bool = False
    position: int = 0
    version: int = 1
