"""Choosing, copying and removing methods, and warning of those that run out (S0-15 to S0-17)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from sqlmodel import col, or_, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.ids import new_id
from portal_app.models import (
    Account,
    Action,
    Contract,
    Feature,
    PaymentAttempt,
    PaymentMethod,
)
from portal_app.ports.payments import PaymentGateway
from portal_app.services import branding
from portal_app.services.payments import policy
from portal_app.services.payments.commands.intents import is_open
from portal_app.services.payments.commands.telling import tell, write_down
from portal_app.services.payments.policy import Deal
from portal_app.services.payments.rules import methods as rules
from portal_app.services.payments.rules.dunning import COLLECTED
from portal_app.services.transaction import Transaction, reading, transaction
from portal_app.services.wording import day as in_words

_BATCH = 500
_MOST = 50


def choose_method(actor: Actor, *, payment_method: str, key: str) -> str:
    """Make a method the one that is charged; one of this contract that counts today (S0-21)."""
    with transaction(actor) as tx:
        row, deal = policy.require_method(tx.session, actor, payment_method)
        if tx.earlier_answer(key, "payments.choose_method", payment_method) is not None:
            return row.id
        branding.require_on(tx, Feature.MANAGE_METHODS)
        if why := rules.unusable_words(row, clock.today(deal.zone)):
            raise Conflict(f"{why} Choose another one, or add a new one.")
        row.default_since, row.version = clock.now(), row.version + 1
        write_down(tx, deal, Action.METHOD_CHOSEN, "payment_method", row.id)
        return tx.answer(key, row.id)


def remove_method(actor: Actor, *, payment_method: str, key: str) -> str:
    """Take a method off its contract; the gateway forgets it once no contract has it."""
    with transaction(actor) as tx:
        done = tx.earlier_answer(key, "payments.remove_method", payment_method)
        if done is not None:
            return done
        row, deal = policy.require_method(tx.session, actor, payment_method)
        branding.require_on(tx, Feature.MANAGE_METHODS)
        used = select(PaymentAttempt).where(PaymentAttempt.method_id == row.id)
        if any(is_open(one) for one in tx.session.exec(used)):
            raise Conflict("A payment from this is on its way. Remove it once that is settled.")
        row.ended_at = row.removed_at = clock.now()
        row.default_since, row.version = None, row.version + 1
        write_down(tx, deal, Action.METHOD_REMOVED, "payment_method", row.id)
        if row.gateway_token:
            tx.enqueue("forget_method", key=f"forget:{row.id}", method_id=row.id)
        return tx.answer(key, row.id)


def copy_method(actor: Actor, *, payment_method: str, contracts: Sequence[str], key: str) -> int:
    """Put a method on other contracts that were chosen by hand, one record each (S0-16).

    They are its holder's, also when staff do it (S0-28). On each it becomes the one that is
    charged. Returns on how many contracts it is new.
    """
    with transaction(actor) as tx:
        row, own = policy.require_method(tx.session, actor, payment_method)
        done = tx.earlier_answer(key, "payments.copy_method", payment_method)
        if done is not None:
            return int(done)
        branding.require_on(tx, Feature.MANAGE_METHODS)
        chosen = [one for one in ticked(contracts) if one != row.contract_id]
        if not chosen:
            raise Invalid(contracts="Tick the contracts that are to be paid from this.")
        deals = policy.require_payable(tx.session, actor, own.contract, chosen, lock=True)
        for deal in deals:
            if why := rules.unusable_words(row, clock.today(deal.zone)):
                raise Conflict(f"{why} Add a new one first.")
        for deal in deals:
            add_record(tx, deal, row, by=actor.name)
        tx.answer(key, str(len(deals)))
        return len(deals)


def forget_method(actor: Actor, *, payment_method: str, gateway: PaymentGateway) -> None:
    """Have the gateway forget a method that is on no contract any more."""
    policy.require_system(actor)
    with reading() as session:
        row = session.get(PaymentMethod, identifier(payment_method))
    if row is not None and row.gateway_token and not is_on_any(row.gateway_token):
        gateway.detach(row.gateway_token)


def is_on_any(gateway_token: str) -> bool:
    """Say whether any contract has a method that the gateway calls this."""
    still = select(PaymentMethod.id).where(
        PaymentMethod.gateway_token == gateway_token, col(PaymentMethod.ended_at).is_(None)
    )
    with reading() as session:
        return session.exec(still).first() is not None


def warn_of_expiry(actor: Actor) -> int:
    """Write to the holders of cards that run out: 30 days ahead, then 7; each warning once."""
    policy.require_system(actor)
    last, told = "", 0
    while True:
        with transaction(actor) as tx:
            found = _running_out(tx, last)
            told += sum(_warn(tx, row, Deal(contract, account)) for row, contract, account in found)
        if len(found) < _BATCH:
            return told
        last = found[-1][0].id


def ticked(contracts: object) -> list[str]:
    """Return the contracts that were ticked, each once, in an order in which all lock them."""
    if not isinstance(contracts, list | tuple):
        raise Invalid(contracts="Tick the contracts that are to be paid from this.")
    given = cast("Sequence[object]", contracts)
    if len(given) > _MOST:
        raise Invalid(contracts=f"Tick {_MOST} contracts at most.")
    return sorted({identifier(one) for one in given})


def add_record(tx: Transaction, deal: Deal, like: PaymentMethod, *, by: str) -> PaymentMethod:
    """Add a record of a method to a contract, and have it charged from now on."""
    now, made = clock.now(), new_id()
    row = PaymentMethod(
        id=made,
        brand_id=deal.contract.brand_id,
        source_system="portal",
        external_id=made,
        contract_id=deal.contract.id,
        kind=like.kind,
        brand=like.brand,
        last4=like.last4,
        exp_month=like.exp_month,
        exp_year=like.exp_year,
        holder=like.holder,
        gateway_token=like.gateway_token,
        fingerprint=like.fingerprint,
        default_since=now,
        consent_at=now,
        added_by=by[:120],
    )
    tx.session.add(row)
    tx.session.flush()
    write_down(tx, deal, Action.METHOD_ADDED, "payment_method", row.id, kind=row.kind.value)
    return row


def tell_added(tx: Transaction, deal: Deal, row: PaymentMethod, others: int) -> None:
    """Tell the holder that a method was added, whoever did it."""
    facts = {"method": rules.label(row), "others": str(others) if others else ""}
    tell(tx, deal, "method_added", facts)


def _running_out(tx: Transaction, last: str) -> list[Any]:
    today = clock.now().date()
    # Every day of them is asked: from late January on a month ahead is March.
    days = (today + timedelta(days=ahead) for ahead in range(-1, 33))
    months = {(day.year, day.month) for day in days}
    ends = [
        (col(PaymentMethod.exp_year) == year) & (col(PaymentMethod.exp_month) == month)
        for year, month in sorted(months)
    ]
    wanted = (
        select(PaymentMethod, Contract, Account)
        .join(Contract, col(Contract.id) == col(PaymentMethod.contract_id))
        .join(Account, col(Account.id) == col(Contract.account_id))
        .where(
            col(PaymentMethod.id) > last,
            col(PaymentMethod.ended_at).is_(None),
            col(PaymentMethod.default_since).is_not(None),
            or_(*ends),
            col(Contract.status).in_(COLLECTED),
            col(Contract.ended_at).is_(None),
        )
        .order_by(col(PaymentMethod.id))
        .limit(_BATCH)
        .with_for_update(of=PaymentMethod)
    )
    return list(tx.session.exec(wanted).all())


def _warn(tx: Transaction, row: PaymentMethod, deal: Deal) -> bool:
    today, last = clock.today(deal.zone), rules.last_day(row)
    ahead = rules.warning_due(row, today)
    if ahead is None or last is None or not _is_charged(tx, row):
        return False
    row.warned_days = ahead
    facts = {"method": rules.label(row), "last": in_words(last), "days": str((last - today).days)}
    tell(tx, deal, "expiring", facts)
    write_down(tx, deal, Action.METHOD_WARNED, "payment_method", row.id, days=ahead)
    return True


def _is_charged(tx: Transaction, row: PaymentMethod) -> bool:
    """Say whether this is the method of its contract that is charged."""
    beside = select(PaymentMethod).where(
        PaymentMethod.contract_id == row.contract_id, col(PaymentMethod.ended_at).is_(None)
    )
    chosen = rules.chosen(tx.session.exec(beside))
    return chosen is not None and chosen.id == row.id
