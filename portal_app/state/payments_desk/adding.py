"""Adding a method for a customer on the gateway's own page, and coming back from it (S0-28)."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.ports import PortRefused, PortUnavailable
from portal_app.services import payments

_CLOSED = "No payment method can be added at the moment. Nothing was changed: try again later."


def begin(actor: Actor, *, contract: str, also: list[str], back: str, key: str) -> str:
    """Open the page on which a method is added, to come back to `back`; return its address."""
    gateway = wiring.payment_gateway()
    try:
        begun = payments.begin_setup(
            actor,
            contract=contract,
            also=also,
            return_to=f"{back}?setup={{reference}}",
            gateway=gateway,
            key=key,
        )
    except (PortUnavailable, PortRefused):
        raise Conflict(_CLOSED) from None
    return begun.url


def come_back(actor: Actor, *, reference: str) -> tuple[str, str]:
    """Keep what was added there; return what to say of it, and in which tone."""
    try:
        found = payments.finish_setup(actor, reference=reference, gateway=wiring.payment_gateway())
    except (PortUnavailable, PortRefused):
        return "We have not heard yet how it went. It appears here as soon as we do.", "good"
    if found.method is None:
        return "Nothing was added.", "bad"
    return f"{found.method.label} is added.", "good"
