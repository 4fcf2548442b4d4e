"""Who may see which notification and which message."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import (
    Channel,
    ConsentChannel,
    MessageClass,
    Notification,
    NotificationChoice,
    OutboundMessage,
    Person,
)
from portal_app.services import consents
from portal_app.services.notifications.rules import Way

NOT_AGREED = (
    "They have not agreed to news and offers by this channel, so this cannot be sent. "
    "What a service needs can still be written."
)
_CONSENT_FOR = {Channel.EMAIL: ConsentChannel.EMAIL, Channel.TEXT: ConsentChannel.SMS}


def told_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for what this person was told, and nobody else."""
    if not actor.is_consumer or not actor.person_id:
        return false()
    return col(Notification.person_id) == actor.person_id


def require_told(actor: Actor, notice: Notification | None) -> Notification:
    """Return the notification if it was for this person."""
    if notice is None or not actor.is_consumer or notice.person_id != actor.person_id:
        raise NotFound
    return notice


def require_reader(session: Session, actor: Actor) -> Person:
    """Return the person who asks, if they are somebody who is told things."""
    found = session.get(Person, actor.person_id) if actor.is_consumer else None
    if found is None:
        raise NotFound
    return found


def chosen_by(session: Session, people: Collection[str]) -> dict[str, Mapping[str, Sequence[str]]]:
    """Return what these people chose, by their ids; those who never did are left out."""
    wanted = select(NotificationChoice).where(col(NotificationChoice.person_id).in_(people))
    return {one.person_id: one.ways for one in session.exec(wanted)}


def possible_ways(person: Person) -> frozenset[Way]:
    """Return how somebody can be told, by what we know of them."""
    ways = {Way.PORTAL: True, Way.EMAIL: bool(person.email), Way.TEXT: bool(person.mobile_e164)}
    return frozenset(way for way, is_known in ways.items() if is_known)


def may_be_sent(session: Session, message: OutboundMessage) -> bool:
    """Say whether a message may go out now: marketing only to who agreed to it (S4-16)."""
    if message.message_class is not MessageClass.MARKETING:
        return True
    channel = _CONSENT_FOR[message.channel]
    return consents.allows(session, person_id=message.person_id or "", channel=channel)


def may_see_outbox(actor: Actor) -> bool:
    """Say whether the outbox is open to this actor: to managers and admins it is."""
    return actor.has(Access.MANAGER)


def require_outbox(actor: Actor) -> None:
    """Refuse everybody who may not see the outbox."""
    if not may_see_outbox(actor):
        raise NotAllowed if actor.is_staff else NotFound


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for the messages that this actor may see."""
    if not may_see_outbox(actor):
        return false()
    if _is_the_portal(actor):
        return true()
    return col(OutboundMessage.brand_id) == actor.brand


def require_message(actor: Actor, message: OutboundMessage | None) -> OutboundMessage:
    """Return the message if this actor may see it."""
    require_outbox(actor)
    if message is None or not (_is_the_portal(actor) or message.brand_id == actor.brand):
        raise NotFound
    return message


def _is_the_portal(actor: Actor) -> bool:
    """Say whether this is a job or a command that works for every brand."""
    return actor.is_system and not actor.brand
