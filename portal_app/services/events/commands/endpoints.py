"""Addresses of the operator's to which events are sent, each with a secret of its own."""

import base64
import secrets

from sqlmodel import col, delete, func, select, update

from portal_app.core import clock, vault
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict
from portal_app.core.ids import new_id
from portal_app.models import Action, DeliveryState, WebhookDelivery, WebhookEndpoint
from portal_app.ports import PortRefused, PortUnavailable, WebhookSender
from portal_app.services.events import policy
from portal_app.services.events.commands.tokens import ONCE
from portal_app.services.events.views import NewSecret
from portal_app.services.transaction import transaction

MOST_ENDPOINTS = 10
_LONGEST_URL = 500
_SECRET_BYTES = 32


def add_endpoint(actor: Actor, *, url: str, sender: WebhookSender, key: str) -> NewSecret:
    """Have events sent to an address from now on; its secret is returned here and never again.

    Only an https address on the open internet is accepted; it is looked up here and each time.
    """
    policy.require_connecting(actor)
    place = _checked(url, sender)
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    with transaction(actor) as tx:
        if tx.earlier_answer(key, "events.add_endpoint") is not None:
            raise Conflict(ONCE)
        mine = col(WebhookEndpoint.brand_id) == actor.brand
        if tx.session.exec(select(func.count()).where(mine)).one() >= MOST_ENDPOINTS:
            raise Conflict(f"There are {MOST_ENDPOINTS} addresses already. Remove one first.")
        made = WebhookEndpoint(
            id=new_id(),
            brand_id=actor.brand,
            url=place,
            secret_sealed="",
            created_at=clock.now(),
            created_by=actor.name[:120],
        )
        made.secret_sealed = vault.keep(secret, place=_place(made))
        tx.session.add(made)
        tx.session.flush()
        tx.record(Action.ENDPOINT_ADDED, "webhook_endpoint", made.id)
        tx.touch(f"connections:{actor.brand}")
        tx.answer(key, made.id)
        return NewSecret(made.id, secret)


def switch_endpoint(actor: Actor, *, endpoint: str, is_on: object, key: str) -> None:
    """Send events to an address, or send none for the time being; none are kept for later."""
    policy.require_connecting(actor)
    entered = Entries()
    wanted = entered.flag("is_on", is_on)
    entered.done()
    with transaction(actor) as tx:
        found = policy.require_endpoint(tx.session, actor, endpoint)
        if tx.earlier_answer(key, "events.switch_endpoint", endpoint, is_on) is not None:
            return
        if found.is_enabled != wanted:
            found.is_enabled, found.off_because = wanted, ""
            found.version += 1
            tx.record(Action.ENDPOINT_SWITCHED, "webhook_endpoint", found.id, on=wanted)
            tx.touch(f"connections:{actor.brand}")


def remove_endpoint(actor: Actor, *, endpoint: str, key: str) -> None:
    """Forget an address with all that was on its way there."""
    policy.require_connecting(actor)
    with transaction(actor) as tx:
        if tx.earlier_answer(key, "events.remove_endpoint", endpoint) is not None:
            return
        found = policy.require_endpoint(tx.session, actor, endpoint)
        tx.session.exec(delete(WebhookDelivery).where(col(WebhookDelivery.endpoint_id) == found.id))
        tx.session.delete(found)
        tx.record(Action.ENDPOINT_REMOVED, "webhook_endpoint", found.id)
        tx.touch(f"connections:{actor.brand}")


def retry_deliveries(actor: Actor, *, endpoint: str, key: str) -> int:
    """Send again everything that was given up for an address; return how much that is."""
    policy.require_connections(actor)
    with transaction(actor) as tx:
        found = policy.require_endpoint(tx.session, actor, endpoint)
        if (earlier := tx.earlier_answer(key, "events.retry_deliveries", endpoint)) is not None:
            return int(earlier or 0)
        dead = tx.session.exec(
            update(WebhookDelivery)
            .where(
                col(WebhookDelivery.endpoint_id) == found.id,
                col(WebhookDelivery.state) == DeliveryState.DEAD,
            )
            .values(state=DeliveryState.WAITING, rounds=col(WebhookDelivery.rounds) + 1)
            .returning(col(WebhookDelivery.id), col(WebhookDelivery.rounds))
            .execution_options(synchronize_session=False)
        ).all()
        for delivery_id, rounds in dead:
            name = f"deliver:{delivery_id}:{rounds}"
            tx.enqueue("deliver_event", key=name, delivery_id=delivery_id)
        tx.record(Action.DELIVERY_RETRIED, "webhook_endpoint", found.id, events=len(dead))
        tx.touch(f"connections:{actor.brand}")
        return int(tx.answer(key, str(len(dead))))


def secret_of(endpoint: WebhookEndpoint) -> str:
    """Return the secret that signs what is sent to an address."""
    return vault.opened(endpoint.secret_sealed, place=_place(endpoint))


def _place(endpoint: WebhookEndpoint) -> str:
    return f"webhook_endpoint:secret:{endpoint.id}"


def _checked(url: object, sender: WebhookSender) -> str:
    entered = Entries()
    missing = "Enter the address, such as https://example.com/events."
    place = entered.line("url", url, limit=_LONGEST_URL, missing=missing, has_numbers=True)
    if place:
        try:
            sender.check(place)
        except (PortRefused, PortUnavailable) as refusal:
            entered.refuse("url", str(refusal))
    entered.done()
    return place
