"""Closing what nobody answers, after a warning, where a brand wants that (S1 gap 9)."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import Action, Case, CasePolicy, CaseState
from portal_app.services.cases import policy
from portal_app.services.cases.commands.answering import end
from portal_app.services.cases.commands.telling import record, tell
from portal_app.services.cases.rules.moves import Move
from portal_app.services.transaction import reading, transaction

# How long before it is closed somebody is warned; shorter waits are warned half-way.
WARNING = timedelta(days=3)
_BATCH = 200


def close_unanswered(actor: Actor) -> int:
    """Warn about solutions that nobody answers, close those that were warned about in time.

    Returns how many cases were closed. Each is closed by itself, so that an answer in the same
    moment counts.
    """
    if not actor.is_system:
        raise NotFound
    with reading() as session:
        wanted = select(CasePolicy).where(col(CasePolicy.auto_close_days) > 0)
        waits = {one.brand_id: timedelta(days=one.auto_close_days) for one in session.exec(wanted)}
    return sum(_brand(brand, wait) for brand, wait in sorted(waits.items()))


def _brand(brand: str, wait: timedelta) -> int:
    warning, now = min(WARNING, wait / 2), clock.now()
    for case in _waiting(brand, before=now - wait + warning, is_warned=False):
        _warn(brand, case)
    # Nobody is closed out sooner than the warning promised, however late it came.
    due = _waiting(brand, before=now - wait, is_warned=True, warned_before=now - warning)
    return sum(_close(brand, case, wait) for case in due)


def _waiting(
    brand: str, *, before: datetime, is_warned: bool, warned_before: datetime | None = None
) -> list[str]:
    wanted = select(Case.id).where(
        col(Case.brand_id) == brand,
        col(Case.state) == CaseState.RESOLVED,
        col(Case.resolved_at) <= before,
        col(Case.warned_at) <= warned_before if is_warned else col(Case.warned_at).is_(None),
    )
    with reading() as session:
        return list(session.exec(wanted.order_by(col(Case.resolved_at)).limit(_BATCH)))


def _warn(brand: str, case_id: str) -> None:
    with transaction(Actor.system("cases", brand=brand)) as tx:
        case = tx.session.get_one(Case, case_id, with_for_update=True)
        if case.state is not CaseState.RESOLVED or case.warned_at is not None:
            return
        case.warned_at = clock.now()
        record(tx, case, Action.CASE_WARNED)
        tell(tx, case, "closing_soon", words=case.resolution_notes)


def _close(brand: str, case_id: str, wait: timedelta) -> bool:
    with transaction(Actor.system("cases", brand=brand)) as tx:
        case = tx.session.get_one(Case, case_id, with_for_update=True)
        resolved = case.resolved_at
        if case.state is not CaseState.RESOLVED or not resolved or resolved > clock.now() - wait:
            return False
        case.state = policy.MOVES[policy.Side.PORTAL][case.state, Move.AUTO_CLOSE]
        end(tx, case, Action.CASE_CLOSED, "auto_closed")
        tell(tx, case, "closed")
        return True
