"""Writing down that money will be asked for, before anybody is asked."""

from datetime import timedelta

from portal_app.core import clock
from portal_app.models import (
    AttemptKind,
    AttemptState,
    FailureReason,
    PaymentAttempt,
)
from portal_app.models import InstalmentState as State
from portal_app.ports.payments import ChargeOrder
from portal_app.services.payments.queries.books import Book
from portal_app.services.payments.queries.building import unusable_because
from portal_app.services.payments.rules import methods
from portal_app.services.payments.rules.dunning import Charge
from portal_app.services.transaction import Transaction

# A gateway answers the same key the same way for at least a day; later it is asked what became
# of the charge, never for it under another key.
KEY_LIFE = timedelta(hours=20)
UNKNOWN = (AttemptState.ASKED, AttemptState.PENDING)
_DURING = {
    AttemptKind.DUE: State.PROCESSING,
    AttemptKind.RETRY: State.RETRYING,
    AttemptKind.PAY_NOW: State.RETRYING,
}


def intend(tx: Transaction, book: Book, charge: Charge, *, run: str = "") -> PaymentAttempt:
    """Add the one attempt of this number, and mark the payment as being taken.

    The key under which the gateway is asked follows from payment and number, so that whoever
    carries on after a crash asks for the very same charge.
    """
    row, method = book.instalment(charge.sequence), book.chosen
    row.attempts += 1
    row.state = _DURING[charge.kind]
    row.version += 1
    attempt = PaymentAttempt(
        brand_id=row.brand_id,
        contract_id=row.contract_id,
        instalment_id=row.id,
        number=row.attempts,
        kind=charge.kind,
        amount_minor=charge.total,
        fee_minor=charge.fee,
        currency=book.contract.currency,
        method_id=method.id if method else None,
        method_label=methods.label(method) if method else "",
        gateway_token=method.gateway_token if method else "",
        idempotency_key=f"inst-{row.id}-attempt-{row.attempts}",
        description=f"Contract {book.contract.number}, payment {row.sequence}",
        run_on=book.today,
        run_id=run or None,
        by_name=tx.actor.name[:120] if not tx.actor.is_system else "",
        started_at=clock.now(),
    )
    tx.session.add(attempt)
    tx.session.flush()
    return attempt


def hopeless(book: Book) -> FailureReason | None:
    """Return why the gateway need not be asked at all; None when it has to be."""
    if book.chosen is None:
        return FailureReason.NO_METHOD
    return unusable_because(book.chosen, book.today)


def order_of(attempt: PaymentAttempt) -> ChargeOrder:
    """Return what the gateway is asked, the same at every repetition."""
    return ChargeOrder(
        attempt.idempotency_key,
        attempt.gateway_token,
        attempt.amount_minor,
        attempt.currency,
        attempt.description,
    )


def is_open(attempt: PaymentAttempt) -> bool:
    """Say whether the outcome of an attempt is not known yet."""
    return attempt.state in UNKNOWN
