"""Taking what is due of one contract, and what an earlier run left open."""

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.models import (
    AttemptState,
    PaymentAttempt,
)
from portal_app.ports.payments import PaymentGateway
from portal_app.services.payments import policy
from portal_app.services.payments.commands import outcomes
from portal_app.services.payments.commands.following import settle_named
from portal_app.services.payments.commands.intents import UNKNOWN, hopeless, intend
from portal_app.services.payments.commands.settling import settle
from portal_app.services.payments.queries.books import Book, book_to_charge
from portal_app.services.payments.rules.dunning import next_charge
from portal_app.services.transaction import reading, transaction


def collect(actor: Actor, *, contract: str, run: str = "", gateway: PaymentGateway) -> int:
    """Take all that is due of a contract today, one after the other; return how many were tried.

    Raises PortUnavailable when the gateway does not answer: what was begun is taken up again.
    """
    policy.require_system(actor)
    contract, run, tried = identifier(contract), identifier(run) if run else "", 0
    while attempt := _begin_next(actor, contract, run):
        tried += 1
        if not settle(actor, attempt, gateway):
            break
    return tried


def settle_open(actor: Actor, *, contract: str, gateway: PaymentGateway) -> int:
    """Find out what became of a contract's open attempts, then go on with what is due."""
    policy.require_system(actor)
    with reading() as session:
        found = session.exec(
            select(PaymentAttempt.id).where(
                PaymentAttempt.contract_id == identifier(contract),
                col(PaymentAttempt.state).in_(UNKNOWN),
            )
        ).all()
    for attempt in found:
        settle(actor, attempt, gateway)
    return len(found) + collect(actor, contract=contract, gateway=gateway)


def settle_one(actor: Actor, *, idempotency_key: str, gateway: PaymentGateway) -> None:
    """Look again at one attempt because the gateway said that there is something to see."""
    policy.require_system(actor)
    with reading() as session:
        wanted = select(PaymentAttempt).where(
            PaymentAttempt.idempotency_key == identifier(idempotency_key)
        )
        attempt = session.exec(wanted).first()
    if attempt is None:
        raise NotFound
    settle(actor, attempt.id, gateway, again=True)
    collect(actor, contract=attempt.contract_id, gateway=gateway)


def _begin_next(actor: Actor, contract: str, run: str) -> str:
    """Write down the next charge and return its attempt; "" when nothing is to be asked for.

    What cannot work is not asked for: it fails at once, and what comes after it is looked at.
    """
    with transaction(actor) as tx:
        deal = policy.locked_deal(tx.session, contract)
        while True:
            book = book_to_charge(tx.session, deal)
            if not book.policy.takes_payments or deal.contract.ended_at is not None:
                return ""
            if (waiting := _asked(book)) is not None:
                return waiting
            charge = next_charge(book.standing, book.today)
            if charge is None:
                return ""
            if settle_named(tx, book):
                continue
            attempt = intend(tx, book, charge, run=run)
            why = hopeless(book)
            if why is None:
                return attempt.id
            outcomes.fail(tx, book, book.instalment(charge.sequence), attempt, why)
            tx.session.flush()


def _asked(book: Book) -> str | None:
    """Return the attempt whose answer was never heard; one that the bank settles is waited for."""
    unknown = [one for one in book.attempts if one.state in UNKNOWN]
    if not unknown:
        return None
    return next((one.id for one in unknown if one.state is AttemptState.ASKED), "")
