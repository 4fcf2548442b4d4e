"""Payment methods: keeps what was added, forgets what was removed, warns of what runs out."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.jobs.registry import job, periodic
from portal_app.services import payments

SYSTEM = Actor.system("payments")


@job("look_at_setup", max_attempts=8, backoff=30)
def look_at_setup(reference: str) -> None:
    """Keep what was added on the gateway's page, even where the browser never came back."""
    payments.finish_setup(SYSTEM, reference=reference, gateway=wiring.payment_gateway())


@periodic("20 * * * *", name="look_at_open_setups")
def look_at_open_setups(slot: str) -> None:
    """Leave a job for everybody who went to the gateway's page and has not come back."""
    payments.leave_setup_looks(SYSTEM, slot=slot)


@job("forget_method", max_attempts=12, backoff=60, cap=21_600)
def forget_method(method_id: str) -> None:
    """Have the gateway forget a method that is on no contract any more."""
    payments.forget_method(SYSTEM, payment_method=method_id, gateway=wiring.payment_gateway())


@periodic("0 15 * * *", name="warn_of_expiry")
def warn_of_expiry(slot: str) -> None:  # noqa: ARG001 - names the day
    """Write to the holders of cards that run out in 30 days, then in 7."""
    payments.warn_of_expiry(SYSTEM)
