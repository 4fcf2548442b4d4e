"""Which installation this is."""

from datetime import datetime

from sqlmodel import Field

from portal_app.models.base import Row


class Installation(Row, table=True):
    """The one row made by the first migration: a licence names its id."""

    created_at: datetime = Field()
