"""What was said in a conversation, for whoever has just been let see it."""

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col, select

from portal_app.core import keyset
from portal_app.core.actor import Actor
from portal_app.models import Message
from portal_app.services.messages.views import Said, Thread


def said_in(
    session: Session,
    actor: Actor,
    thread: Thread,
    *,
    before: str = "",
    most: int,
    by: frozenset[str] | None = None,
) -> list[Said]:
    """Return the newest messages of a conversation, or those `before`, the newest first.

    `by` leaves of the customers' messages only those of these people.
    """
    wanted = select(Message).where(*_in(thread))
    if left_off := keyset.unpack(before):
        wanted = wanted.where(tuple_(col(Message.at), col(Message.id)) < tuple_(*left_off))
    if by is not None:
        wanted = wanted.where(col(Message.by_staff) | col(Message.person_id).in_(by))
    newest = wanted.order_by(col(Message.at).desc(), col(Message.id).desc()).limit(most)
    return [
        Said(one.id, "message", one.at, "", one.by_name, one.by_staff,
             _is_own(actor, one), one.body)
        for one in session.exec(newest)
    ]  # fmt: skip


def _is_own(actor: Actor, one: Message) -> bool:
    if actor.is_staff:
        return one.author_id == actor.user_id
    return not one.by_staff and one.person_id == actor.person_id


def writers(session: Session, thread: Thread) -> frozenset[str]:
    """Return the people who have written in a conversation as customers."""
    wrote = select(Message.person_id).where(*_in(thread), col(Message.person_id).is_not(None))
    return frozenset(one for one in session.exec(wrote.distinct()) if one)


def _in(thread: Thread) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Message.owner_type) == thread.owner_type,
        col(Message.owner_id) == thread.owner_id,
    )
