"""What customers and staff write to one another about something, such as a case."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from portal_app.models.base import Row


class Message(Row, table=True):
    """Something said between customers and staff: everybody who sees its owner reads it.

    `owner_type` and `owner_id` are what it is about: a case, an application.
    """

    __table_args__ = (
        Index("ix_message_thread", "owner_type", "owner_id", "at", "id"),
        Index("ix_message_author", "author_id", "at"),
        Index("ix_message_person", "person_id", "at"),
    )

    owner_type: str = Field(max_length=40)
    owner_id: str = Field(max_length=36)
    at: datetime
    # None of somebody who came by a link and has no sign-in.
    author_id: str | None = Field(default=None, foreign_key="portal_user.id", max_length=36)
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=36)
    by_name: str = Field(max_length=120)
    by_staff: bool = False
    body: str = Field(sa_type=Text)
