"""Asking for a contract to be cancelled, and deciding about it; nothing is cancelled by itself."""

from collections.abc import Mapping
from datetime import timedelta

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import (
    PHASE_OF,
    Action,
    CancellationOrigin,
    CancellationRequest,
    CancellationState,
    ContractStatus,
    Feature,
)
from portal_app.models import InstalmentState as State
from portal_app.services import branding
from portal_app.services.payments import policy
from portal_app.services.payments.commands.arranging import (
    read_day,
    read_reason,
    release,
    restart,
)
from portal_app.services.payments.commands.intents import is_open
from portal_app.services.payments.commands.opening import open_request
from portal_app.services.payments.commands.telling import (
    announce_contract,
    printed,
    tell,
    write_down,
)
from portal_app.services.payments.queries.books import Book, book_to_change
from portal_app.services.transaction import Transaction, transaction
from portal_app.services.wording import day as in_words

_OVER = "This contract has ended already and cannot go on. Approve the request to close it."


def ask_to_cancel(actor: Actor, *, contract: str, reason: str, key: str) -> str:
    """Ask for a contract to end and return the request's number; staff decide about it."""
    with transaction(actor) as tx:
        deal = policy.require_deal(tx.session, actor, contract, lock=True)
        if (earlier := tx.earlier_answer(key, "payments.ask_to_cancel", contract)) is not None:
            return earlier
        if not policy.may_manage(tx.session, actor, deal.contract):
            raise NotAllowed("Only the person who holds this contract can ask for its end.")
        branding.require_on(tx, Feature.CANCEL)
        if deal.contract.status is not ContractStatus.ACTIVE:
            raise Conflict("This contract cannot be cancelled as it stands now. Look at it again.")
        origin = CancellationOrigin.STAFF if actor.is_staff else CancellationOrigin.CONSUMER
        words = read_reason(reason)
        number = open_request(tx, deal, origin, words)
        tell(tx, deal, "cancellation_received", {"number": number, "reason": words})
        return tx.answer(key, number)


def approve_cancellation(actor: Actor, *, number: str, reason: str, key: str) -> str:
    """Cancel the contract that a request is about: nothing more is taken on it.

    What was never due is cancelled with it. What was due stays owed, also where it had been moved
    to a later day: staff write it off, or the customer pays it otherwise.
    """
    with transaction(actor) as tx:
        request, book = _open(tx, number)
        if tx.earlier_answer(key, "payments.approve_cancellation", number) is not None:
            return request.number
        _require_open(request, book)
        for row in book.instalments:
            if row.state in (State.SCHEDULED, State.ON_HOLD):
                is_owed = row.id in book.charged
                row.state = State.DEFAULTED if is_owed else State.CANCELLED
                row.version += 1
        _stand(book, ContractStatus.CANCELLED)
        facts = {"owed": printed(book.owed_minor, book.contract) if book.owed_minor else ""}
        _decide(tx, request, book, CancellationState.APPROVED, read_reason(reason), facts)
        return tx.answer(key, request.number)


def decline_cancellation(
    actor: Actor, *, number: str, try_again_on: str = "", reason: str, key: str
) -> str:
    """Let the contract go on: what was not paid is tried anew on a day, what was held goes on.

    `try_again_on` (`2026-12-24`) is needed where a payment failed twice; it then starts without
    fee. A payment on hold whose day has passed is due on that day too.
    """
    with transaction(actor) as tx:
        request, book = _open(tx, number)
        if tx.earlier_answer(key, "payments.decline_cancellation", number) is not None:
            return request.number
        _require_open(request, book)
        if book.is_over:
            raise Conflict(_OVER)
        unpaid = [one for one in book.instalments if one.state is State.DEFAULTED]
        tomorrow = book.today + timedelta(days=1)
        day = read_day("try_again_on", try_again_on, book.today) if unpaid else tomorrow
        for row in unpaid:
            restart(tx, book, row, day)
            row.version += 1
        release(book, day)
        is_missed = any(one.state in (State.MISSED, State.RETRYING) for one in book.instalments)
        _stand(book, ContractStatus.PAST_DUE if is_missed else ContractStatus.ACTIVE)
        facts = {"again": in_words(day) if unpaid else ""}
        _decide(tx, request, book, CancellationState.DECLINED, read_reason(reason), facts)
        return tx.answer(key, request.number)


def _open(tx: Transaction, number: str) -> tuple[CancellationRequest, Book]:
    request = policy.require_cancellation(tx.session, tx.actor, number)
    deal = policy.locked_deal(tx.session, request.contract_id)
    policy.require_colleague(tx.session, tx.actor, deal.contract)
    tx.session.refresh(request)
    return request, book_to_change(tx.session, deal)


def _require_open(request: CancellationRequest, book: Book) -> None:
    if request.state is not CancellationState.OPEN:
        raise Conflict("This has been decided already. Look at the contract again.")
    if any(map(is_open, book.attempts)):
        raise Conflict("A payment is on its way. Decide once the bank has answered.")


def _stand(book: Book, status: ContractStatus) -> None:
    """Move the contract on, unless the master system has ended it meanwhile."""
    contract = book.contract
    if contract.status is ContractStatus.PENDING_CANCELLATION:
        contract.status, contract.phase = status, PHASE_OF[status]
        contract.has_own_standing = True
        # From now on a record of a feed that is older is stale (S0-14).
        contract.source_updated_at = clock.now()
        contract.version += 1


def _decide(
    tx: Transaction,
    request: CancellationRequest,
    book: Book,
    state: CancellationState,
    reason: str,
    facts: Mapping[str, str],
) -> None:
    is_approved = state is CancellationState.APPROVED
    request.state, request.answer = state, reason
    request.decided_by, request.decided_by_name = tx.actor.user_id, tx.actor.name[:120]
    request.decided_at = clock.now()
    tx.session.flush()
    action = Action.CANCELLATION_APPROVED if is_approved else Action.CANCELLATION_DECLINED
    detail = {"number": request.number, "reason": reason}
    write_down(tx, book.deal, action, "cancellation_request", request.id, **detail)
    happened = "cancellation_approved" if is_approved else "cancellation_declined"
    announce_contract(tx, book.deal, happened, number=request.number)
    tell(tx, book.deal, happened, {**detail, **facts})
