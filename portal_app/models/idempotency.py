"""Commands that have been carried out, so that a repeated click does nothing twice."""

from datetime import datetime

from sqlmodel import Field

from portal_app.models.base import Table


class IdempotencyKey(Table, table=True):
    """The answer that was given to one actor's one click for one command."""

    owner: str = Field(primary_key=True, max_length=60)
    key: str = Field(primary_key=True, max_length=64)
    command: str = Field(primary_key=True, max_length=80)
    answer: str = Field(default="", max_length=400)
    created_at: datetime = Field(index=True)
