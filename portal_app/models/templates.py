"""Messages in the operator's own words, with every version that was ever sent."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import Row, VersionState, as_text


class MessageTemplate(Row, table=True):
    """One set of words for a kind of message. The standard one is sent if nobody chooses."""

    __table_args__ = (UniqueConstraint("brand_id", "kind", "name"),)

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    kind: str = Field(max_length=40)
    name: str = Field(max_length=60)
    is_standard: bool = False
    changed_at: datetime
    version: int = 0


class TemplateVersion(Row, table=True):
    """The words as they were at one time. What was published is never changed again (S2-13)."""

    __table_args__ = (UniqueConstraint("template_id", "number"),)

    template_id: str = Field(foreign_key="message_template.id", max_length=36)
    number: int
    state: VersionState = Field(default=VersionState.DRAFT, sa_type=as_text(VersionState))
    subject: str = Field(default="", max_length=150)
    body: str = Field(default="", sa_type=Text)
    sms: str = Field(default="", max_length=300)
    written_by: str = Field(default="", max_length=120)
    written_at: datetime
    published_at: datetime | None = None
