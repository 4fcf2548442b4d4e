"""Saying something, inside the transaction of whoever owns the conversation."""

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.errors import TooMany
from portal_app.models import Message
from portal_app.services.messages.rules import AN_HOUR, MOST_AN_HOUR
from portal_app.services.messages.views import Thread
from portal_app.services.transaction import Transaction


def say(tx: Transaction, thread: Thread, words: str) -> None:
    """Add a message of the actor's to a conversation; the owner tells open tabs."""
    tx.session.add(
        Message(
            owner_type=thread.owner_type,
            owner_id=thread.owner_id,
            at=clock.now(),
            author_id=tx.actor.user_id or None,
            person_id=tx.actor.person_id or None,
            by_name=tx.actor.name[:120],
            by_staff=tx.actor.is_staff,
            body=words,
        )
    )


def require_calm(tx: Transaction, *, also: int = 0) -> None:
    """Refuse a customer who has written very much within the hour; `also` counts as written."""
    if tx.actor.is_staff:
        return
    mine = (
        col(Message.person_id) == tx.actor.person_id,
        col(Message.at) > clock.now() - AN_HOUR,
    )
    written = tx.session.exec(select(func.count()).select_from(Message).where(*mine)).one()
    if written + also >= MOST_AN_HOUR:
        raise TooMany(
            f"You have written {MOST_AN_HOUR} times within an hour. Send the rest a little later."
        )
