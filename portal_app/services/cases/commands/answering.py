"""What customers decide: accept, reject, say how it went; and closing (S1-17, S1-18)."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, NotAllowed
from portal_app.models import Action, Case
from portal_app.services.cases import policy
from portal_app.services.cases.commands.telling import (
    await_us,
    record,
    show,
    tell,
    tell_staff,
    write_down,
)
from portal_app.services.cases.rules.entered import REASON_LIMIT, read_rating
from portal_app.services.cases.rules.moves import FINAL, Move
from portal_app.services.messages import read_words
from portal_app.services.transaction import Transaction, transaction


def accept_solution(actor: Actor, *, number: str, key: str) -> str:
    """Accept what was proposed: the case is closed. Never staff (S1-17)."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "cases.accept_solution", number) is not None:
            return case.number
        case.state = policy.require_move(tx.session, actor, case, Move.ACCEPT_SOLUTION)
        end(tx, case, Action.CASE_SOLUTION_ACCEPTED, "accepted")
        tell(tx, case, "closed")
        tell_staff(tx, case, "accepted")
        return tx.answer(key, case.number)


def reject_solution(actor: Actor, *, number: str, reason: object, key: str) -> str:
    """Reject what was proposed, saying why: the case is open again. Never staff (S1-17)."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "cases.reject_solution", number) is not None:
            return case.number
        state = policy.require_move(tx.session, actor, case, Move.REJECT_SOLUTION)
        why = read_words(
            "reason", reason, limit=REASON_LIMIT, missing="Write why, so that we can do better."
        )
        case.state, case.resolved_at, case.warned_at = state, None, None
        await_us(case)
        write_down(tx, case, Action.CASE_SOLUTION_REJECTED, "rejected", note=why)
        tell(tx, case, "rejected", words=why)
        tell_staff(tx, case, "refused", words=why)
        return tx.answer(key, case.number)


def close_case(actor: Actor, *, number: str, reason: object = "", key: str) -> str:
    """Close a case that needs nothing more; not while a solution waits for an answer (S1-18)."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "cases.close_case", number) is not None:
            return case.number
        case.state = policy.require_move(tx.session, actor, case, Move.CLOSE)
        why = read_words("reason", reason, limit=REASON_LIMIT)
        end(tx, case, Action.CASE_CLOSED, "closed", note=why)
        tell(tx, case, "closed", words=why)
        tell_staff(tx, case, "withdrawn", words=why)
        return tx.answer(key, case.number)


def rate(actor: Actor, *, number: str, rating: object, words: object = "", key: str) -> str:
    """Say how a closed case went, from 1 to 5, once; only staff read it."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "cases.rate", number) is not None:
            return case.number
        policy.require_act(tx.session, actor, case)
        if actor.is_staff:
            raise NotAllowed("Only the customer can say how it went.")
        if case.state not in FINAL or case.merged_into or case.rating is not None:
            raise Conflict("You can say once how it went, after a case is closed.")
        case.rating, case.rating_words = read_rating(rating, words)
        record(tx, case, Action.CASE_RATED)
        show(tx, case)
        return tx.answer(key, case.number)


def end(tx: Transaction, case: Case, action: Action, what: str, *, note: str = "") -> None:
    """Write down that a case is closed, and by whom."""
    case.closed_at, case.due_at = clock.now(), None
    case.closed_by_name = "" if tx.actor.is_system else tx.actor.name[:120]
    write_down(tx, case, action, what, note=note)
