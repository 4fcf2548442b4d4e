"""Who hears of a change: its history, the audit trail, the person concerned, open tabs."""

from portal_app.core import clock
from portal_app.models import Action, ChangeMoment, ChangeRequest
from portal_app.services import notifications
from portal_app.services.changes.rules.kinds import Kind
from portal_app.services.transaction import Transaction


def write_down(
    tx: Transaction, request: ChangeRequest, action: Action, what: str, *, note: str = ""
) -> None:
    """Add what happened to the request's history and to the audit trail; open tabs follow.

    The trail names the fields that are concerned, never what they hold.
    """
    is_person = tx.actor.is_consumer or tx.actor.is_staff
    tx.session.add(
        ChangeMoment(
            request_id=request.id,
            at=clock.now(),
            what=what,
            by_name=tx.actor.name[:120] if is_person else "",
            by_staff=tx.actor.is_staff,
            note=note[:400],
        )
    )
    tx.record(
        action,
        "change_request",
        request.id,
        number=request.number,
        kind=request.kind,
        fields=sorted(request.after),
        state=request.state.value,
    )
    tx.touch(f"changes:{request.brand_id}")
    if request.person_id:
        tx.touch(f"person:{request.person_id}")
    if request.account_id:
        tx.touch(f"account:{request.account_id}")


def tell_customer(tx: Transaction, request: ChangeRequest, kind: Kind, happened: str) -> None:
    """Tell the person concerned, in the portal and by mail (S0-13)."""
    if request.person_id is None:
        return
    notifications.tell(
        tx,
        topic=f"change.{happened}",
        brand_id=request.brand_id,
        to=[request.person_id],
        facts={
            "number": request.number,
            "what": kind.what or kind.title.lower(),
            "changes": in_words(request, kind),
            "reason": request.reason,
        },
        link=kind.link.replace("{subject}", request.subject_id),
    )


def in_words(request: ChangeRequest, kind: Kind) -> str:
    """Return what a request asks for in one line, such as `First name: Rosie`."""
    shown = (
        f"{one.label}: {one.show(request.after[one.name]) or 'none'}"
        for one in kind.fields
        if one.name in request.after
    )
    return "; ".join(shown)
