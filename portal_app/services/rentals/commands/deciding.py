"""What the store does with a request: confirm, arrange, decline, receive, check in (S3-25)."""

from collections.abc import Callable
from datetime import timedelta

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict
from portal_app.models import Action, ContractLine, RentalRequest
from portal_app.services.rentals import policy
from portal_app.services.rentals.commands.telling import tell_customer, write_down
from portal_app.services.rentals.policy import Hire
from portal_app.services.rentals.queries.requests import hire_of
from portal_app.services.rentals.rules.asked import (
    Circumstances,
    read_future,
    read_off_rent,
    read_quantity,
    read_words,
)
from portal_app.services.rentals.rules.moves import Move
from portal_app.services.rentals.rules.words import local_text
from portal_app.services.transaction import Transaction, transaction

# What a decision changes besides the state; returns the note for the request's history.
_Change = Callable[[Transaction, RentalRequest, Hire], str]
_EARLIEST = timedelta(days=31)


def acknowledge(actor: Actor, *, number: str, off_rent_at: str = "", key: str) -> str:
    """Confirm that rent stops, at the time asked for or at another (store's wall time)."""

    def confirm(_tx: Transaction, request: RentalRequest, hire: Hire) -> str:
        at = request.requested_for
        if off_rent_at != "":
            began = hire.line.out_at or request.created_at - _EARLIEST
            at = read_off_rent(off_rent_at, _around(hire), earliest=began)
        request.confirmed_off_rent_at = at
        return f"Rent stops {local_text(at, hire.zone)}."

    return _decide(actor, number, key, confirm, Action.RENTAL_ACKNOWLEDGED, Move.ACKNOWLEDGE)


def schedule(actor: Actor, *, number: str, when: str, note: str = "", key: str) -> str:
    """Set the day and time (store's wall time) at which the items are fetched or brought."""
    arrange = _arranged(when, note)
    return _decide(actor, number, key, arrange, Action.RENTAL_SCHEDULED, Move.SCHEDULE)


def reschedule(actor: Actor, *, number: str, when: str, note: str = "", key: str) -> str:
    """Set another day and time for a request that has one."""
    arrange = _arranged(when, note)
    return _decide(actor, number, key, arrange, Action.RENTAL_RESCHEDULED, Move.RESCHEDULE)


def decline(actor: Actor, *, number: str, reason: str, key: str) -> str:
    """Refuse a request, saying why: the customer reads the reason."""

    def refuse(_tx: Transaction, request: RentalRequest, _hire: Hire) -> str:
        request.reason = read_words("reason", reason, missing="Write why: the customer reads it.")
        request.confirmed_off_rent_at = None
        return request.reason

    return _decide(actor, number, key, refuse, Action.RENTAL_DECLINED, Move.DECLINE)


def receive_return(actor: Actor, *, number: str, note: str = "", key: str) -> str:
    """Say that the items have arrived, picked up or brought; they are not counted yet."""

    def take(_tx: Transaction, _request: RentalRequest, _hire: Hire) -> str:
        return read_words("note", note)

    moves = (Move.RECEIVE_RETURN, Move.PICK_UP)
    return _decide(actor, number, key, take, Action.RENTAL_RETURNED, *moves)


def check_in(actor: Actor, *, number: str, quantity: object, key: str) -> str:
    """Count what came back: that many go off the contract line, until a newer feed says otherwise.

    0 is for items that the operator's own system has counted already.
    """

    def count(tx: Transaction, request: RentalRequest, hire: Hire) -> str:
        line = _locked(tx, hire.line)
        entries, most = Entries(), min(request.quantity, line.quantity_out)
        came = read_quantity(entries, quantity, lowest=0, highest=most)
        entries.done()
        line.quantity_returned += came
        line.version += 1
        return f"{came} of {request.quantity} checked in."

    return _decide(actor, number, key, count, Action.RENTAL_COMPLETED, Move.CHECK_IN)


_TOLD = {
    Action.RENTAL_ACKNOWLEDGED: "acknowledged",
    Action.RENTAL_SCHEDULED: "scheduled",
    Action.RENTAL_RESCHEDULED: "rescheduled",
    Action.RENTAL_DECLINED: "declined",
    Action.RENTAL_RETURNED: "returned",
    Action.RENTAL_COMPLETED: "completed",
}


def _decide(
    actor: Actor, number: str, key: str, change: _Change, action: Action, *moves: Move
) -> str:
    with transaction(actor) as tx:
        request = policy.require_request(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, f"rentals.{moves[0].value}", number) is not None:
            return request.number
        state = policy.require_move(tx.session, actor, request, *moves)
        hire = hire_of(tx.session, request)
        note = change(tx, request, hire)
        request.state = state
        request.changed_at, request.version = clock.now(), request.version + 1
        write_down(tx, request, hire, action, note=note)
        tell_customer(tx, request, hire, _TOLD[action])
        return tx.answer(key, request.number)


def _arranged(when: str, note: str) -> _Change:
    def arrange(_tx: Transaction, request: RentalRequest, hire: Hire) -> str:
        request.scheduled_for = read_future("when", when, _around(hire))
        return f"{local_text(request.scheduled_for, hire.zone)}. {read_words('note', note)}".strip()

    return arrange


def _around(hire: Hire) -> Circumstances:
    return Circumstances(clock.now(), hire.zone)


def _locked(tx: Transaction, line: ContractLine) -> ContractLine:
    held = tx.session.get(ContractLine, line.id, with_for_update=True, populate_existing=True)
    if held is None:
        raise Conflict
    return held
