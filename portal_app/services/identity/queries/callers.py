"""Who a browser's cookie stands for, asked anew at every event and request."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import and_, bindparam
from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind, Role
from portal_app.models import (
    INVITABLE,
    ApplicationParty,
    Invitation,
    InvitationState,
    Person,
    PortalSession,
    PortalUser,
    SessionStage,
    StaffUser,
    UserKind,
    UserStatus,
)
from portal_app.services.identity.views import Caller
from portal_app.services.transaction import reading

# How stale `last_seen_at` may be: a busy page must not write at every event.
_SEEN_EVERY = timedelta(minutes=1)


def caller_for(token_hash: str, *, ip: str = "") -> Caller:
    """Return who the cookie with this fingerprint is; nobody when it is unknown or over.

    Of one that a link had let into an application the link is still told, so that its person can
    be told what became of it, and ask for another (S2-10).
    """
    if not token_hash:
        return Caller()
    with reading() as session:
        row = _find(session, token_hash)
    now = clock.now()
    if row is None:
        return Caller()
    found, user, staff, person = row
    if not _is_alive(found):
        link = _link_behind(found)
        return Caller(token_hash=token_hash, ended_link=link) if link else Caller()
    actor = _actor(found, user, staff, person, ip)
    return Caller(
        actor=actor,
        token_hash=token_hash,
        session_id=found.id,
        user_id=found.user_id or "",
        stage=found.stage,
        account_id=found.account_id or "",
        context=found.context,
        brand_id=found.brand_id,
        idle_seconds=max(0, int((found.idle_until - now).total_seconds())),
        is_unseen=now - found.last_seen_at > _SEEN_EVERY,
        ended_link=_link_behind(found) if actor.is_anonymous else "",
        notes=found.notes,
    )


_Row = tuple[PortalSession, PortalUser | None, StaffUser | None, Person | None]


# Built once: this is asked at every event, and building it costs more than asking.
_BY_TOKEN = (
    select(PortalSession, PortalUser, StaffUser, Person)
    .where(PortalSession.token_hash == bindparam("token_hash"))
    .join(PortalUser, col(PortalUser.id) == PortalSession.user_id, isouter=True)
    .join(StaffUser, col(StaffUser.user_id) == PortalUser.id, isouter=True)
    .join(Person, col(Person.id) == PortalUser.person_id, isouter=True)
)

_BY_LINK = (
    select(Invitation, Person)
    .where(Invitation.id == bindparam("invitation"))
    .where(col(Invitation.state).in_((InvitationState.ISSUED, InvitationState.OPENED)))
    .join(Person, col(Person.id) == Invitation.person_id)
    .join(
        ApplicationParty,
        and_(
            col(ApplicationParty.application_id) == Invitation.application_id,
            col(ApplicationParty.person_id) == Invitation.person_id,
            col(ApplicationParty.role).in_(INVITABLE),
            col(ApplicationParty.ended_at).is_(None),
            col(ApplicationParty.portal_enabled),
        ),
    )
)


def _find(session: Session, token_hash: str) -> _Row | None:
    return session.exec(_BY_TOKEN, params={"token_hash": token_hash}).first()


def _is_alive(found: PortalSession) -> bool:
    now = clock.now()
    return found.revoked_at is None and found.idle_until > now and found.absolute_until > now


def _link_behind(found: PortalSession) -> str:
    """Return the link to an application that a browser came in by, or asked to have replaced."""
    is_guests = found.stage in (SessionStage.APPLICATION, SessionStage.ANONYMOUS)
    return (found.invitation_id or "") if is_guests else ""


def _actor(
    found: PortalSession,
    user: PortalUser | None,
    staff: StaffUser | None,
    person: Person | None,
    ip: str,
) -> Actor:
    may_act = user is not None and user.status is UserStatus.ACTIVE
    if found.stage is SessionStage.APPLICATION:
        return _guest(found, ip)
    if user is None or not may_act or found.stage is not SessionStage.FULL:
        return Actor(brand=found.brand_id, session_id=found.id, ip=ip)
    is_staff = user.kind is UserKind.STAFF and staff is not None
    return Actor(
        kind=ActorKind.STAFF if is_staff else ActorKind.CONSUMER,
        user_id=user.id,
        person_id=user.person_id or "",
        name=staff.name if staff else person.name if person else "",
        brand=user.brand_id,
        roles=frozenset({Role(staff.role)}) if staff and is_staff else frozenset[Role](),
        stepped_up_until=found.stepped_up_until,
        session_id=found.id,
        ip=ip,
        factors=found.factors,
    )


def _guest(found: PortalSession, ip: str) -> Actor:
    """Return whom a link let into an application, while the link and their part in it last."""
    nobody = Actor(brand=found.brand_id, session_id=found.id, ip=ip)
    with reading() as session:
        row = session.exec(_BY_LINK, params={"invitation": found.invitation_id}).first()
    if row is None or row[0].expires_at is None or row[0].expires_at <= clock.now():
        return nobody
    link, person = row
    return replace(
        nobody,
        kind=ActorKind.GUEST,
        person_id=person.id,
        name=person.name,
        application_id=link.application_id or "",
        factors=found.factors,
    )
