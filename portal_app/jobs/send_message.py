"""Sends one letter or text from the outbox."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.errors import PortalError
from portal_app.jobs.registry import Discard, job
from portal_app.ports import PortRefused
from portal_app.services import notifications

SYSTEM = Actor.system("send_message")


def give_up(message_id: str, reason: str) -> None:
    """Leave the message marked as failed, in the transaction that gives the job up."""
    notifications.give_up(SYSTEM, message_id=message_id, reason=reason)


# A day of a carrier's absence is waited out: 10 s, 20 s, 40 s … then hourly.
@job("send_message", max_attempts=32, backoff=10, cap=3600, on_dead=give_up)
def send_message(message_id: str) -> None:
    """Hand the message to its carrier; a refusal is final, an absence is not."""
    try:
        notifications.send(
            SYSTEM,
            message_id=message_id,
            mailer=wiring.mailer(),
            texts=wiring.texts(),
            letters=wiring.letters(),
        )
    except (PortRefused, PortalError) as refusal:
        raise Discard(str(refusal)) from refusal
