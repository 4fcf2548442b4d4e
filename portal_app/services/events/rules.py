"""How an event is written for others to read, and for how long it is kept."""

from datetime import timedelta
from typing import Any

from portal_app.models import OutgoingEvent

KEPT_FOR = timedelta(days=90)


def as_read(event: OutgoingEvent) -> dict[str, Any]:
    """Return an event as it stands in the feed of events."""
    return {
        "sequence": event.sequence,
        "id": event.id,
        "type": event.type,
        "occurred_at": event.at.isoformat(),
        "subject": {"type": event.subject_type, "external_id": event.external_id},
        "data": event.payload,
    }


def body_of(event: OutgoingEvent) -> dict[str, Any]:
    """Return an event as it is sent: type, timestamp and data, as Standard Webhooks asks."""
    read = as_read(event)
    return {
        "type": read.pop("type"),
        "timestamp": read.pop("occurred_at"),
        "data": {**read.pop("data"), **read},
    }
