"""Changes that other processes should hear of."""

from datetime import datetime

from sqlmodel import Field

from portal_app.models.base import Table


class ChangeSignal(Table, table=True):
    """A topic that changed; every serving process reads the new ones once a second."""

    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(max_length=80)
    origin: str = Field(default="", max_length=36)
    at: datetime = Field(index=True)
