"""Placing a request: recorded first, then held for staff or applied at once (S0-06, S0-12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.core.ids import reference
from portal_app.models import (
    AccountContact,
    Action,
    ChangeOrigin,
    ChangePolicy,
    ChangeRequest,
    ChangeState,
    ChangeStep,
)
from portal_app.services.changes.commands.applying import carry_out
from portal_app.services.changes.commands.telling import tell_customer, write_down
from portal_app.services.changes.rules.kinds import Kind, Subject
from portal_app.services.changes.rules.moves import OPEN, Move, after
from portal_app.services.changes.rules.workflow import Rule, Step
from portal_app.services.transaction import Transaction

NOTHING_NEW = "That is what we hold already. There is nothing to change."
STILL_WORKING = "We are still working on your last change of this. We tell you when it is done."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be changed, for whom, and from which account staff look at it."""

    kind: Kind
    subject_id: str
    subject: Subject
    brand_id: str
    values: Mapping[str, str]
    origin: ChangeOrigin
    person_id: str | None = None
    account_id: str | None = None
    reason: str = ""

    @property
    def after(self) -> dict[str, str]:
        """The fields that would differ, as they would be."""
        held = self.subject.values
        return {name: value for name, value in self.values.items() if held.get(name) != value}

    @property
    def before(self) -> dict[str, str]:
        """The same fields as they are held."""
        return {name: self.subject.values.get(name, "") for name in self.after}


def place(tx: Transaction, wanted: Wanted, rule: Rule) -> ChangeRequest:
    """Record what is wanted and hold it for review, or apply it at once.

    What cannot be applied at once is refused, and then nothing is recorded; a fault of ours is
    recorded with the request, for staff to try again. One that waits already is edited (S0-11).
    """
    if not wanted.after:
        raise Conflict(NOTHING_NEW)
    waiting = open_request_of(tx, wanted.kind, wanted.subject_id)
    if waiting and wanted.origin is ChangeOrigin.CONSUMER:
        return _edit(tx, waiting, wanted)
    request = _record(tx, wanted, rule)
    if rule.policy is ChangePolicy.REVIEW:
        request.state = after(request.state, Move.HOLD_FOR_REVIEW)
        _plan(tx, request, rule.steps)
        tell_customer(tx, request, wanted.kind, "received")
        return request
    request.state = after(request.state, Move.AUTO_APPROVE)
    carry_out(tx, request, wanted.kind, is_refusing=True)
    return request


def open_request_of(tx: Transaction, kind: Kind, subject_id: str) -> ChangeRequest | None:
    """Return the request of this kind that staff have not settled, locked.

    None where several may wait: each of them stands for itself.
    """
    if kind.is_repeatable:
        return None
    return tx.session.exec(
        select(ChangeRequest)
        .where(
            col(ChangeRequest.kind) == kind.key,
            col(ChangeRequest.subject_id) == subject_id,
            col(ChangeRequest.state).in_(OPEN),
        )
        .order_by(col(ChangeRequest.created_at).desc(), col(ChangeRequest.id).desc())
        .with_for_update()
    ).first()


def account_of(tx: Transaction, person_id: str) -> str | None:
    """Return the account from which staff look at a person."""
    contacts = select(AccountContact.account_id).where(
        col(AccountContact.person_id) == person_id, col(AccountContact.ended_at).is_(None)
    )
    return tx.session.exec(contacts.order_by(col(AccountContact.id)).limit(1)).first()


def _edit(tx: Transaction, request: ChangeRequest, wanted: Wanted) -> ChangeRequest:
    """Put new values in the place of those that wait; what staff had checked begins anew."""
    if request.state is not ChangeState.PENDING_REVIEW:
        raise Conflict(STILL_WORKING)
    if request.after == wanted.after:
        return request
    request.before, request.after = wanted.before, wanted.after
    request.changed_at, request.version = clock.now(), request.version + 1
    for step in steps_of(tx, request):
        step.done_by, step.done_by_name, step.done_at, step.note = None, "", None, ""
    write_down(tx, request, Action.CHANGE_EDITED, "edited")
    return request


def _record(tx: Transaction, wanted: Wanted, rule: Rule) -> ChangeRequest:
    now = clock.now()
    request = ChangeRequest(
        brand_id=wanted.brand_id,
        number=_free_number(tx),
        kind=wanted.kind.key,
        policy=rule.policy,
        origin=wanted.origin,
        subject_type=wanted.kind.subject_type,
        subject_id=wanted.subject_id,
        subject_name=wanted.subject.name[:160],
        person_id=wanted.person_id,
        account_id=wanted.account_id,
        requester_id=_user_of(tx.actor),
        requester_name=tx.actor.name[:120],
        before=wanted.before,
        after=wanted.after,
        reason=wanted.reason,
        created_at=now,
        changed_at=now,
    )
    tx.session.add(request)
    tx.session.flush()
    write_down(tx, request, Action.CHANGE_REQUESTED, "submitted", note=wanted.reason)
    return request


def _user_of(actor: Actor) -> str | None:
    return actor.user_id if actor.is_consumer or actor.is_staff else None


def _plan(tx: Transaction, request: ChangeRequest, steps: Sequence[Step]) -> None:
    tx.session.add_all(
        ChangeStep(
            request_id=request.id, position=place, title=step.title[:80], role=step.role.value
        )
        for place, step in enumerate(steps, start=1)
    )
    tx.session.flush()


def steps_of(tx: Transaction, request: ChangeRequest) -> list[ChangeStep]:
    """Return the steps of a request in their order."""
    mine = select(ChangeStep).where(col(ChangeStep.request_id) == request.id)
    return list(tx.session.exec(mine.order_by(col(ChangeStep.position))))


def _free_number(tx: Transaction) -> str:
    while True:
        number = reference("CR")
        taken = select(ChangeRequest.id).where(col(ChangeRequest.number) == number)
        if tx.session.exec(taken).first() is None:
            return number
