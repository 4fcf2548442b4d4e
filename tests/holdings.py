"""What a portal holds, as one fingerprint for each table: to see that nothing was changed."""

import hashlib

from sqlalchemy import create_engine, select
from sqlmodel import SQLModel

import portal_app.models  # noqa: F401 - the tables

# Who was last seen when, what was refused, and who is to hear of it: written by mere asking.
BY_ASKING = frozenset({"portal_session", "audit_event", "change_signal", "job_schedule"})


def holdings(url: str, *, but: frozenset[str] = BY_ASKING) -> dict[str, str]:
    """Return a fingerprint of the rows of every table but some."""
    engine, tables = create_engine(url), {}
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in but:
                rows = sorted(map(repr, connection.execute(select(table))))
                tables[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    engine.dispose()
    return tables


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Name the tables whose rows are no longer what they were."""
    return [table for table, rows in after.items() if rows != before[table]]
