"""Runs that fill the portal from the operator's own system, and what they refused."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field

from portal_app.models.base import Json, Row


class SyncRun(Row, table=True):
    """One import or one publication, with its counts."""

    brand_id: str = Field(foreign_key="brand.id", index=True, max_length=36)
    kind: str = Field(max_length=12)
    trigger: str = Field(max_length=12)
    source: str = Field(default="", max_length=200)
    started_by: str = Field(default="", max_length=120)
    started_at: datetime
    finished_at: datetime | None = None
    state: str = Field(default="running", max_length=10)
    is_dry_run: bool = False
    rows_read: int = 0
    counts: Json = Field(default_factory=dict, sa_type=JSON)


class SyncRefusal(Row, table=True):
    """One row, or one whole file, that a run did not accept, and why."""

    run_id: str = Field(foreign_key="sync_run.id", index=True, max_length=36)
    file: str = Field(max_length=80)
    line: int = 0
    field: str = Field(default="", max_length=60)
    value: str = Field(default="", max_length=60)
    sentence: str = Field(max_length=300)
