"""What is said in a case: comments for everybody, notes for staff alone (S1-16, S1-21)."""

from datetime import timedelta

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import TooMany
from portal_app.models import Action, Case, CaseMessage, CaseState
from portal_app.services.cases import policy
from portal_app.services.cases.commands.telling import (
    await_us,
    note_down,
    record,
    show,
    tell,
    tell_staff,
    write_down,
)
from portal_app.services.cases.rules.entered import read_words
from portal_app.services.cases.rules.moves import Move
from portal_app.services.transaction import Transaction, transaction

_AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 30


def add_comment(actor: Actor, *, number: str, words: object, key: str) -> str:
    """Write into a case and return its number; a customer's answer to a question reopens it."""
    with transaction(actor) as tx:
        case = policy.require_case(tx.session, actor, number, lock=True)
        if tx.earlier_answer(identifier(key), "cases.add_comment") is not None:
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
        if tx.earlier_answer(identifier(key), "cases.add_note") is not None:
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
    tx.session.add(
        CaseMessage(
            case_id=case.id,
            at=clock.now(),
            author_id=tx.actor.user_id,
            person_id=tx.actor.person_id or None,
            by_name=tx.actor.name[:120],
            by_staff=tx.actor.is_staff,
            body=words,
        )
    )
    record(tx, case, Action.CASE_COMMENTED)
    show(tx, case)


def require_calm(tx: Transaction) -> None:
    """Refuse a customer who has written very much within the hour."""
    if tx.actor.is_staff:
        return
    mine = (
        col(CaseMessage.author_id) == tx.actor.user_id,
        col(CaseMessage.at) > clock.now() - _AN_HOUR,
    )
    opened = (
        col(Case.opener_id) == tx.actor.person_id,
        col(Case.changed_at) > clock.now() - _AN_HOUR,
        col(Case.created_at) > clock.now() - _AN_HOUR,
    )
    count = select(func.count())
    written = tx.session.exec(count.select_from(CaseMessage).where(*mine)).one()
    written += tx.session.exec(count.select_from(Case).where(*opened)).one()
    if written >= MOST_AN_HOUR:
        raise TooMany(
            f"You have written {MOST_AN_HOUR} times within an hour. Send the rest a little later."
        )


def _answer(tx: Transaction, case: Case, state: CaseState) -> None:
    if case.state is not state:
        case.state = state
        write_down(tx, case, Action.CASE_TAKEN_UP, "answered")
    await_us(case)
