"""What is said in a case: comments for everybody, notes for staff alone (S1-16, S1-21)."""

from datetime import timedelta

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import Action, Case, CaseState
from portal_app.services import messages
from portal_app.services.cases import policy
from portal_app.services.cases.commands.telling import (
    await_us,
    note_down,
    record,
    show,
    tell,
    tell_staff,
    thread_of,
    write_down,
)
from portal_app.services.cases.rules.moves import Move
from portal_app.services.messages import read_words
from portal_app.services.transaction import Transaction, transaction

_AN_HOUR = timedelta(hours=1)


def add_comment(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Write into a case and return its number; a customer's answer to a question reopens it."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "cases.add_comment", number) is not None:
            return case.number
        state = policy.require_move(tx.session, actor, case, Move.COMMENT)
        said = read_words("words", words, missing="Write something first.")
        require_calm(tx)
        say(tx, case, said)
        if actor.is_staff:
            case.due_at = None
            tell(tx, case, "commented", words=said)
        else:
            _answer(tx, case, state)
            tell(tx, case, "commented", words=said)
            tell_staff(tx, case, "replied", words=said)
        return tx.answer(key, case.number)


def add_note(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Write an internal note on a case, for staff alone; no customer hears of it in any way."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        if tx.earlier_answer(key, "cases.add_note", number) is not None:
            return case.number
        said = read_words("words", words, missing="Write something first.")
        note_down(tx, case, Action.CASE_NOTED, said)
        return tx.answer(key, case.number)


def begin_reply(actor: Actor, *, number: str) -> None:
    """Say to whoever has the case open that staff write an answer; nothing of it is kept."""
    with transaction(actor) as tx:
        case = policy.require_staffs_case(tx.session, actor, number)
        tx.touch(f"case-reply:{case.id}")


def say(tx: Transaction, case: Case, words: str) -> None:
    """Add a message to the conversation; open tabs follow."""
    messages.say(tx, thread_of(case), words)
    record(tx, case, Action.CASE_COMMENTED)
    show(tx, case)


def require_calm(tx: Transaction) -> None:
    """Refuse a customer who has written very much within the hour; a new case counts as well."""
    since = clock.now() - _AN_HOUR
    opened = (
        col(Case.opener_id) == tx.actor.person_id,
        col(Case.changed_at) > since,
        col(Case.created_at) > since,
    )
    count = select(func.count()).select_from(Case).where(*opened)
    messages.require_calm(tx, also=0 if tx.actor.is_staff else tx.session.exec(count).one())


def _answer(tx: Transaction, case: Case, state: CaseState) -> None:
    if case.state is not state:
        case.state = state
        write_down(tx, case, Action.CASE_TAKEN_UP, "answered")
    if case.state is CaseState.RESOLVED:
        # Somebody did answer: the time after which nobody has begins anew.
        case.resolved_at, case.warned_at = clock.now(), None
    await_us(case)
