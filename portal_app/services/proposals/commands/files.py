"""Documents of an application, by the one upload path: sent by customers, attached by staff."""

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.models import (
    Action,
    Application,
    Document,
    DocumentRequest,
    UploadState,
)
from portal_app.services import applications, uploads
from portal_app.services.proposals import policy
from portal_app.services.proposals.commands.telling import tell_parties
from portal_app.services.proposals.rules.labels import LABELS
from portal_app.services.proposals.rules.moves import Move, after, may
from portal_app.services.proposals.rules.topics import OWNER
from portal_app.services.transaction import Transaction

_THERE = (
    UploadState.RECEIVED,
    UploadState.SCANNING,
    UploadState.SEALING,
    UploadState.FAILED,
    UploadState.IMPORTED,
)


def _attach(session: Session, actor: Actor, number: str) -> uploads.Owner:
    found = applications.require_application(session, actor, number)
    policy.require_open(found)
    return uploads.Owner(found.id, found.brand_id)


def _named(session: Session, actor: Actor, number: str) -> uploads.Owner:
    found = applications.require_application(session, actor, number)
    return uploads.Owner(found.id, found.brand_id)


def _read(session: Session, actor: Actor, application: str) -> uploads.Owner:
    found = policy.require_by_id(session, actor, application)
    return uploads.Owner(found.id, found.brand_id)


def _follow(tx: Transaction, document: Document) -> None:
    """Let a document that was asked for count as received, or as missing once it was refused.

    It is asked for again also where staff accepted it unseen, and everybody is told.
    """
    if document.by_staff or not document.label:
        return
    wanted = (
        select(DocumentRequest)
        .where(col(DocumentRequest.application_id) == document.owner_id)
        .where(col(DocumentRequest.label) == document.label)
    )
    asked = tx.session.exec(wanted.with_for_update()).first()
    if asked is None:
        return
    if document.state is UploadState.RECEIVED and may(asked.state, Move.ARRIVE):
        _move(asked, Move.ARRIVE)
    is_lost = document.state is UploadState.REJECTED and may(asked.state, Move.GET_LOST)
    if is_lost and not _others(tx, document, asked):
        _ask_again(tx, asked, document.reason)


def _ask_again(tx: Transaction, asked: DocumentRequest, why: str) -> None:
    _move(asked, Move.GET_LOST)
    asked.reason = why
    found = tx.session.get_one(Application, asked.application_id)
    tx.record(Action.DOCUMENT_ASKED_AGAIN, "application", found.id, label=asked.label)
    if found.ended_at is None:
        tell_parties(tx, found, "refused", label=asked.label, reason=why)


def _others(tx: Transaction, document: Document, asked: DocumentRequest) -> bool:
    """Say whether another document answers for the same; none does that was turned down."""
    same = (
        select(Document.id)
        .where(col(Document.owner_type) == OWNER, col(Document.owner_id) == document.owner_id)
        .where(col(Document.label) == document.label, col(Document.id) != document.id)
        .where(col(Document.by_staff).is_(False), col(Document.state).in_(_THERE))
        .where(col(Document.created_at) >= asked.asked_at)
    )
    return tx.session.exec(same.limit(1)).first() is not None


def _move(asked: DocumentRequest, move: Move) -> None:
    asked.state, asked.reason = after(asked.state, move), ""
    asked.changed_at, asked.version = clock.now(), asked.version + 1


DOCUMENT = uploads.register(
    uploads.Purpose(
        key="application_document",
        owner_type=OWNER,
        kinds=uploads.PAPERS,
        attach=_attach,
        read=_read,
        named=_named,
        most=40,
        shows_customer_files=False,
        labels=LABELS,
        follow=_follow,
    )
)
