"""How somebody signs in, and from where."""

from sqlmodel import Session, col, func, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import NotFound
from portal_app.models import PortalSession, PortalUser, RecoveryCode, SessionStage
from portal_app.services.identity.queries.users import (
    demands_second_factor,
    mobile_number,
    must_have_factor,
    password_is_alone,
)
from portal_app.services.identity.rules import passwords
from portal_app.services.identity.rules.devices import device_label
from portal_app.services.identity.rules.masks import number_end
from portal_app.services.identity.views import Device, Security
from portal_app.services.transaction import reading


def security(actor: Actor) -> Security:
    """Return the actor's own sign-in: second factor, recovery codes, devices."""
    with reading() as session:
        user = session.get(PortalUser, actor.user_id) if actor.user_id else None
        if user is None or actor.is_anonymous:
            raise NotFound
        is_alone = password_is_alone(session, user)
        return Security(
            factor=user.second_factor.value,
            mobile=number_end(mobile_number(session, user)),
            must_have_factor=must_have_factor(session, user),
            recovery_codes_left=_codes_left(session, user),
            is_stepped_up=actor.is_stepped_up,
            shortest_password=passwords.SHORTEST_ALONE if is_alone else passwords.SHORTEST,
            devices=_devices(session, actor, user),
        )


def shortest_first_password(actor: Actor, *, brand: str) -> int:
    """Return how long the first password of a brand's customers must be."""
    del actor  # the same for everybody: it is shown before anybody signs in
    with reading() as session:
        is_alone = not demands_second_factor(session, text.key(brand))
    return passwords.SHORTEST_ALONE if is_alone else passwords.SHORTEST


def _codes_left(session: Session, user: PortalUser) -> int:
    unused = select(func.count()).where(
        RecoveryCode.user_id == user.id, col(RecoveryCode.used_at).is_(None)
    )
    return session.exec(unused).one()


def _devices(session: Session, actor: Actor, user: PortalUser) -> tuple[Device, ...]:
    now = clock.now()
    alive = session.exec(
        select(PortalSession)
        .where(PortalSession.user_id == user.id, PortalSession.stage == SessionStage.FULL)
        .where(col(PortalSession.revoked_at).is_(None))
        .where(PortalSession.idle_until > now, PortalSession.absolute_until > now)
        .order_by(col(PortalSession.last_seen_at).desc(), col(PortalSession.id).desc())
    )
    return tuple(
        Device(
            id=found.id,
            label=device_label(found.user_agent),
            started_at=found.created_at,
            last_seen_at=found.last_seen_at,
            is_this=found.id == actor.session_id,
        )
        for found in alive
    )
