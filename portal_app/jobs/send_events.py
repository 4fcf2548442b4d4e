"""Sends events to the operator's systems: first to whom, then one job for each of them."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.errors import PortalError
from portal_app.jobs.registry import Discard, job, periodic
from portal_app.ports import PortRefused
from portal_app.services import events

SYSTEM = Actor.system("send_events")


@job("spread_event", in_tx=True)
def spread_event(event_id: str) -> None:
    """Put an event on its way to every address that wants it."""
    events.spread(SYSTEM, event_id=event_id)


def give_up(delivery_id: str, reason: str) -> None:
    """Leave the delivery marked as given up, in the transaction that gives the job up."""
    events.give_up(SYSTEM, delivery_id=delivery_id, reason=reason)


# Two days of an address's absence are waited out: 10 s, 20 s, 40 s … then every six hours.
@job("deliver_event", max_attempts=20, backoff=10, cap=21_600, on_dead=give_up)
def deliver_event(delivery_id: str) -> None:
    """Send one event to one address; a refusal is final, an absence is not."""
    try:
        events.deliver(SYSTEM, delivery_id=delivery_id, sender=wiring.webhooks())
    except (PortRefused, PortalError) as refusal:
        raise Discard(str(refusal)) from refusal


@periodic("40 3 * * *", name="forget_events", in_tx=True)
def forget_events(slot: str) -> None:  # noqa: ARG001 - names the night
    """Delete events that everybody has had ninety days to read."""
    events.forget_events(SYSTEM)
