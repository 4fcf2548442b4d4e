"""What follows for a contract when a feed says that a payment was made elsewhere (S0-14, S0-24)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.models import (
    Action,
    Contract,
    ContractStatus,
    EntryKind,
    Instalment,
)
from portal_app.models import InstalmentState as State
from portal_app.services.payments import policy
from portal_app.services.payments.commands.outcomes import write_standing
from portal_app.services.payments.commands.telling import write_down
from portal_app.services.payments.queries.books import Book, book_to_charge
from portal_app.services.payments.queries.elsewhere import paid_elsewhere
from portal_app.services.payments.rules.dunning import cured
from portal_app.services.transaction import Transaction, transaction

_PART = 500
_OPEN = (State.SCHEDULED, State.MISSED, State.DEFAULTED, State.ON_HOLD)


def note_feed(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> int:
    """Leave a job for each contract that is behind and whose payments a feed has just changed.

    `rows` are payments by column. The contract is not locked here: a run holds contracts while it
    waits for payments, and the feed holds payments.
    """
    ids = sorted({str(row["contract_id"]) for row in rows})
    left = 0
    for start in range(0, len(ids), _PART):
        behind = select(Contract.id).where(
            col(Contract.id).in_(ids[start : start + _PART]),
            col(Contract.status) == ContractStatus.PAST_DUE,
            col(Contract.has_own_standing),
        )
        for contract_id in tx.session.exec(behind).all():
            tx.enqueue("follow_payment_feed", contract_id=contract_id)
            left += 1
    return left


def note_ledger(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> int:
    """Leave a job for each contract of which a feed's ledger has just named a payment as made.

    `rows` are entries by column.
    """
    named = {
        str(row["reference"]): str(row["contract_id"])
        for row in rows
        if row["kind"] is EntryKind.PAYMENT and row["contract_id"] and row["reference"]
    }
    references, left = sorted(named), set[str]()
    for start in range(0, len(references), _PART):
        part = references[start : start + _PART]
        open_ones = select(Instalment.contract_id).where(
            col(Instalment.contract_id).in_({named[one] for one in part}),
            col(Instalment.external_id).in_(part),
            col(Instalment.state).in_(_OPEN),
        )
        left |= set(tx.session.exec(open_ones))
    for contract_id in sorted(left):
        tx.enqueue("follow_payment_feed", contract_id=contract_id)
    return len(left)


def follow_feed(actor: Actor, *, contract: str) -> bool:
    """Carry out for a contract what feeds say was paid elsewhere; say whether anything was.

    It is in good standing again if nothing of it is owed any more. A request to cancel stays:
    staff see what was paid, and decide.
    """
    policy.require_system(actor)
    with transaction(actor) as tx:
        deal = policy.locked_deal(tx.session, identifier(contract))
        book = book_to_charge(tx.session, deal)
        is_settled = settle_named(tx, book)
        return _cure(tx, book) or is_settled


def settle_named(tx: Transaction, book: Book) -> bool:
    """Settle what the master's ledger names as paid; say whether there was anything.

    An entry names a payment by its `external_id` as the reference. Asked again before each charge:
    whatever came of an attempt meanwhile, what was paid elsewhere is not taken as well.
    """
    contract = book.contract.id
    paid = paid_elsewhere(tx.session, [contract])
    found = [
        row
        for row in book.instalments
        if row.state in _OPEN and paid.get((contract, row.external_id), -1) >= row.amount_minor
    ]
    for row in found:
        row.state = State.PAID_LATE if row.attempts else State.PAID
        row.retry_on, row.version = None, row.version + 1
        action, detail = Action.PAYMENT_MADE_ELSEWHERE, {"number": row.sequence}
        write_down(tx, book.deal, action, "instalment", row.id, **detail)
    if found:
        _cure(tx, book)
        tx.session.flush()
    return bool(found)


def _cure(tx: Transaction, book: Book) -> bool:
    then = cured(book.standing)
    if then.status is book.contract.status:
        return False
    write_standing(book, then)
    write_down(tx, book.deal, Action.CONTRACT_CURED, "contract", book.contract.id)
    return True
