"""The daily run: what is due, contract by contract, and what an earlier run left open."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotFound
from portal_app.core.ids import new_id
from portal_app.models import (
    Account,
    Action,
    AttemptState,
    Contract,
    Instalment,
    PaymentAttempt,
    PaymentPolicy,
    PaymentRun,
)
from portal_app.models import InstalmentState as State
from portal_app.ports.payments import PaymentGateway
from portal_app.services.payments import policy
from portal_app.services.payments.commands import outcomes
from portal_app.services.payments.commands.intents import hopeless, intend
from portal_app.services.payments.commands.settling import settle
from portal_app.services.payments.queries.books import Book, book_of
from portal_app.services.payments.rules.dunning import COLLECTED, next_charge
from portal_app.services.transaction import reading, transaction

JOB = "collect_payments"
_UNKNOWN = (AttemptState.ASKED, AttemptState.PENDING)
_MOST_OPEN = 500


def start_runs(actor: Actor) -> int:
    """Begin today's run in every time zone where its hour has come; return how many began.

    A day's run of a zone is one row that only one process can write; its contracts are queued in
    the same transaction. What an earlier day's run did not reach is due today as well, so days
    without a run need no catching up.
    """
    policy.require_system(actor)
    with reading() as session:
        open_brands = select(PaymentPolicy).where(col(PaymentPolicy.takes_payments))
        policies = session.exec(open_brands).all()
    return sum(
        _start(Actor.system(actor.name, brand=one.brand_id), zone)
        for one in policies
        for zone in _zones(one.brand_id)
        if _has_come(one, zone)
    )


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


def leave_looks(actor: Actor, *, slot: str) -> int:
    """Leave a job for each contract with an attempt whose outcome is not known, oldest first."""
    policy.require_system(actor)
    slot = identifier(slot)
    with transaction(actor) as tx:
        found = tx.session.exec(
            select(PaymentAttempt.contract_id)
            .where(col(PaymentAttempt.state).in_(_UNKNOWN))
            .order_by(col(PaymentAttempt.started_at))
            .limit(_MOST_OPEN)
        ).all()
        for contract_id in dict.fromkeys(found):
            tx.enqueue(
                "settle_payments", key=f"settle:{contract_id}@{slot}", contract_id=contract_id
            )
        return len(found)


def settle_open(actor: Actor, *, contract: str, gateway: PaymentGateway) -> int:
    """Find out what became of a contract's open attempts, then go on with what is due."""
    policy.require_system(actor)
    with reading() as session:
        found = session.exec(
            select(PaymentAttempt.id).where(
                PaymentAttempt.contract_id == identifier(contract),
                col(PaymentAttempt.state).in_(_UNKNOWN),
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


def _start(actor: Actor, zone: str) -> bool:
    today = clock.today(zone)
    values: dict[str, Any] = {
        "id": new_id(),
        "brand_id": actor.brand,
        "zone": zone,
        "run_on": today,
        "started_at": clock.now(),
        "contracts": 0,
    }
    with transaction(actor) as tx:
        due = tx.session.exec(
            select(Contract.id)
            .join(Account, col(Account.id) == col(Contract.account_id))
            .where(_is_due(actor.brand, today), Account.timezone == zone)
            .order_by(col(Contract.id))
        ).all()
        if not due or not tx.insert_once(PaymentRun, values, "brand_id", "zone", "run_on"):
            return False
        run = tx.session.get_one(PaymentRun, values["id"])
        run.contracts = len(due)
        for contract_id in due:
            tx.enqueue(JOB, key=f"{run.id}:{contract_id}", contract_id=contract_id, run_id=run.id)
        tx.record(Action.PAYMENT_RUN_BEGUN, "payment_run", run.id, zone=zone, contracts=len(due))
        tx.touch(f"payments:{actor.brand}")
        return True


def _is_due(brand: str, today: object) -> ColumnElement[bool]:
    due = and_(col(Instalment.state) == State.SCHEDULED, col(Instalment.due_on) <= today)
    missed = and_(col(Instalment.state) == State.MISSED, col(Instalment.retry_on) <= today)
    with_any = select(Instalment.contract_id).where(
        Instalment.brand_id == brand, col(Instalment.ended_at).is_(None), or_(due, missed)
    )
    return and_(
        col(Contract.id).in_(with_any),
        col(Contract.status).in_(COLLECTED),
        col(Contract.ended_at).is_(None),
    )


def _zones(brand: str) -> list[str]:
    with reading() as session:
        on_schedule = select(Instalment.contract_id).where(Instalment.brand_id == brand)
        found = session.exec(
            select(Account.timezone)
            .join(Contract, col(Contract.account_id) == col(Account.id))
            .where(Account.brand_id == brand, col(Contract.id).in_(on_schedule))
            .distinct()
        )
        return sorted(found)


def _has_come(kept: PaymentPolicy, zone: str) -> bool:
    now: datetime = clock.now().astimezone(ZoneInfo(zone))
    return f"{now:%H:%M}" >= kept.run_at


def _begin_next(actor: Actor, contract: str, run: str) -> str:
    """Write down the next charge and return its attempt; "" when nothing is to be asked for.

    What cannot work is not asked for: it fails at once, and what comes after it is looked at.
    """
    with transaction(actor) as tx:
        deal = policy.locked_deal(tx.session, contract)
        while True:
            book = book_of(tx.session, deal, with_names=False)
            if not book.policy.takes_payments or deal.contract.ended_at is not None:
                return ""
            if (waiting := _asked(book)) is not None:
                return waiting
            charge = next_charge(book.standing, book.today)
            if charge is None:
                return ""
            attempt = intend(tx, book, charge, run=run)
            why = hopeless(book)
            if why is None:
                return attempt.id
            outcomes.fail(tx, book, book.instalment(charge.sequence), attempt, why)
            tx.session.flush()


def _asked(book: Book) -> str | None:
    """Return the attempt whose answer was never heard; one that the bank settles is waited for."""
    unknown = [one for one in book.attempts if one.state in _UNKNOWN]
    if not unknown:
        return None
    return next((one.id for one in unknown if one.state is AttemptState.ASKED), "")
