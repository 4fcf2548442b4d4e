"""Work waiting to be done in the background, and its timetable."""

from datetime import datetime

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from portal_app.models.base import Json, Row, Table


class Job(Row, table=True):
    """One piece of work: queued, running, done, dead or cancelled."""

    __table_args__ = (
        Index("ix_job_due", "status", "run_at"),
        Index("ix_job_list", "status", "id"),
    )

    # Empty for the portal's own work, which belongs to no brand.
    brand_id: str = Field(default="", max_length=36)
    name: str = Field(max_length=60)
    args: Json = Field(default_factory=dict, sa_type=JSON)
    unique_key: str | None = Field(default=None, unique=True, max_length=160)
    status: str = Field(default="queued", max_length=10)
    run_at: datetime
    created_at: datetime
    started_at: datetime | None = None
    attempts: int = 0
    lease: str | None = Field(default=None, max_length=36)
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    error: str | None = Field(default=None, sa_type=Text)


class JobSchedule(Table, table=True):
    """When a periodic job last came due, as wall time in its own zone."""

    name: str = Field(primary_key=True, max_length=60)
    brand_id: str = Field(default="", max_length=36)
    # The cron line and the zone that `last_slot` was counted in, to notice when they change.
    timetable: str = Field(default="", max_length=100)
    last_slot: str = Field(max_length=32)
    is_paused: bool = False
