"""Opening a request to cancel a contract: never two for one contract (S0-25)."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.ids import new_id, reference
from portal_app.models import (
    PHASE_OF,
    Action,
    CancellationOrigin,
    CancellationRequest,
    CancellationState,
    ContractStatus,
)
from portal_app.services.payments.commands.telling import announce_contract, write_down
from portal_app.services.payments.policy import Deal
from portal_app.services.transaction import Transaction


def open_request(tx: Transaction, deal: Deal, origin: CancellationOrigin, reason: str) -> str:
    """Leave a request for staff to decide on and return its number; the contract waits for that.

    The caller holds the contract locked. If there is an open request already, that is the one.
    """
    contract = deal.contract
    opened = select(CancellationRequest.number).where(
        CancellationRequest.contract_id == contract.id,
        CancellationRequest.state == CancellationState.OPEN,
    )
    if held := tx.session.exec(opened).first():
        return held
    request = CancellationRequest(
        id=new_id(),
        brand_id=contract.brand_id,
        number=_free_number(tx),
        contract_id=contract.id,
        origin=origin,
        reason=reason[:400],
        requested_by_name="" if tx.actor.is_system else tx.actor.name[:120],
        created_at=clock.now(),
    )
    tx.session.add(request)
    contract.status = ContractStatus.PENDING_CANCELLATION
    contract.phase = PHASE_OF[contract.status]
    contract.has_own_standing = True
    contract.version += 1
    tx.session.flush()
    detail = {"number": request.number, "origin": origin.value}
    write_down(
        tx, deal, Action.CANCELLATION_REQUESTED, "cancellation_request", request.id, **detail
    )
    announce_contract(
        tx, deal, "cancellation_requested", number=request.number, origin=origin.value
    )
    return request.number


def _free_number(tx: Transaction) -> str:
    while True:
        number = reference("CR")
        taken = select(CancellationRequest.id).where(col(CancellationRequest.number) == number)
        if tx.session.exec(taken).first() is None:
            return number
