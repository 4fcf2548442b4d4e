"""What the gateway says by itself: a hint to look, never believed as it stands."""

from collections.abc import Mapping

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import PaymentNotice
from portal_app.ports.payments import PaymentGateway
from portal_app.services.payments import policy
from portal_app.services.transaction import transaction


def take_notice(
    actor: Actor, *, body: bytes, headers: Mapping[str, str], gateway: PaymentGateway
) -> bool:
    """Take a notice in and leave a job that looks; return whether it was new and concerns us.

    The same notice again, or one that comes late, changes nothing: what counts is what the gateway
    answers when it is asked. Raises PortRefused for one that the gateway did not sign.
    """
    policy.require_system(actor)
    notice = gateway.notice(body, headers)
    if notice is None:
        return False
    with transaction(actor) as tx:
        values = {"notice_id": notice.notice_id[:120], "received_at": clock.now()}
        if not tx.insert_once(PaymentNotice, values, "notice_id"):
            return False
        if notice.idempotency_key:
            tx.enqueue("look_at_payment", idempotency_key=notice.idempotency_key)
        if notice.setup_reference:
            tx.enqueue("look_at_setup", reference=notice.setup_reference)
        return True
