import json
from dataclasses import replace

import pytest
from hypothesis import given
from standardwebhooks import Webhook as Verifier

from portal_app import models as m
from portal_app.core.actor import Actor, Role
from portal_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal_app.integrations.http_webhooks import HttpWebhooks
from portal_app.jobs.catalogue import JOBS
from portal_app.jobs.engine import Worker
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import events
from portal_app.services.events.commands.delivering import GONE
from tests import factories as f
from tests.anything import anything, hostile, refused_without_a_trace
from tests.services.events.conftest import Sender, emit, fresh_key, sure_admin
from tests.webhooks import receiving

SYSTEM = Actor.system("send_events")
URL = "https://crm.example/events"


def add(admin, sender, url=URL, key=""):
    return events.add_endpoint(admin, url=url, sender=sender, key=key or fresh_key())


def waiting_delivery(admin, sender):
    add(admin, sender)
    event = emit(admin.brand, after={"given_name": "Rosie"})
    events.spread(SYSTEM, event_id=event)
    return f.fetch(m.WebhookDelivery, event_id=event)


def deliver(delivery, sender):
    events.deliver(SYSTEM, delivery_id=delivery.id, sender=sender)
    return f.fetch(m.WebhookDelivery, id=delivery.id)


@pytest.mark.requirement("S0-14")
def test_event_reaches_every_address_signed_with_its_own_secret(admin, sender):
    first, second = add(admin, sender), add(admin, sender, "https://erp.example/in")
    event = emit(admin.brand, after={"given_name": "Rosie"})
    assert events.spread(SYSTEM, event_id=event) == 2
    assert events.spread(SYSTEM, event_id=event) == 0, "a second time changes nothing"
    for delivery in f.fetch_all(m.WebhookDelivery):
        assert deliver(delivery, sender).state is m.DeliveryState.DELIVERED
    secrets = {webhook.url: webhook.secret for webhook in sender.sent}
    assert secrets == {URL: first.value, "https://erp.example/in": second.value}
    body = json.loads(sender.sent[0].body)
    assert (body["type"], body["data"]["after"]) == (
        "person.name_changed",
        {"given_name": "Rosie"},
    )
    assert body["data"]["subject"] == {"type": "person", "external_id": "P-1"}
    assert {webhook.message_id for webhook in sender.sent} == {event}


@pytest.mark.asvs("11.3.3")
def test_secret_of_an_address_is_sealed_and_shown_once(admin, sender):
    made = add(admin, sender, key="click")
    kept = f.fetch(m.WebhookEndpoint)
    assert made.value.startswith("whsec_")
    assert made.value not in str(kept.model_dump())
    assert made.value not in str([event.detail for event in f.fetch_all(m.AuditEvent)])
    with pytest.raises(Conflict):
        add(admin, sender, key="click")
    assert len(f.fetch_all(m.WebhookEndpoint)) == 1


def test_answer_that_is_not_good_is_tried_again_and_counted(admin):
    sender = Sender(answers=[503, PortUnavailable("It did not answer."), 200])
    delivery = waiting_delivery(admin, sender)
    for _ in range(2):
        with pytest.raises(PortUnavailable):
            deliver(delivery, sender)
    kept = f.fetch(m.WebhookDelivery, id=delivery.id)
    assert (kept.state, kept.attempts, kept.answer) == (
        m.DeliveryState.WAITING, 2, "It did not answer.",
    )  # fmt: skip
    done = deliver(delivery, sender)
    assert (done.state, done.attempts) == (m.DeliveryState.DELIVERED, 3)
    deliver(delivery, sender)
    assert len(sender.sent) == 3, "what has arrived is not sent again"


def test_address_that_is_gone_is_switched_off(admin):
    sender = Sender(answers=[410])
    delivery = waiting_delivery(admin, sender)
    with pytest.raises(PortRefused) as refusal:
        deliver(delivery, sender)
    events.give_up(SYSTEM, delivery_id=delivery.id, reason=str(refusal.value))
    endpoint = f.fetch(m.WebhookEndpoint)
    assert (endpoint.is_enabled, endpoint.off_because) == (False, GONE)
    given_up = f.fetch(m.WebhookDelivery)
    assert (given_up.state, given_up.attempts) == (m.DeliveryState.DEAD, 1)
    assert len(f.fetch_all(m.AuditEvent, action="webhook_delivery:self:failed")) == 1


def test_what_was_given_up_is_sent_again_on_demand(admin, sender):
    delivery = waiting_delivery(admin, sender)
    events.give_up(SYSTEM, delivery_id=delivery.id, reason="It answered 500.")
    (dead,) = events.connections(admin).rows
    assert (dead.event_type, dead.answer) == ("person.name_changed", "It answered 500.")
    assert events.connections(admin).endpoints[0].dead == 1
    endpoint = f.fetch(m.WebhookEndpoint).id
    # The buttons of a row share its key, and may be pressed before the row is drawn again.
    events.switch_endpoint(admin, endpoint=endpoint, is_on=True, key="again")
    assert events.retry_deliveries(admin, endpoint=endpoint, key="again") == 1
    assert events.retry_deliveries(admin, endpoint=endpoint, key="again") == 1
    jobs = [job.unique_key for job in f.fetch_all(m.Job, name="deliver_event")]
    assert jobs == [f"deliver:{delivery.id}:1", f"deliver:{delivery.id}:2"]
    assert deliver(delivery, sender).state is m.DeliveryState.DELIVERED


def test_nothing_is_sent_to_an_address_that_was_switched_off_or_removed(admin, sender):
    delivery = waiting_delivery(admin, sender)
    endpoint = f.fetch(m.WebhookEndpoint).id
    events.switch_endpoint(admin, endpoint=endpoint, is_on=False, key="off")
    assert deliver(delivery, sender).state is m.DeliveryState.SKIPPED
    later = emit(admin.brand)
    assert events.spread(SYSTEM, event_id=later) == 0
    assert f.fetch_all(m.Job, unique_key=f"spread:{later}") == []
    events.remove_endpoint(admin, endpoint=endpoint, key="gone")
    events.remove_endpoint(admin, endpoint=endpoint, key="gone")
    events.deliver(SYSTEM, delivery_id=delivery.id, sender=sender)
    events.give_up(SYSTEM, delivery_id=delivery.id, reason="x")
    assert sender.sent == []
    assert len(f.fetch_all(m.OutgoingEvent)) == 2, "events themselves stay for who reads them"


@pytest.mark.asvs("1.3.6")
def test_address_that_leads_inside_is_refused_when_it_is_entered(admin, sender):
    for url in ("https://inside.example/", "", "x" * 501, "https://a b/\x00"):
        with pytest.raises(Invalid) as refusal:
            add(admin, sender, url)
        assert set(refusal.value.fields) == {"url"}
    with pytest.raises(Invalid):
        events.add_endpoint(admin, url="https://127.0.0.1/", sender=HttpWebhooks(), key="x")
    assert f.fetch_all(m.WebhookEndpoint) == []


@pytest.mark.asvs("8.2.1")
def test_only_administrators_of_the_brand_who_confirmed_who_they_are_change_addresses(
    admin, sender
):
    add(admin, sender)
    endpoint = f.fetch(m.WebhookEndpoint).id
    hurried, rival = (
        replace(admin, stepped_up_until=None),
        sure_admin(brand_id=f.brand(key="orchard", name="Orchard").id),
    )
    for actor in (hurried, f.staff_actor(Role.MANAGER)):
        with pytest.raises(NotAllowed):
            add(actor, sender)
        with pytest.raises(NotAllowed):
            events.switch_endpoint(actor, endpoint=endpoint, is_on=False, key="x")
        with pytest.raises(NotAllowed):
            events.remove_endpoint(actor, endpoint=endpoint, key="x")
    for change in (events.remove_endpoint, events.retry_deliveries):
        with pytest.raises(NotFound):
            change(rival, endpoint=endpoint, key="x")
    assert events.connections(rival).endpoints == ()
    assert f.fetch(m.WebhookEndpoint).is_enabled


def test_only_the_portal_itself_sends(admin, sender):
    delivery = waiting_delivery(admin, sender)
    for call in (
        lambda: events.spread(admin, event_id=delivery.event_id),
        lambda: events.deliver(admin, delivery_id=delivery.id, sender=sender),
        lambda: events.forget_events(admin),
    ):
        with pytest.raises(NotFound):
            call()
    assert sender.sent == []


def test_events_are_forgotten_after_ninety_days_and_numbers_never_come_again(admin, sender, clock):
    delivery = waiting_delivery(admin, sender)
    deliver(delivery, sender)
    number = f.fetch(m.OutgoingEvent).sequence
    clock.advance(days=90, seconds=-1)
    assert events.forget_events(SYSTEM) == 0
    clock.advance(seconds=2)
    assert events.forget_events(SYSTEM) == 1
    assert f.fetch_all(m.WebhookDelivery) == []
    emit(admin.brand)
    assert f.fetch(m.OutgoingEvent).sequence > number


def test_jobs_carry_an_event_to_a_real_server_through_its_absence(db, clock, monkeypatch):
    """From the change to the address, with nothing in between replaced but the network's edge."""
    admin = sure_admin()
    here = HttpWebhooks(to_loopback=True)
    monkeypatch.setattr("portal_app.wiring.webhooks", lambda: here)
    with receiving() as receiver:
        receiver.answer = 503
        made = events.add_endpoint(admin, url=receiver.url, sender=here, key="add")
        emit(admin.brand, after={"given_name": "Rosie"})
        worker = Worker(JOBS)
        worker.run_due()
        assert f.fetch(m.WebhookDelivery).attempts == 1
        receiver.answer = 200
        clock.advance(seconds=15)
        worker.run_due()
    assert f.fetch(m.WebhookDelivery).state is m.DeliveryState.DELIVERED
    assert len(receiver.got) == 2
    headers = [headers for headers, _ in receiver.got]
    assert headers[0]["webhook-id"] == headers[1]["webhook-id"]
    body = json.loads(receiver.got[1][1])
    assert body["data"]["after"] == {"given_name": "Rosie"}
    signature = Verifier(made.value).sign(headers[1]["webhook-id"], clock.time, receiver.got[1][1])
    assert headers[1]["webhook-signature"] == signature


def test_jobs_give_up_after_days_and_say_so(db, clock, monkeypatch):
    admin = sure_admin()
    sender = Sender(answers=[PortUnavailable("It did not answer.")] * 100)
    monkeypatch.setattr("portal_app.wiring.webhooks", lambda: sender)
    add(admin, sender)
    emit(admin.brand)
    worker = Worker(JOBS)
    worker.run_due()
    for _ in range(40):
        clock.advance(hours=7)
        worker.run_due()
    kept = f.fetch(m.WebhookDelivery)
    assert (kept.state, kept.attempts) == (m.DeliveryState.DEAD, 20)
    assert len(sender.sent) == 20


@hostile
@given(value=anything, key=anything)
def test_addresses_take_anything_without_harm(admin, sender, value, key):
    for call in (
        lambda: events.add_endpoint(admin, url=value, sender=sender, key=key),
        lambda: events.switch_endpoint(admin, endpoint=value, is_on=key, key=key),
        lambda: events.remove_endpoint(admin, endpoint=value, key=key),
        lambda: events.retry_deliveries(admin, endpoint=value, key=key),
        lambda: events.connections(admin, state=value, after=key),
    ):
        refused_without_a_trace(call)
