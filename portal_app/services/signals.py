"""What other processes have announced, and which sessions are over; read by the server itself."""

from sqlmodel import col, func, or_, select

from portal_app.core import clock
from portal_app.core.ids import process_name
from portal_app.models import ChangeSignal, PortalSession
from portal_app.services.transaction import reading


def newest() -> int:
    """Return the id of the newest signal: the server hears of what comes after."""
    with reading() as session:
        return session.exec(select(func.max(ChangeSignal.id))).one() or 0


def since(seen: int) -> tuple[int, frozenset[str]]:
    """Return the newest id, and the topics that other processes announced after `seen`."""
    with reading() as session:
        found = session.exec(
            select(ChangeSignal).where(col(ChangeSignal.id) > seen).order_by(col(ChangeSignal.id))
        ).all()
    topics = frozenset(signal.topic for signal in found if signal.origin != process_name())
    return (found[-1].id or seen) if found else seen, topics


def asleep(session_ids: set[str]) -> set[str]:
    """Return those of the sessions that have run out of time."""
    if not session_ids:
        return set()
    now = clock.now()
    with reading() as session:
        over = or_(PortalSession.idle_until <= now, PortalSession.absolute_until <= now)
        found = session.exec(
            select(PortalSession.id).where(col(PortalSession.id).in_(session_ids), over)
        )
        return set(found)
