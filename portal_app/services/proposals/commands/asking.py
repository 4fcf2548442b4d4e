"""Documents that staff ask for, and what they say of those that came."""

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Action, Application, AskedState, DocumentRequest
from portal_app.services import applications
from portal_app.services.proposals import policy
from portal_app.services.proposals.commands.telling import tell_parties
from portal_app.services.proposals.rules.labels import LABELS
from portal_app.services.proposals.rules.moves import Move, after
from portal_app.services.proposals.rules.topics import files_topic
from portal_app.services.transaction import Transaction, transaction

REASON_LIMIT = 400


def ask_for(actor: Actor, *, number: str, label: object, key: str) -> str:
    """Ask the parties of an application for a document and return its number; they are told.

    One that was accepted or turned down is asked for again.
    """
    entered = Entries()
    wanted = label if isinstance(label, str) else ""
    if wanted not in LABELS:
        entered.refuse("label", "Choose what you need.")
    with transaction(actor) as tx:
        found = applications.require_for_staff(tx.session, actor, number, lock=True)
        if tx.earlier_answer(key, "proposals.ask_for", number) is not None:
            return found.number
        policy.require_open(found)
        entered.done()
        _ask(tx, found, wanted)
        tx.record(Action.DOCUMENT_ASKED, "application", found.id, label=wanted)
        tell_parties(tx, found, "asked", label=wanted, reason="")
        return tx.answer(key, found.number)


def decide(actor: Actor, *, request: str, is_accepted: object, reason: object, key: str) -> str:
    """Accept a document that came, or turn it down and say why; return where it stands."""
    entered = Entries()
    wanted = entered.flag("is_accepted", is_accepted)
    missing = "" if wanted else "Say why: the customer reads it."
    why = entered.text("reason", reason, limit=REASON_LIMIT, missing=missing)
    with transaction(actor) as tx:
        asked, found = _require(tx.session, actor, request)
        if (
            earlier := tx.earlier_answer(key, "proposals.decide", request, is_accepted)
        ) is not None:
            return earlier
        entered.done()
        _move(asked, Move.ACCEPT if wanted else Move.REJECT)
        asked.reason, asked.decided_by_name = "" if wanted else why, actor.name[:120]
        action = Action.DOCUMENT_ACCEPTED if wanted else Action.DOCUMENT_TURNED_DOWN
        tx.record(action, "application", found.id, label=asked.label)
        if not wanted:
            # What was sent before answers for it no longer: another one is asked for from now on.
            asked.asked_at = asked.changed_at
            tell_parties(tx, found, "turned_down", label=asked.label, reason=why)
        tx.touch(files_topic(found.id))
        return tx.answer(key, asked.state.value)


def withdraw_ask(actor: Actor, *, request: str, key: str) -> str:
    """Need a document no more, while none has come; return the application's number."""
    with transaction(actor) as tx:
        if (earlier := _earlier(tx, key, request)) is not None:
            return earlier
        asked, found = _require(tx.session, actor, request)
        if asked.state is not AskedState.REQUESTED:
            raise Conflict("This document has come meanwhile. Accept it or turn it down.")
        tx.session.delete(asked)
        tx.record(Action.DOCUMENT_ASK_WITHDRAWN, "application", found.id, label=asked.label)
        tx.touch(files_topic(found.id))
        return tx.answer(key, found.number)


def _earlier(tx: Transaction, key: str, request: str) -> str | None:
    """Answer a repeated click, for which the row that it removed is not there any more."""
    if not tx.actor.is_staff:
        raise NotFound
    return tx.earlier_answer(key, "proposals.withdraw_ask", request)


def _ask(tx: Transaction, application: Application, label: str) -> None:
    now = clock.now()
    there = select(DocumentRequest).where(
        col(DocumentRequest.application_id) == application.id, col(DocumentRequest.label) == label
    )
    asked = tx.session.exec(there.with_for_update()).first()
    if asked is None:
        asked = DocumentRequest(
            application_id=application.id, label=label, asked_at=now, changed_at=now
        )
    elif asked.state in {AskedState.REQUESTED, AskedState.RECEIVED}:
        raise Conflict("You have asked for this already.")
    else:
        _move(asked, Move.ASK_AGAIN)
        asked.reason = ""
    asked.asked_by_name, asked.asked_at = tx.actor.name[:120], now
    tx.session.add(asked)
    tx.touch(files_topic(application.id))


def _move(asked: DocumentRequest, move: Move) -> None:
    asked.state = after(asked.state, move)
    asked.changed_at, asked.version = clock.now(), asked.version + 1


def _require(session: Session, actor: Actor, request: str) -> tuple[DocumentRequest, Application]:
    if not actor.is_staff:
        raise NotFound
    wanted = select(DocumentRequest).where(col(DocumentRequest.id) == identifier(request))
    asked = session.exec(wanted.with_for_update()).first()
    if asked is None:
        raise NotFound
    return asked, policy.require_by_id(session, actor, asked.application_id)
