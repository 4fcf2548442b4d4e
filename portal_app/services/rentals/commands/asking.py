"""What customers do: call items off rent, and take that back (S3-25)."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.ids import reference
from portal_app.models import Action, RentalRequest
from portal_app.services import contracts
from portal_app.services.rentals import policy
from portal_app.services.rentals.commands.telling import tell_customer, tell_store, write_down
from portal_app.services.rentals.policy import Hire
from portal_app.services.rentals.queries.items import circumstances
from portal_app.services.rentals.queries.requests import hire_of
from portal_app.services.rentals.rules.asked import NOW, Asked, read_asked, read_words
from portal_app.services.rentals.rules.moves import Move
from portal_app.services.transaction import Transaction, transaction


def call_off_rent(
    actor: Actor,
    *,
    line: str,
    quantity: object,
    requested_for: str = NOW,
    method: str,
    place: str = "",
    contact_name: str,
    contact_phone: str,
    notes: str = "",
    key: str,
) -> str:
    """Ask the store to take items off rent and return the request's number.

    `quantity` is from 1 to what is out less all open requests; `requested_for` is `now` or wall
    time in the store's zone (`2026-11-24T08:00`), not past, within a year; `method` is `pickup` or
    `drop_off`; `place` is the line's site if left empty. Rent goes on until the store confirms.
    Two requests can never be for the same items: the line is locked while one is written.
    """
    entered = {
        "quantity": quantity,
        "requested_for": requested_for,
        "method": method,
        "place": place,
        "contact_name": contact_name,
        "contact_phone": contact_phone,
        "notes": notes,
    }
    with transaction(actor) as tx:
        hire = policy.require_hire(tx.session, actor, line, lock=True)
        if (earlier := tx.earlier_answer(key, "rentals.call_off_rent", line)) is not None:
            return earlier
        policy.require_requestable(tx.session, actor, hire)
        request = _request(tx, hire, read_asked(entered, circumstances(tx.session, hire)))
        write_down(tx, request, hire, Action.RENTAL_REQUESTED)
        tell_customer(tx, request, hire, "submitted")
        tell_store(tx, request, hire, "received")
        return tx.answer(key, request.number)


def cancel_request(actor: Actor, *, number: str, reason: str = "", key: str) -> str:
    """Take a request back: the customer until it is scheduled, after that the store."""
    with transaction(actor) as tx:
        request = policy.require_request(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "rentals.cancel_request", number) is not None:
            return request.number
        request.state = policy.require_move(tx.session, actor, request, Move.CANCEL)
        request.reason = read_words("reason", reason)
        request.changed_at, request.version = clock.now(), request.version + 1
        hire = hire_of(tx.session, request)
        write_down(tx, request, hire, Action.RENTAL_CANCELLED, note=request.reason)
        tell_customer(tx, request, hire, "cancelled")
        if not actor.is_staff:
            tell_store(tx, request, hire, "withdrawn")
        return tx.answer(key, request.number)


def _request(tx: Transaction, hire: Hire, asked: Asked) -> RentalRequest:
    now = clock.now()
    request = RentalRequest(
        brand_id=hire.account.brand_id,
        number=_free_number(tx),
        account_id=hire.account.id,
        contract_line_id=hire.line.id,
        store_id=contracts.serving_store(hire.contract, hire.account),
        requested_by=tx.actor.user_id,
        quantity=asked.quantity,
        requested_for=asked.requested_for,
        method=asked.method,
        place=asked.place,
        contact_name=asked.contact_name,
        contact_phone=asked.contact_phone,
        notes=asked.notes,
        created_at=now,
        changed_at=now,
    )
    tx.session.add(request)
    tx.session.flush()
    return request


def _free_number(tx: Transaction) -> str:
    while True:
        number = reference("OR")
        taken = select(RentalRequest.id).where(col(RentalRequest.number) == number)
        if tx.session.exec(taken).first() is None:
            return number
