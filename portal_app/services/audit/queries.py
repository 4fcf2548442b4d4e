"""Readings of the audit trail."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from portal_app.core import text
from portal_app.core.actor import Actor
from portal_app.models import AuditEvent, Person, PortalUser, StaffUser
from portal_app.services.audit import policy, rules
from portal_app.services.audit.rules import Chain
from portal_app.services.audit.views import ChainReport, Entry, History
from portal_app.services.transaction import reading

PAGE = 50
_STRETCH = 1000


def history(
    actor: Actor,
    *,
    action: str = "",
    who: str = "",
    object_type: str = "",
    object_id: str = "",
    after: str = "",
) -> History:
    """Return what was done in the brand, newest first.

    `action` is a whole one or how it begins ("rental_request"); `who` is a user's id or a job's
    name; `after` is the `after` of the page before.
    """
    policy.require_audit(actor)
    wanted = select(AuditEvent).where(policy.visible_to(actor))
    if action := text.key(action):
        begins = col(AuditEvent.action).startswith(f"{action}:", autoescape=True)
        wanted = wanted.where(or_(col(AuditEvent.action) == action, begins))
    if who := text.key(who):
        wanted = wanted.where(AuditEvent.actor_id == who)
    if object_type := text.key(object_type):
        wanted = wanted.where(AuditEvent.object_type == object_type)
    if object_id := text.key(object_id):
        wanted = wanted.where(AuditEvent.object_id == object_id)
    with reading() as session:
        return _page(session, wanted, after)


def history_about(
    session: Session, actor: Actor, *, objects: Mapping[str, Sequence[str]], after: str = ""
) -> History:
    """Return what was done to some things, for staff, the newest first.

    `objects` are ids by their kind. Whether the actor may see them is asked by the caller, who has
    just read them for this actor.
    """
    policy.require_staff(actor)
    kind, key = col(AuditEvent.object_type), col(AuditEvent.object_id)
    about = or_(*(and_(kind == each, key.in_(ids)) for each, ids in objects.items()))
    return _page(session, select(AuditEvent).where(policy.visible_to(actor), about), after)


def verify(actor: Actor, *, anchor: str = "") -> ChainReport:
    """Follow the whole chain and say whether anything was changed, removed or put in between.

    With `anchor`, a fingerprint that was written down earlier, it also says whether the trail still
    goes through that point. The chain is one for all brands; the report holds nothing of them.
    """
    policy.require_audit(actor)
    anchor = text.key(anchor)
    chain = Chain()
    with reading() as session:
        while stretch := _stretch(session, chain.seq):
            chain = rules.follow(chain, stretch, anchor=anchor)
            session.expunge_all()
            if chain.broken_at is not None:
                break
    return _report(chain, anchor)


def _report(chain: Chain, anchor: str) -> ChainReport:
    missing = bool(anchor) and not chain.passed_anchor
    if chain.broken_at is not None:
        sentence = f"Entry {chain.broken_at} is not as it was written, or one before it is gone."
    elif missing:
        sentence = "The trail does not go through the fingerprint that was kept: its end is gone."
    else:
        sentence = "Every entry is as it was written."
    return ChainReport(
        length=chain.length,
        seq=chain.seq,
        head=chain.head,
        is_whole=chain.broken_at is None and not missing,
        broken_at=chain.broken_at,
        sentence=sentence,
    )


def _stretch(session: Session, after: int) -> list[AuditEvent]:
    seq = col(AuditEvent.seq)
    return list(
        session.exec(select(AuditEvent).where(seq > after).order_by(seq).limit(_STRETCH)).all()
    )


def _page(session: Session, wanted: Any, after: str) -> History:
    if before := _number(after):
        wanted = wanted.where(col(AuditEvent.seq) < before)
    newest = wanted.order_by(col(AuditEvent.seq).desc()).limit(PAGE + 1)
    rows: list[AuditEvent] = [*session.exec(newest)]
    names = _names(session, {row.actor_id for row in rows[:PAGE]})
    entries = tuple(_entry(row, names) for row in rows[:PAGE])
    return History(entries, str(entries[-1].seq) if len(rows) > PAGE else "")


def _number(word: object) -> int:
    return int(word[:18]) if isinstance(word, str) and re.fullmatch("[0-9]+", word) else 0


def _names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the users among these ids."""
    wanted = list(ids)
    staff = select(StaffUser.user_id, StaffUser.name).where(col(StaffUser.user_id).in_(wanted))
    people = (
        select(PortalUser.id, Person)
        .join(Person, col(Person.id) == col(PortalUser.person_id))
        .where(col(PortalUser.id).in_(wanted))
    )
    # Whoever came by a link stands in the trail as a person: they have no sign-in.
    guests = session.exec(select(Person).where(col(Person.id).in_(wanted)))
    named = {person.id: person.name for person in guests}
    named |= {user_id: person.name for user_id, person in session.exec(people).all()}
    return named | dict(session.exec(staff).all())


def _entry(row: AuditEvent, names: dict[str, str]) -> Entry:
    return Entry(
        seq=row.seq or 0,
        at=row.at,
        who=names.get(row.actor_id, row.actor_id),
        actor_kind=row.actor_kind,
        action=row.action,
        sentence=rules.sentence(row.action),
        object_type=row.object_type,
        object_id=row.object_id,
        ip=row.ip,
        detail=row.detail,
    )
