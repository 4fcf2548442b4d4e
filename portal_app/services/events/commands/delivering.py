"""Sending events to the operator's addresses: called by jobs, at least once for each of them."""

import json

from sqlmodel import Session, col, delete, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier, words
from portal_app.core.errors import NotFound
from portal_app.core.ids import new_id
from portal_app.models import (
    Action,
    DeliveryState,
    OutgoingEvent,
    WebhookDelivery,
    WebhookEndpoint,
)
from portal_app.ports import PortRefused, PortUnavailable, Webhook, WebhookSender
from portal_app.services.events import policy
from portal_app.services.events.commands.endpoints import secret_of
from portal_app.services.events.rules import KEPT_FOR, body_of
from portal_app.services.transaction import Transaction, reading, transaction

_GONE = 410
_GOOD = range(200, 300)
GONE = "The address said that it is gone for good, so nothing more is sent there."


def spread(actor: Actor, *, event_id: str) -> int:
    """Put an event on its way to every address of its brand; return how many new ones there are."""
    if not actor.is_system:
        raise NotFound
    with transaction(actor) as tx:
        wanted = select(OutgoingEvent).where(OutgoingEvent.id == identifier(event_id))
        event = tx.session.exec(wanted).first()
        if event is None:
            return 0
        places = select(WebhookEndpoint.id).where(
            col(WebhookEndpoint.brand_id) == event.brand_id, col(WebhookEndpoint.is_enabled)
        )
        return sum(_send_to(tx, event, place) for place in tx.session.exec(places).all())


def deliver(actor: Actor, *, delivery_id: str, sender: WebhookSender) -> None:
    """Send one event to one address, and write down what it answered.

    Raises PortUnavailable where it has to be tried again, PortRefused where that is of no use.
    """
    if not actor.is_system:
        raise NotFound
    with reading() as session:
        found = _waiting(session, delivery_id)
    if found is None:
        return
    delivery, event, endpoint = found
    if not endpoint.is_enabled:
        _settle(actor, delivery_id, DeliveryState.SKIPPED, "Sending there was switched off.")
        return
    webhook = Webhook(event.id, endpoint.url, secret_of(endpoint), _body(event), clock.now())
    try:
        status = sender.send(webhook)
    except PortUnavailable as absence:
        _settle(actor, delivery.id, DeliveryState.WAITING, str(absence))
        raise
    if status in _GOOD:
        _settle(actor, delivery.id, DeliveryState.DELIVERED, f"It answered {status}.")
        return
    answer = f"It answered {status}."
    _settle(actor, delivery.id, DeliveryState.WAITING, answer)
    if status == _GONE:
        raise PortRefused(GONE)
    raise PortUnavailable(answer)


def give_up(actor: Actor, *, delivery_id: str, reason: str) -> None:
    """Write down that an event could not be sent; an address that is gone is switched off."""
    if not actor.is_system:
        raise NotFound
    _settle(actor, delivery_id, DeliveryState.DEAD, words(reason))


def forget_events(actor: Actor) -> int:
    """Delete events, with their deliveries, that are older than they are kept for."""
    if not actor.is_system:
        raise NotFound
    with transaction(actor) as tx:
        before = clock.now() - KEPT_FOR
        old = select(OutgoingEvent.id).where(col(OutgoingEvent.at) < before)
        tx.session.exec(delete(WebhookDelivery).where(col(WebhookDelivery.event_id).in_(old)))
        return tx.session.exec(delete(OutgoingEvent).where(col(OutgoingEvent.at) < before)).rowcount


def _send_to(tx: Transaction, event: OutgoingEvent, endpoint_id: str) -> bool:
    values = {
        "id": new_id(),
        "brand_id": event.brand_id,
        "event_id": event.id,
        "endpoint_id": endpoint_id,
        "state": DeliveryState.WAITING,
        "attempts": 0,
        "rounds": 1,
        "answer": "",
        "created_at": clock.now(),
    }
    is_new = tx.insert_once(WebhookDelivery, values, "event_id", "endpoint_id")
    if is_new:
        name = f"deliver:{values['id']}:1"
        tx.enqueue("deliver_event", key=name, delivery_id=values["id"])
        tx.touch(f"connections:{event.brand_id}")
    return is_new


def _waiting(
    session: Session, delivery_id: str
) -> tuple[WebhookDelivery, OutgoingEvent, WebhookEndpoint] | None:
    return session.exec(
        select(WebhookDelivery, OutgoingEvent, WebhookEndpoint)
        .join(OutgoingEvent, col(OutgoingEvent.id) == WebhookDelivery.event_id)
        .join(WebhookEndpoint, col(WebhookEndpoint.id) == WebhookDelivery.endpoint_id)
        .where(WebhookDelivery.id == identifier(delivery_id))
        .where(WebhookDelivery.state == DeliveryState.WAITING)
    ).first()


def _body(event: OutgoingEvent) -> str:
    return json.dumps(body_of(event), separators=(",", ":"))


def _settle(actor: Actor, delivery_id: str, state: DeliveryState, answer: str) -> None:
    with transaction(actor) as tx:
        try:
            delivery = policy.require_delivery(tx.session, actor, delivery_id)
        except NotFound:
            return  # the address was removed meanwhile
        if delivery.state is not DeliveryState.WAITING:
            return
        now = clock.now()
        delivery.state, delivery.answer = state, answer[:300]
        if state is not DeliveryState.DEAD:
            delivery.attempts, delivery.tried_at = delivery.attempts + 1, now
        if state is DeliveryState.DELIVERED:
            delivery.delivered_at = now
        if state is DeliveryState.DEAD:
            _bury(tx, delivery, answer)
        tx.touch(f"connections:{delivery.brand_id}")


def _bury(tx: Transaction, delivery: WebhookDelivery, reason: str) -> None:
    tx.record(Action.DELIVERY_FAILED, "webhook_delivery", delivery.id, attempts=delivery.attempts)
    endpoint = tx.session.get(WebhookEndpoint, delivery.endpoint_id, with_for_update=True)
    if reason == GONE and endpoint is not None and endpoint.is_enabled:
        endpoint.is_enabled, endpoint.off_because = False, GONE
        endpoint.version += 1
