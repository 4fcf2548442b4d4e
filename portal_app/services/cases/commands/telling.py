"""Who hears of what happens to a case: its history, the trail, the people concerned, open tabs."""

from datetime import timedelta

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.models import Action, Case, CaseMoment, CaseNote, StaffUser
from portal_app.services import messages, notifications
from portal_app.services.cases import policy
from portal_app.services.cases.rules.moves import STAFFS_TURN
from portal_app.services.cases.rules.words import ANSWER_WITHIN
from portal_app.services.transaction import Transaction

LONGEST_QUOTE = 600
_A_LITTLE = timedelta(microseconds=1)


def write_down(
    tx: Transaction, case: Case, action: Action, what: str, *, note: str = "", by_name: str = ""
) -> None:
    """Add what happened to the history, which the customer reads, and to the audit trail."""
    is_person = tx.actor.is_consumer or tx.actor.is_staff
    tx.session.add(
        CaseMoment(
            case_id=case.id,
            at=clock.now(),
            what=what,
            by_name=by_name or (tx.actor.name[:120] if is_person else ""),
            by_staff=tx.actor.is_staff,
            note=note,
        )
    )
    record(tx, case, action)
    show(tx, case)


def note_down(tx: Transaction, case: Case, action: Action, body: str, *, what: str = "") -> None:
    """Add something that concerns staff alone; nothing that a customer sees moves."""
    tx.session.add(
        CaseNote(
            case_id=case.id,
            at=clock.now(),
            author_id=tx.actor.user_id,
            by_name=tx.actor.name[:120],
            what=what,
            body=body,
        )
    )
    record(tx, case, action)
    tx.touch(f"case-notes:{case.id}", f"cases:{case.brand_id}")


def thread_of(case: Case) -> messages.Thread:
    """Return where the conversation of a case is kept."""
    return messages.Thread("case", case.id)


def record(tx: Transaction, case: Case, action: Action) -> None:
    """Write into the audit trail what was done; never what was said."""
    tx.record(action, "case", case.id, number=case.number, state=case.state.value)


def show(tx: Transaction, case: Case) -> None:
    """Let a case count as changed now, for lists and for open tabs."""
    case.changed_at = max(clock.now(), case.changed_at + _A_LITTLE)
    case.version += 1
    tx.touch(f"case:{case.id}", f"cases-about:{case.consumer_id}", f"cases:{case.brand_id}")


def await_us(case: Case) -> None:
    """Set when we have to answer; somebody who waits already does not wait anew."""
    if case.state in STAFFS_TURN and case.due_at is None:
        case.due_at = clock.now() + ANSWER_WITHIN[case.priority]


def tell(tx: Transaction, case: Case, happened: str, *, words: str = "") -> None:
    """Tell the customers concerned, in the portal and by mail, but not whoever did it."""
    notifications.tell(
        tx,
        topic=f"case.{happened}",
        brand_id=case.brand_id,
        to=_concerned(tx, case, but=tx.actor.person_id),
        facts=facts(tx, case, words),
        link=f"/cases/{case.number}",
    )


def confirm(tx: Transaction, case: Case, happened: str) -> None:
    """Tell everybody concerned, whoever did it too."""
    notifications.tell(
        tx,
        topic=f"case.{happened}",
        brand_id=case.brand_id,
        to=_concerned(tx, case),
        facts=facts(tx, case, case.description),
        link=f"/cases/{case.number}",
    )


def tell_staff(tx: Transaction, case: Case, happened: str, *, words: str = "") -> None:
    """Write to whoever works on the case; the others see the queue change."""
    if tx.actor.is_staff or not case.assigned_to:
        return
    where = col(StaffUser.user_id) == case.assigned_to
    worker = tx.session.exec(select(StaffUser).where(where)).first()
    if worker is not None:
        notifications.send_mail(
            tx,
            topic=f"case.{happened}",
            brand_id=case.brand_id,
            recipient=worker.email,
            facts=facts(tx, case, words),
            link=f"/staff/cases?open={case.number}",
            dedupe_key=f"case.{happened}:{case.id}:{case.version}",
        )


def facts(tx: Transaction, case: Case, words: str) -> dict[str, str]:
    """Return what letters about a case may say."""
    quoted = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
    return {
        "number": case.number,
        "subject_line": case.subject,
        "words": quoted,
        "who": tx.actor.name,
        "resolution": case.resolution_notes,
    }


def _concerned(tx: Transaction, case: Case, *, but: str = "") -> list[str]:
    """Return whom the case is about and who opened it or wrote in it, if they still see it.

    Nobody is told where customers have no cases: there is no page to read it on.
    """
    if not policy.is_on(tx.session, case.brand_id):
        return []
    wrote = messages.writers(tx.session, thread_of(case))
    others = {one for one in (case.opener_id, *wrote) if one}
    seeing = {
        one
        for one in others - {case.consumer_id}
        if policy.circle_of(tx.session, one, case.brand_id).may_see(case)
    }
    return sorted({case.consumer_id, *seeing} - {but})
