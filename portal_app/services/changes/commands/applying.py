"""Applying an approved request: all of it, with the event for the master system, or nothing."""

import logging

from portal_app.core import clock
from portal_app.core.errors import PortalError
from portal_app.core.ids import reference
from portal_app.models import Action, ChangeOrigin, ChangePolicy, ChangeRequest
from portal_app.services import events
from portal_app.services.changes.commands.telling import tell_customer, write_down
from portal_app.services.changes.rules.kinds import Kind
from portal_app.services.changes.rules.moves import Move, after
from portal_app.services.transaction import Transaction

log = logging.getLogger("portal.changes")


def carry_out(
    tx: Transaction, request: ChangeRequest, kind: Kind, *, is_refusing: bool = False
) -> bool:
    """Apply a request that has been approved; say whether that worked.

    Where it cannot be applied nothing of it is, and the request says why, so that staff can try
    again (S0-06). `is_refusing` hands a refusal on to whoever is asking instead.
    """
    try:
        with tx.part():
            kind.apply(tx, request)
            _emit(tx, request, kind)
            tx.session.flush()
    except PortalError as refusal:
        if is_refusing:
            raise
        _fail(tx, request, refusal.message)
        return False
    except Exception:
        number = reference("E")
        log.exception("change %s was not applied: %s", request.number, number)
        _fail(tx, request, f"A fault of ours stood in the way. Reference {number}.")
        return False
    request.state, request.failure = after(request.state, Move.APPLY), ""
    request.applied_at = request.changed_at = clock.now()
    request.version += 1
    write_down(tx, request, Action.CHANGE_APPLIED, "applied")
    tell_customer(tx, request, kind, _outcome(request))
    return True


def _fail(tx: Transaction, request: ChangeRequest, failure: str) -> None:
    request.state, request.failure = after(request.state, Move.APPLY_FAILED), failure[:300]
    request.changed_at, request.version = clock.now(), request.version + 1
    write_down(tx, request, Action.CHANGE_FAILED, "apply_failed", note=request.failure)


def _outcome(request: ChangeRequest) -> str:
    if request.origin is ChangeOrigin.STAFF:
        return "made_by_us"
    return "approved" if request.policy is ChangePolicy.REVIEW else "made"


def _emit(tx: Transaction, request: ChangeRequest, kind: Kind) -> None:
    """Tell the master system what was accepted, by the names that feeds use (S0-14)."""
    subject = kind.held(tx.session, request.subject_id)
    events.emit(
        tx,
        name=kind.event,
        brand_id=request.brand_id,
        subject_type=kind.subject_type,
        external_id=subject.external_id if subject else "",
        data={
            "change": request.number,
            "kind": kind.key,
            "origin": request.origin.value,
            "before": request.before,
            "after": request.after,
        },
    )
