"""Beginning the day's run: which contracts have something due, queued part by part."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.ids import new_id
from portal_app.models import (
    Account,
    Action,
    Contract,
    Instalment,
    PaymentAttempt,
    PaymentPolicy,
    PaymentRun,
)
from portal_app.models import InstalmentState as State
from portal_app.services.payments import policy
from portal_app.services.payments.commands.intents import UNKNOWN
from portal_app.services.payments.rules.dunning import COLLECTED
from portal_app.services.transaction import Transaction, reading, transaction

JOB = "collect_payments"
# So many contracts are queued in one transaction, however many are due: nobody waits for long.
_PART = 500
# So many are read at once, outside any transaction; it is what memory they take.
_READ = 20_000


def start_runs(actor: Actor) -> int:
    """Begin today's run in every time zone where its hour has come; return how many began.

    A day's run of a zone is one row that is made once. Its contracts are queued in parts, each
    in one transaction with the mark of how far the run has come: a process that dies between two
    of them, or works beside another, goes on from the mark. What an earlier day's run did not
    reach is due today as well, so days without a run need no catching up.
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


def leave_looks(actor: Actor, *, slot: str) -> int:
    """Leave a job for each contract with an attempt whose outcome is not known; return how many."""
    policy.require_system(actor)
    slot, after, left = identifier(slot), "", 0
    while part := _unknown(after):
        with transaction(actor) as tx:
            tx.enqueue_each(
                "settle_payments",
                {f"settle:{one}@{slot}": {"contract_id": one} for one in part},
            )
        after, left = part[-1], left + len(part)
    return left


def _start(actor: Actor, zone: str) -> bool:
    """Make the run of a zone, or go on with the one that is not queued to its end."""
    today = clock.today(zone)
    run = _run_of(actor.brand, zone, today)
    if run is not None and run.queued_at is not None:
        return False
    after = run.queued_to if run else ""
    for part in _parts(actor.brand, zone, today, after):
        if run is None:
            run = PaymentRun(
                id=new_id(),
                brand_id=actor.brand,
                zone=zone,
                run_on=today,
                started_at=clock.now(),
            )
        run = _queue(actor, run, after, part)
        if run.queued_to != part[-1]:
            return True  # somebody else goes on with it
        after = run.queued_to
    if run is not None:
        _finish(actor, run)
    return run is not None


def _queue(actor: Actor, begun: PaymentRun, after: str, part: list[str]) -> PaymentRun:
    """Queue some contracts, unless the run has come further meanwhile; return it as it is now."""
    with transaction(actor) as tx:
        if tx.insert_once(PaymentRun, begun.model_dump(), "brand_id", "zone", "run_on"):
            tx.record(Action.PAYMENT_RUN_BEGUN, "payment_run", begun.id, zone=begun.zone)
        run = _locked(tx, begun)
        if run.queued_to != after or run.queued_at is not None:
            return run
        tx.enqueue_each(
            JOB,
            {f"{run.id}:{one}": {"contract_id": one, "run_id": run.id} for one in part},
        )
        run.queued_to, run.contracts = part[-1], run.contracts + len(part)
        tx.touch(f"payments:{actor.brand}")
        return run


def _finish(actor: Actor, begun: PaymentRun) -> None:
    with transaction(actor) as tx:
        run = _locked(tx, begun)
        run.queued_at = run.queued_at or clock.now()


def _locked(tx: Transaction, begun: PaymentRun) -> PaymentRun:
    wanted = _named(begun.brand_id, begun.zone, begun.run_on).with_for_update()
    return tx.session.exec(wanted).one()


def _run_of(brand: str, zone: str, day: date) -> PaymentRun | None:
    with reading() as session:
        return session.exec(_named(brand, zone, day)).first()


def _named(brand: str, zone: str, day: date) -> SelectOfScalar[PaymentRun]:
    return select(PaymentRun).where(
        PaymentRun.brand_id == brand, PaymentRun.zone == zone, PaymentRun.run_on == day
    )


def _parts(brand: str, zone: str, today: date, after: str) -> Iterator[list[str]]:
    """Read what is due in a zone behind a contract, by parts in the order of their ids."""
    while True:
        with reading() as session:
            due = _due(session, brand, zone, today, after)
        yield from (due[start : start + _PART] for start in range(0, len(due), _PART))
        if len(due) < _READ:
            return
        after = due[-1]


def _due(session: Session, brand: str, zone: str, today: date, after: str) -> list[str]:
    wanted = (
        select(Contract.id)
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(_is_due(brand, today), Account.timezone == zone, Contract.id > after)
    )
    return list(session.exec(wanted.order_by(col(Contract.id)).limit(_READ)))


def _is_due(brand: str, today: date) -> ColumnElement[bool]:
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


def _unknown(after: str) -> list[str]:
    """Return the next contracts, by id, that have an attempt whose outcome is not known."""
    brands = select(PaymentPolicy.brand_id)
    wanted = select(PaymentAttempt.contract_id).where(
        col(PaymentAttempt.brand_id).in_(brands),
        col(PaymentAttempt.state).in_(UNKNOWN),
        PaymentAttempt.contract_id > after,
    )
    with reading() as session:
        each = wanted.distinct().order_by(col(PaymentAttempt.contract_id)).limit(_PART)
        return list(session.exec(each))


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
