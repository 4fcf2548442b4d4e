"""How a brand's portal looks, what it says and shows: every version that was in force."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Json, Row, VersionState, as_text


class BrandPart(StrEnum):
    """What of a brand's portal is changed and published on its own (S4-02)."""

    THEME = "theme"
    LOGO = "logo"
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
