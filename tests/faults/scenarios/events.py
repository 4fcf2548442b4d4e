"""What leaves for the operator's systems: tokens, addresses, deliveries, and forgetting."""

from portal_app import models as m
from portal_app.core.actor import Actor
from portal_app.services import events
from tests import factories as f
from tests.faults.scenarios.registry import SYSTEM, Command, later, scenario
from tests.services.events.conftest import Sender, emit, sure_admin
from tests.services.identity import people

URL = "https://crm.example.com/events"


def _endpoint(admin: Actor) -> str:
    return events.add_endpoint(admin, url=URL, sender=Sender(), key="earlier").id


def _on_its_way() -> tuple[Actor, str, str]:
    """An administrator, an address, and an event that is about to be sent there."""
    admin = sure_admin()
    endpoint = _endpoint(admin)
    events.spread(SYSTEM, event_id=emit(admin.brand))
    return admin, endpoint, f.fetch(m.WebhookDelivery, endpoint_id=endpoint).id


@scenario(events.create_token)
def a_token_is_made() -> Command:
    admin = sure_admin()
    return lambda: events.create_token(admin, name="Our CRM", key="click")


@scenario(events.revoke_token)
def a_token_is_revoked() -> Command:
    admin = sure_admin()
    token = events.create_token(admin, name="Our CRM", key="earlier").id
    return lambda: events.revoke_token(admin, token=token, key="click")


@scenario(events.add_endpoint)
def an_address_is_added() -> Command:
    admin = sure_admin()
    return lambda: events.add_endpoint(admin, url=URL, sender=Sender(), key="click")


@scenario(events.switch_endpoint)
def an_address_is_switched_off() -> Command:
    admin = sure_admin()
    given = {"endpoint": _endpoint(admin), "is_on": False}
    return lambda: events.switch_endpoint(admin, **given, key="click")


@scenario(events.remove_endpoint)
def an_address_is_removed_with_what_was_on_its_way() -> Command:
    admin, endpoint, _ = _on_its_way()
    return lambda: events.remove_endpoint(admin, endpoint=endpoint, key="click")


@scenario(events.spread)
def an_event_is_put_on_its_way() -> Command:
    admin = sure_admin()
    _endpoint(admin)
    event = emit(admin.brand)
    return lambda: events.spread(SYSTEM, event_id=event)


@scenario(events.deliver)
def an_event_arrives() -> Command:
    _, _, delivery = _on_its_way()
    return lambda: events.deliver(SYSTEM, delivery_id=delivery, sender=Sender())


@scenario(events.give_up)
def an_event_is_given_up() -> Command:
    _, _, delivery = _on_its_way()
    return lambda: events.give_up(SYSTEM, delivery_id=delivery, reason="It answered 500.")


@scenario(events.retry_deliveries)
def what_was_given_up_is_sent_again() -> Command:
    admin, endpoint, delivery = _on_its_way()
    people.change(f.fetch(m.WebhookDelivery, id=delivery), state=m.DeliveryState.DEAD)
    return lambda: events.retry_deliveries(admin, endpoint=endpoint, key="click")


@scenario(events.forget_events)
def old_events_are_forgotten() -> Command:
    _on_its_way()
    later(days=91)
    return lambda: events.forget_events(SYSTEM)
