"""Writing an event for the operator's systems, in the transaction of what it tells of."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.ids import new_id
from portal_app.models import OutgoingEvent, WebhookEndpoint
from portal_app.services.transaction import Transaction


def emit(
    tx: Transaction,
    *,
    name: str,
    brand_id: str,
    subject_type: str,
    external_id: str,
    data: Mapping[str, Any],
) -> str:
    """Leave an event for the master system and return its id.

    `name` is such as `person.name_changed`; the subject is named by the master's own id, `data`
    holds short values by the names that feeds use. It can be read, and is sent, once this commits.
    """
    event = OutgoingEvent(
        id=new_id(),
        brand_id=brand_id,
        type=name,
        subject_type=subject_type,
        external_id=external_id,
        payload=dict(data),
        at=clock.now(),
    )
    tx.outgoing.append(event)
    if _has_endpoints(tx, brand_id):
        tx.enqueue("spread_event", key=f"spread:{event.id}", event_id=event.id)
    tx.touch(f"events:{brand_id}")
    return event.id


def _has_endpoints(tx: Transaction, brand_id: str) -> bool:
    enabled = select(WebhookEndpoint.id).where(
        col(WebhookEndpoint.brand_id) == brand_id, col(WebhookEndpoint.is_enabled)
    )
    return tx.session.exec(enabled.limit(1)).first() is not None
