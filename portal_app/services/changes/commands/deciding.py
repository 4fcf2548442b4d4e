"""What staff decide: steps, approval, rejection, another try; and what they correct themselves."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import Action, ChangeRequest, ChangeState, ChangeStep
from portal_app.services.changes import policy
from portal_app.services.changes.commands.applying import carry_out
from portal_app.services.changes.commands.asking import own_kind, place_own, read_own
from portal_app.services.changes.commands.placing import steps_of
from portal_app.services.changes.commands.telling import tell_customer, write_down
from portal_app.services.changes.rules.kinds import kind_of
from portal_app.services.changes.rules.moves import Move, after
from portal_app.services.transaction import Transaction, transaction

NOTE_LIMIT = 400
EDITED = "This was changed since you opened it. Look at what is asked for now, then decide."


def approve(actor: Actor, *, number: str, version: object, note: str = "", key: str) -> ChangeState:
    """Take the next step of a review; the last one applies the change, all of it or nothing.

    `version` is the one that was read: what the customer edited meanwhile is not approved unseen.
    Returns where the request stands then. Staff cannot decide about themselves.
    """
    with transaction(actor) as tx:
        request = policy.require_decidable(tx.session, actor, number)
        if tx.earlier_answer(key, "changes.approve", number) is not None:
            return request.state
        after(request.state, Move.APPROVE)
        _require_version(request, version)
        steps = steps_of(tx, request)
        step = next(step for step in steps if step.done_at is None)
        _take(tx, request, policy.require_step(actor, step), _note(note))
        if step is steps[-1]:
            _approve(tx, request)
        tx.answer(key, request.state.value)
        return request.state


def reject(actor: Actor, *, number: str, version: object, reason: str, key: str) -> ChangeState:
    """Refuse a change, saying why: the customer reads it, and nothing is changed.

    `version` is the one that was read, as for `approve`: an edit is not refused unseen either.
    """
    with transaction(actor) as tx:
        request = policy.require_decidable(tx.session, actor, number)
        if tx.earlier_answer(key, "changes.reject", number) is not None:
            return request.state
        state = after(request.state, Move.REJECT)
        _require_version(request, version)
        entered = Entries()
        request.reason = entered.text(
            "reason", reason, limit=NOTE_LIMIT, missing="Write why: the customer reads it."
        )
        entered.done()
        request.state, request.failure = state, ""
        _decide(tx, request)
        write_down(tx, request, Action.CHANGE_REJECTED, "rejected", note=request.reason)
        tell_customer(tx, request, kind_of(request.kind), "rejected")
        tx.answer(key, request.state.value)
        return request.state


def retry(actor: Actor, *, number: str, key: str) -> ChangeState:
    """Try once more to apply what was approved and could not be applied."""
    with transaction(actor) as tx:
        request = policy.require_decidable(tx.session, actor, number)
        if tx.earlier_answer(key, "changes.retry", number) is not None:
            return request.state
        request.state = after(request.state, Move.RETRY)
        write_down(tx, request, Action.CHANGE_RETRIED, "retried")
        carry_out(tx, request, kind_of(request.kind))
        tx.answer(key, request.state.value)
        return request.state


def correct(actor: Actor, *, person: str, kind: object, values: object, key: str) -> str:
    """Correct a customer's details at once, as staff; the customer is told (S0-11).

    Returns the number under which it is kept. Staff cannot correct their own details here.
    """
    with transaction(actor) as tx:
        found = policy.require_person(tx.session, actor, person, lock=True)
        if (earlier := tx.earlier_answer(key, "changes.correct", person, kind)) is not None:
            return earlier
        if policy.is_about(tx.session, actor, found.id):
            raise NotAllowed("These are your own details, so a colleague has to correct them.")
        own = own_kind(kind)
        return tx.answer(key, place_own(tx, own, found, read_own(own, values, found)))


def _require_version(request: ChangeRequest, version: object) -> None:
    if version != request.version:
        raise Conflict(EDITED)


def _note(note: object) -> str:
    entered = Entries()
    read = entered.text("note", note, limit=NOTE_LIMIT)
    entered.done()
    return read


def _take(tx: Transaction, request: ChangeRequest, step: ChangeStep, note: str) -> None:
    step.done_by, step.done_by_name = tx.actor.user_id, tx.actor.name[:120]
    step.done_at, step.note = clock.now(), note
    request.changed_at, request.version = step.done_at, request.version + 1
    told = f"{step.title}: {note}" if note else step.title
    write_down(tx, request, Action.CHANGE_STEP_DONE, "step_done", note=told)


def _approve(tx: Transaction, request: ChangeRequest) -> None:
    request.state = after(request.state, Move.APPROVE)
    _decide(tx, request)
    write_down(tx, request, Action.CHANGE_APPROVED, "approved")
    carry_out(tx, request, kind_of(request.kind))


def _decide(tx: Transaction, request: ChangeRequest) -> None:
    request.decided_by, request.decided_by_name = tx.actor.user_id, tx.actor.name[:120]
    request.decided_at = request.changed_at = clock.now()
    request.version += 1
