"""What follows for a contract when a feed says that a payment was made elsewhere (S0-14, S0-24)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.models import Action, Contract, ContractStatus
from portal_app.services.payments import policy
from portal_app.services.payments.commands.outcomes import write_standing
from portal_app.services.payments.commands.telling import write_down
from portal_app.services.payments.queries.books import book_of
from portal_app.services.payments.rules.dunning import cured
from portal_app.services.transaction import Transaction, transaction

_PART = 500


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


def follow_feed(actor: Actor, *, contract: str) -> bool:
    """Put a contract in good standing again if nothing of it is owed any more; say whether it is.

    A request to cancel stays: staff see what was paid, and decide.
    """
    policy.require_system(actor)
    with transaction(actor) as tx:
        book = book_of(tx.session, policy.locked_deal(tx.session, identifier(contract)))
        then = cured(book.standing)
        if then.status is book.contract.status:
            return False
        write_standing(book, then)
        write_down(tx, book.deal, Action.CONTRACT_CURED, "contract", book.contract.id)
        return True
