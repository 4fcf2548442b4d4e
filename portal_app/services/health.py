"""Whether the portal can do its work."""

from datetime import datetime, timedelta

from sqlalchemy import inspect, text
from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.errors import Unavailable
from portal_app.models import AuditEvent, Channel, OutboundMessage, PortalSession
from portal_app.services.transaction import reading


def check() -> None:
    """Raise what the database raises when it does not answer."""
    with reading() as session:
        session.exec(select(1)).one()


def is_empty() -> bool:
    """Say whether the database answers and no migration has ever run in it."""
    try:
        with reading() as session:
            return not inspect(session.connection()).has_table(PortalSession.__tablename__)
    except Unavailable:  # it may come later, and the portal waits for it
        return False


def newest_entry_at() -> datetime | None:
    """Return the latest moment that is written down: the clock must not stand before it."""
    with reading() as session:
        return session.exec(select(func.max(AuditEvent.at))).one()


def codes_texted() -> int:
    """Return how many codes have left as text messages, or are about to, in the last 24 hours."""
    since = clock.now() - timedelta(days=1)
    counted = select(func.count()).where(
        OutboundMessage.created_at > since,
        OutboundMessage.channel == Channel.TEXT,
        col(OutboundMessage.carries_secret),
    )
    with reading() as session:
        return session.exec(counted).one()


def is_connection_encrypted() -> bool | None:
    """Say whether the way to the database is encrypted; None for a file, which needs none."""
    with reading() as session:
        if session.get_bind().dialect.name != "postgresql":
            return None
        asked = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return bool(session.connection().execute(asked).scalar())
