"""What staff do with a case: give it to somebody, ask, propose a solution, take it up again."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, Invalid, NotFound
from portal_app.models import (
    Action,
    Case,
    CasePriority,
    CaseState,
    PortalUser,
    Resolution,
    StaffUser,
    UserStatus,
)
from portal_app.services.cases import policy
from portal_app.services.cases.commands.answering import end
from portal_app.services.cases.commands.saying import say
from portal_app.services.cases.commands.telling import await_us, note_down, tell, write_down
from portal_app.services.cases.rules.entered import SOLUTION_LIMIT
from portal_app.services.cases.rules.moves import FINAL, Move
from portal_app.services.cases.rules.words import ANSWER_WITHIN, PRIORITIES
from portal_app.services.messages import read_words
from portal_app.services.transaction import Transaction, transaction

OVER = "This case is closed. Open a follow-up to go on with it."


def assign(actor: Actor, *, number: str, user: object, key: str) -> str:
    """Give a case to a colleague, or to oneself; a new case is taken up by that (S1: staff)."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.assign", number, user) is not None:
            return case.number
        worker = _colleague(tx, user)
        if case.state in FINAL:
            raise Conflict(OVER)
        case.assigned_to, case.assigned_name = worker.user_id, worker.name[:120]
        note_down(tx, case, Action.CASE_ASSIGNED, worker.name, what="assigned")
        if case.state is CaseState.NEW:
            case.state = policy.require_move(tx.session, actor, case, Move.TAKE_UP)
            write_down(tx, case, Action.CASE_TAKEN_UP, "taken_up")
        return tx.answer(key, case.number)


def set_priority(actor: Actor, *, number: str, priority: object, key: str) -> str:
    """Say how soon a case has to be answered; the time it is due moves with it."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.set_priority", number, priority) is not None:
            return case.number
        entered = Entries()
        chosen = entered.choice("priority", priority, CasePriority, problem="Choose a priority.")
        entered.done()
        assert chosen is not None
        if case.state in FINAL:
            raise Conflict(OVER)
        if case.due_at is not None:
            case.due_at += ANSWER_WITHIN[chosen] - ANSWER_WITHIN[case.priority]
        case.priority = chosen
        note_down(tx, case, Action.CASE_PRIORITISED, PRIORITIES[chosen], what="priority")
        return tx.answer(key, case.number)


def take_up(actor: Actor, *, number: str, key: str) -> str:
    """Begin with a new case, or go on with one without waiting for the customer's answer."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.take_up", number) is not None:
            return case.number
        case.state = policy.require_move(tx.session, actor, case, Move.TAKE_UP)
        await_us(case)
        write_down(tx, case, Action.CASE_TAKEN_UP, "taken_up")
        return tx.answer(key, case.number)


def request_info(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Ask the customer something: the case waits for their answer."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.request_info", number) is not None:
            return case.number
        state = policy.require_move(tx.session, actor, case, Move.REQUEST_INFO)
        said = read_words("words", words, missing="Write what you need to know.")
        case.state, case.due_at = state, None
        say(tx, case, said)
        write_down(tx, case, Action.CASE_INFO_ASKED, "info_requested")
        tell(tx, case, "info_requested", words=said)
        return tx.answer(key, case.number)


def propose_solution(
    actor: Actor, *, number: str, resolution: object, notes: object, key: str
) -> str:
    """Propose a solution: its sort, and in words what was done; the customer accepts or rejects."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.propose_solution", number) is not None:
            return case.number
        state = policy.require_move(tx.session, actor, case, Move.PROPOSE_SOLUTION)
        entered = Entries()
        chosen = entered.choice(
            "resolution", resolution, Resolution, problem="Choose what sort of solution it is."
        )
        words = entered.text(
            "notes",
            notes,
            limit=SOLUTION_LIMIT,
            missing="Write the solution: the customer reads it.",
        )
        entered.done()
        case.state, case.due_at = state, None
        case.resolution, case.resolution_notes = chosen, words
        case.resolved_at, case.warned_at = clock.now(), None
        write_down(tx, case, Action.CASE_SOLUTION_PROPOSED, "solution_proposed", note=words)
        tell(tx, case, "solution_proposed", words=words)
        return tx.answer(key, case.number)


def merge(actor: Actor, *, number: str, into: object, key: str) -> str:
    """Close a case because another one of the same person is about the same; return that one."""
    with transaction(actor) as tx:
        _lock_in_order(tx, number, into)
        case = policy.require_staffs_case(tx.session, actor, number)
        if (earlier := tx.earlier_answer(key, "cases.merge", number, into)) is not None:
            return earlier
        other = _same(tx, case, into)
        case.state = policy.require_move(tx.session, actor, case, Move.CLOSE)
        case.merged_into = other.id
        end(tx, case, Action.CASE_MERGED, "merged", note=other.number)
        write_down(tx, other, Action.CASE_MERGED, "absorbed", note=case.number)
        tell(tx, case, "merged", words=other.number)
        return tx.answer(key, other.number)


def _same(tx: Transaction, case: Case, into: object) -> Case:
    """Return the case that remains, for the same people to see; locked after the first."""
    other = policy.require_case(tx.session, tx.actor, into, lock=True)
    if other.id == case.id:
        raise Invalid(into="Enter the number of another case.")
    if (other.consumer_id, other.household_id) != (case.consumer_id, case.household_id):
        raise Invalid(into="That case is about somebody else, so these two cannot be merged.")
    if other.state in FINAL:
        raise Conflict("That case is closed. Merge into one that is open.")
    return other


def _lock_in_order(tx: Transaction, *numbers: object) -> None:
    """Lock both cases in one order, so that two merges crosswise wait for each other."""
    wanted = (col(Case.number).in_([identifier(one) for one in numbers]),)
    mine = (*wanted, policy.visible_to(tx.session, tx.actor))
    tx.session.exec(select(Case.id).where(*mine).order_by(col(Case.id)).with_for_update()).all()


def _colleague(tx: Transaction, user: object) -> StaffUser:
    found = tx.session.exec(
        select(StaffUser)
        .join(PortalUser, col(PortalUser.id) == col(StaffUser.user_id))
        .where(
            col(StaffUser.user_id) == identifier(user),
            col(PortalUser.brand_id) == tx.actor.brand,
            col(PortalUser.status) == UserStatus.ACTIVE,
        )
    ).first()
    if found is None:
        raise NotFound
    return found
