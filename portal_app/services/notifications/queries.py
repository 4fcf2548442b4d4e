"""Readings of notifications and of the outbox."""

from typing import TypeVar

from sqlalchemy import func, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import entries, keyset, text
from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import Feature, MessageState, Notification, OutboundMessage
from portal_app.services import branding, licensing
from portal_app.services.notifications import policy, rules
from portal_app.services.notifications.views import (
    ChosenWays,
    Inbox,
    Notice,
    Outbox,
    OutboxLine,
    SentMessage,
)
from portal_app.services.transaction import reading

PAGE = 25
Listed = TypeVar("Listed", Notification, OutboundMessage)


def chosen_ways(actor: Actor) -> ChosenWays:
    """Return how the reader is told of what, for the groups that there are for them."""
    with reading() as session:
        person = policy.require_reader(session, actor)
        kept = policy.chosen_by(session, [person.id]).get(person.id, {})
        possible, on = (
            policy.possible_ways(person),
            {
                rules.Group.CASES: branding.is_on(session, actor.brand, Feature.CASES),
                rules.Group.RENTALS: licensing.has_module("rental"),
                rules.Group.PAYMENTS: licensing.has_module("payments"),
            },
        )
        chosen = {
            group: rules.ways_for(group, kept, possible) for group in rules.Group if on[group]
        }
        return ChosenWays(chosen, email=person.email, mobile=person.mobile_e164)


def inbox(actor: Actor, *, after: str = "") -> Inbox:
    """Return what this person was told, newest first."""
    wanted = select(Notification).where(policy.told_to(actor))
    with reading() as session:
        found, beyond = _page(session, wanted, Notification, after)
        unread = session.exec(_unread(actor)).one()
    rows = tuple(
        Notice(
            id=row.id,
            topic=row.topic,
            title=row.title,
            body=row.body,
            link=row.link,
            created_at=row.created_at,
            is_read=row.read_at is not None,
        )
        for row in found
    )
    return Inbox(rows=rows, unread=unread, after=beyond)


def unread_count(actor: Actor) -> int:
    """Return how much this person was told and has not looked at."""
    with reading() as session:
        return session.exec(_unread(actor)).one()


def outbox(actor: Actor, *, state: str = "", recipient: str = "", after: str = "") -> Outbox:
    """Return the letters and texts of the brand, newest first.

    `state` is a value of MessageState or empty; `recipient` is the start of an address or number.
    """
    policy.require_outbox(actor)
    wanted = select(OutboundMessage).where(policy.visible_to(actor))
    if text.key(state) in set(MessageState):
        wanted = wanted.where(OutboundMessage.state == MessageState(state))
    if recipient := entries.words(recipient):
        column = func.lower(col(OutboundMessage.recipient))
        wanted = wanted.where(column.startswith(recipient.lower(), autoescape=True))
    with reading() as session:
        found, beyond = _page(session, wanted, OutboundMessage, after)
        counts = session.exec(
            select(OutboundMessage.state, func.count())
            .where(policy.visible_to(actor))
            .group_by(OutboundMessage.state)
        ).all()
    return Outbox(tuple(map(_line, found)), {MessageState(key): n for key, n in counts}, beyond)


def message(actor: Actor, *, message_id: str) -> SentMessage:
    """Return one message; in production without its words."""
    with reading() as session:
        row = policy.require_message(actor, session.get(OutboundMessage, text.key(message_id)))
    hidden = settings().is_production
    words, html = ("", "") if hidden else (row.text, row.html)
    return SentMessage(line=_line(row), text=words, html=html, is_hidden=hidden)


def _unread(actor: Actor) -> SelectOfScalar[int]:
    return select(func.count()).where(policy.told_to(actor), col(Notification.read_at).is_(None))


def _page(
    session: Session, wanted: SelectOfScalar[Listed], table: type[Listed], after: str
) -> tuple[list[Listed], str]:
    """Return the rows after `after`, newest first, and the word for what comes after them."""
    newest = col(table.created_at), col(table.id)
    if left_off := keyset.unpack(after):
        wanted = wanted.where(tuple_(*newest) < tuple_(*left_off))
    wanted = wanted.order_by(newest[0].desc(), newest[1].desc()).limit(PAGE + 1)
    rows = list(session.exec(wanted).all())
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], keyset.pack(last.created_at, last.id) if last else ""


def _line(row: OutboundMessage) -> OutboxLine:
    return OutboxLine(
        id=row.id,
        channel=row.channel,
        recipient=row.recipient,
        topic=row.topic,
        subject="" if settings().is_production else row.subject,
        state=row.state,
        error=row.error,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
