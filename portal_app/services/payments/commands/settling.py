"""Asking the gateway for a charge that was written down, and writing down what it answered."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import (
    AttemptState,
    FailureReason,
    Instalment,
    PaymentAttempt,
)
from portal_app.ports import PortRefused
from portal_app.ports.payments import (
    ChargeOrder,
    ChargeResult,
    DeclineReason,
    PaymentGateway,
)
from portal_app.services.payments import policy
from portal_app.services.payments.commands import outcomes
from portal_app.services.payments.commands.intents import KEY_LIFE, is_open, order_of
from portal_app.services.payments.commands.telling import touch
from portal_app.services.payments.queries.books import Book, book_to_charge
from portal_app.services.payments.rules.dunning import next_charge
from portal_app.services.transaction import Transaction, reading, transaction


def settle(actor: Actor, attempt_id: str, gateway: PaymentGateway, *, again: bool = False) -> bool:
    """Find out what becomes of an attempt, outside any transaction, then carry it out.

    Returns whether it is over and something else of its contract is due today.

    Raises PortUnavailable while the gateway does not answer: the attempt then waits as it is, and
    the same charge is asked for again later. `again` asks even of one that is over, because the
    gateway said by itself that there is something to see.
    """
    with reading() as session:
        attempt = session.get_one(PaymentAttempt, attempt_id)
    if attempt.method_id is None or not (again or is_open(attempt)):
        return not is_open(attempt)
    result = _answer(attempt, order_of(attempt), gateway)
    return result is not None and _carry_out(actor, attempt, result)


def _answer(
    attempt: PaymentAttempt, order: ChargeOrder, gateway: PaymentGateway
) -> ChargeResult | None:
    if attempt.state is not AttemptState.ASKED:
        return gateway.find(order)
    if clock.now() - attempt.started_at > KEY_LIFE and (known := gateway.find(order)):
        return known
    try:
        return gateway.charge(order)
    except PortRefused:
        # It would not try, and the same request fails again. That is no proof that nothing was
        # taken: an answer may have been lost before.
        return _known(order, gateway) or ChargeResult("", DeclineReason.DECLINED)


def _known(order: ChargeOrder, gateway: PaymentGateway) -> ChargeResult | None:
    try:
        return gateway.find(order)
    except PortRefused:
        return None


def _carry_out(actor: Actor, asked: PaymentAttempt, result: ChargeResult) -> bool:
    with transaction(actor) as tx:
        book, row, attempt = _locked(tx, asked)
        attempt.gateway_reference = result.gateway_reference[:120] or attempt.gateway_reference
        if result.is_pending and result.declined is None:
            if attempt.state is AttemptState.ASKED:
                attempt.state = AttemptState.PENDING
                touch(tx, book.deal)
            return False
        if is_open(attempt):
            if result.declined is None:
                outcomes.succeed(tx, book, row, attempt)
            else:
                why = FailureReason(result.declined.value)
                outcomes.fail(tx, book, row, attempt, why)
        elif attempt.state is AttemptState.FAILED and result.declined is None:
            outcomes.correct(tx, book, row, attempt)
        return next_charge(book.standing, book.today) is not None


def _locked(tx: Transaction, asked: PaymentAttempt) -> tuple[Book, Instalment, PaymentAttempt]:
    """Read an attempt with its contract locked: of two outcomes the first is carried out."""
    session = tx.session
    book = book_to_charge(session, policy.locked_deal(session, asked.contract_id))
    attempt = next(one for one in book.attempts if one.id == asked.id)
    row = session.get_one(Instalment, attempt.instalment_id)
    if row not in book.instalments:  # a feed has ended it meanwhile
        book.instalments.append(row)
    return book, row, attempt
