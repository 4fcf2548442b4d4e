"""Readings of events by the operator's systems, and of connections by administrators."""

from typing import Any, cast

from sqlalchemy import and_
from sqlmodel import Session, col, func, or_, select

from portal_app.core.actor import Actor
from portal_app.core.entries import words
from portal_app.core.errors import Invalid
from portal_app.models import (
    ApiToken,
    DeliveryState,
    OutgoingEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from portal_app.services.events import policy
from portal_app.services.events.rules import as_read
from portal_app.services.events.views import (
    Connections,
    DeliveryView,
    EndpointView,
    EventPage,
    TokenView,
)
from portal_app.services.transaction import reading

PAGE = 25
MOST_EVENTS = 500
_LARGEST = 2**63 - 1
_Joined = tuple[WebhookDelivery, OutgoingEvent, WebhookEndpoint]


def event_feed(actor: Actor, *, after: object = 0, limit: object = 100) -> EventPage:
    """Return the brand's events after a sequence number, oldest first, 1 to 500 of them.

    Reading again from the last number seen misses none and repeats none.
    """
    policy.require_scope(actor, policy.EVENTS_READ)
    if type(after) is not int or not 0 <= after <= _LARGEST:  # True is an int as well
        raise Invalid(after="Give the last sequence number you have seen, or 0.")
    if type(limit) is not int or not 1 <= limit <= MOST_EVENTS:
        raise Invalid(limit=f"Ask for 1 to {MOST_EVENTS} events.")
    mine = col(OutgoingEvent.brand_id) == actor.brand, col(OutgoingEvent.sequence) > after
    wanted = select(OutgoingEvent).where(*mine).order_by(col(OutgoingEvent.sequence))
    with reading() as session:
        found = session.exec(wanted.limit(limit + 1)).all()
    shown = tuple(as_read(event) for event in found[:limit])
    newest = shown[-1]["sequence"] if shown else after
    return EventPage(shown, newest, len(found) > limit)


def connections(actor: Actor, *, state: str = "dead", after: str = "") -> Connections:
    """Return the brand's tokens, addresses and deliveries, for administrators.

    `state` is dead, waiting, delivered or "" for every delivery; newest first.
    """
    policy.require_connections(actor)
    with reading() as session:
        rows = _deliveries(session, actor, words(state), words(after))
        shown = rows[:PAGE]
        return Connections(
            tokens=_tokens(session, actor),
            endpoints=_endpoints(session, actor),
            rows=tuple(shown),
            after=shown[-1].id if len(rows) > PAGE else "",
            newest=_newest(session, actor),
            is_stepped_up=actor.is_stepped_up,
        )


def _newest(session: Session, actor: Actor) -> int:
    mine = select(func.max(OutgoingEvent.sequence)).where(OutgoingEvent.brand_id == actor.brand)
    return session.exec(mine).one() or 0


def _tokens(session: Session, actor: Actor) -> tuple[TokenView, ...]:
    mine = select(ApiToken).where(ApiToken.brand_id == actor.brand)
    alive = mine.where(col(ApiToken.revoked_at).is_(None)).order_by(col(ApiToken.id).desc())
    return tuple(
        TokenView(
            id=one.id,
            name=one.name,
            hint=one.hint,
            scopes=tuple(one.scopes),
            created_at=one.created_at,
            created_by=one.created_by,
            last_used_at=one.last_used_at,
        )
        for one in session.exec(alive)
    )


def _endpoints(session: Session, actor: Actor) -> tuple[EndpointView, ...]:
    counted = _counts(session, actor)
    mine = select(WebhookEndpoint).where(WebhookEndpoint.brand_id == actor.brand)
    return tuple(
        EndpointView(
            id=one.id,
            url=one.url,
            is_enabled=one.is_enabled,
            off_because=one.off_because,
            created_at=one.created_at,
            created_by=one.created_by,
            waiting=counted.get((one.id, DeliveryState.WAITING), 0),
            dead=counted.get((one.id, DeliveryState.DEAD), 0),
        )
        for one in session.exec(mine.order_by(col(WebhookEndpoint.id)))
    )


def _counts(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    """Count what has not arrived, by address and state."""
    counted = session.exec(
        select(WebhookDelivery.endpoint_id, WebhookDelivery.state, func.count())
        .where(WebhookDelivery.brand_id == actor.brand)
        .where(col(WebhookDelivery.state).in_((DeliveryState.WAITING, DeliveryState.DEAD)))
        .group_by(WebhookDelivery.endpoint_id, WebhookDelivery.state)
    )
    return {(endpoint, state): count for endpoint, state, count in counted}


def _deliveries(session: Session, actor: Actor, state: str, after: str) -> list[DeliveryView]:
    wanted: Any = (
        select(WebhookDelivery, OutgoingEvent, WebhookEndpoint)
        .join(OutgoingEvent, col(OutgoingEvent.id) == WebhookDelivery.event_id)
        .join(WebhookEndpoint, col(WebhookEndpoint.id) == WebhookDelivery.endpoint_id)
        .where(WebhookDelivery.brand_id == actor.brand)
    )
    if state in set(DeliveryState):
        wanted = wanted.where(WebhookDelivery.state == DeliveryState(state))
    at, row_id = col(WebhookDelivery.created_at), col(WebhookDelivery.id)
    if last := session.get(WebhookDelivery, after) if after else None:
        older = or_(at < last.created_at, and_(at == last.created_at, row_id < last.id))
        wanted = wanted.where(older)
    page = wanted.order_by(at.desc(), row_id.desc()).limit(PAGE + 1)
    found: list[_Joined] = cast("Any", session).exec(page).all()
    return [_delivery(*row) for row in found]


def _delivery(
    delivery: WebhookDelivery, event: OutgoingEvent, endpoint: WebhookEndpoint
) -> DeliveryView:
    return DeliveryView(
        id=delivery.id,
        event_type=event.type,
        sequence=event.sequence or 0,
        url=endpoint.url,
        endpoint_id=endpoint.id,
        state=delivery.state,
        attempts=delivery.attempts,
        answer=delivery.answer,
        created_at=delivery.created_at,
        tried_at=delivery.tried_at,
    )
