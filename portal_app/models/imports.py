"""Runs that fill the portal from the operator's own system, and what they refused."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field

from portal_app.models.base import Json, Row


class SyncRun(Row, table=True):
    """One import or one publication, with its counts.

    While it runs, `runner` names the process and `alive_until` moves ahead with every batch:
    a run that is past it was interrupted.
    """

    __table_args__ = (Index("ix_sync_run_list", "brand_id", "id"),)

    brand_id: str = Field(foreign_key="brand.id", max_length=36)
    kind: str = Field(max_length=12)
    trigger: str = Field(max_length=12)
    source: str = Field(default="", max_length=200)
    started_by: str = Field(default="", max_length=120)
    started_at: datetime
    finished_at: datetime | None = None
    state: str = Field(default="running", max_length=12)
    runner: str = Field(default="", max_length=160)
    alive_until: datetime | None = None
    is_dry_run: bool = False
    rows_read: int = 0
    counts: Json = Field(default_factory=dict, sa_type=JSON)


class SyncRefusal(Row, table=True):
    """One row, or one whole file, that a run did not accept, and why.

    A warning stands beside a row that was accepted and still needs somebody's attention.
    """

    __table_args__ = (Index("ix_sync_refusal_list", "run_id", "id"),)

    run_id: str = Field(foreign_key="sync_run.id", max_length=36)
    is_warning: bool = False
    file: str = Field(max_length=80)
    line: int = 0
    field: str = Field(default="", max_length=60)
    value: str = Field(default="", max_length=60)
    sentence: str = Field(max_length=300)
