"""The daily payment run: one job for each contract, once a day in each account's time zone."""

from portal_app import wiring
from portal_app.core.actor import Actor
from portal_app.jobs.registry import job, periodic
from portal_app.services import payments

SYSTEM = Actor.system("payments")


@periodic("*/15 * * * *", name="start_payment_runs")
def start_payment_runs(slot: str) -> None:  # noqa: ARG001 - names the quarter of an hour
    """Begin the run of every zone where its hour has come and that has had none today."""
    payments.start_runs(SYSTEM)


# A gateway that is away for a day is waited for; what was asked by then is looked up hourly.
@job("collect_payments", max_attempts=12, backoff=30, cap=7_200)
def collect_payments(contract_id: str, run_id: str) -> None:
    """Take what is due of one contract; asked again, it takes nothing twice."""
    payments.collect(SYSTEM, contract=contract_id, run=run_id, gateway=wiring.payment_gateway())


@periodic("10,40 * * * *", name="look_at_open_payments")
def look_at_open_payments(slot: str) -> None:
    """Leave a job for each contract with a payment whose outcome is not known."""
    payments.leave_looks(SYSTEM, slot=slot)


@job("settle_payments", max_attempts=3, backoff=60)
def settle_payments(contract_id: str) -> None:
    """Find out what became of a contract's open payments, then go on with what is due."""
    payments.settle_open(SYSTEM, contract=contract_id, gateway=wiring.payment_gateway())


@job("follow_payment_feed", max_attempts=8, backoff=30)
def follow_payment_feed(contract_id: str) -> None:
    """Put a contract in good standing again once a feed says that what was missed is paid."""
    payments.follow_feed(SYSTEM, contract=contract_id)


@job("look_at_payment", max_attempts=8, backoff=30)
def look_at_payment(idempotency_key: str) -> None:
    """Look at one payment because the gateway said that there is something to see."""
    payments.settle_one(SYSTEM, idempotency_key=idempotency_key, gateway=wiring.payment_gateway())
