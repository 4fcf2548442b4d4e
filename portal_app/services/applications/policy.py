"""Who may see an application, who may fill it in, and whose answers they see.

Staff see their brand's. A party sees it while their role is one that may be invited, staff have let
them in, and they have given two proofs of who they are (S2-01, S2-06, S2-18). A guest is bound to
the one application of their link. Representatives act for a party where they are trusted with
applications.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from portal_app.core.actor import Access, Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import (
    INVITABLE,
    Application,
    ApplicationParty,
    Area,
    FormShare,
    SharingMode,
)
from portal_app.services.applications.rules.words import OPEN

TWO_PROOFS = (
    "An application holds what others must not see, so it opens only after a second step. Add one "
    "under Sign-in and security, sign in again, and come back. Or open the link that we sent you."
)
FACTORS = 2


def require_staff(actor: Actor) -> None:
    """Refuse whoever is not staff, as if there were nothing to see."""
    if not actor.has(Access.STAFF):
        raise NotFound


def stands_for(actor: Actor) -> frozenset[str]:
    """Return whose part this actor may take in an application: their own, and who trusts them."""
    if not actor.person_id or not actor.has(Access.PARTY):
        return frozenset()
    others = frozenset[str]()
    if actor.is_consumer:
        others = actor.trusted_by(Area.APPLICATIONS.value, to_act=True)
    return frozenset({actor.person_id}) | others


def let_in() -> ColumnElement[bool]:
    """Return the condition on `ApplicationParty` for those who are let in today."""
    return and_(
        col(ApplicationParty.ended_at).is_(None),
        col(ApplicationParty.portal_enabled),
        col(ApplicationParty.role).in_(INVITABLE),
    )


def parties_let_in(session: Session, application: Application) -> list[ApplicationParty]:
    """Return the parties who are let into an application today, in the order they were added."""
    wanted = select(ApplicationParty).where(
        col(ApplicationParty.application_id) == application.id, let_in()
    )
    return list(session.exec(wanted.order_by(col(ApplicationParty.id))))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Application` for those that this actor may see."""
    ours = col(Application.brand_id) == actor.brand
    if actor.is_staff:
        return ours
    if not (people := stands_for(actor)):
        raise NotFound
    theirs = select(ApplicationParty.application_id).where(
        col(ApplicationParty.person_id).in_(people), let_in()
    )
    seen = and_(ours, col(Application.ended_at).is_(None), col(Application.id).in_(theirs))
    return and_(seen, col(Application.id) == actor.application_id) if actor.is_guest else seen


def require_application(
    session: Session, actor: Actor, number: object, *, lock: bool = False
) -> Application:
    """Return an application that this actor may see."""
    wanted = select(Application).where(
        col(Application.number) == identifier(number), visible_to(actor)
    )
    found = session.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound
    if not actor.is_staff and actor.factors < FACTORS:
        raise NotAllowed(TWO_PROOFS)
    return found


def require_for_staff(
    session: Session, actor: Actor, number: object, *, lock: bool = False
) -> Application:
    """Return an application of the brand, for staff alone."""
    require_staff(actor)
    return require_application(session, actor, number, lock=lock)


def require_party(session: Session, application: Application, party: object) -> ApplicationParty:
    """Return a party of an application, locked."""
    found = session.exec(
        select(ApplicationParty)
        .where(col(ApplicationParty.application_id) == application.id)
        .where(col(ApplicationParty.id) == identifier(party))
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound
    return found


def parties_answering(session: Session, application: Application) -> list[ApplicationParty]:
    """Return the parties who answer questions, in the order of their roles."""
    return _answering(session, [application])[application.id]


def parties_seen(
    session: Session, actor: Actor, application: Application
) -> list[ApplicationParty]:
    """Return the parties whose answers this actor sees (S2-07).

    All of those who answer, or, where each keeps to their own, the actor's own.
    """
    return parties_seen_in(session, actor, [application])[application.id]


def parties_seen_in(
    session: Session, actor: Actor, applications: Sequence[Application]
) -> dict[str, list[ApplicationParty]]:
    """Return the same for several applications, by their ids: one query for all."""
    answering, own = _answering(session, applications), stands_for(actor)
    return {
        one.id: [
            party
            for party in answering[one.id]
            if actor.is_staff or one.sharing_mode is SharingMode.SHARED or party.person_id in own
        ]
        for one in applications
    }


def _answering(
    session: Session, applications: Sequence[Application]
) -> dict[str, list[ApplicationParty]]:
    found = session.exec(
        select(ApplicationParty)
        .where(col(ApplicationParty.application_id).in_([one.id for one in applications]))
        .where(col(ApplicationParty.ended_at).is_(None))
        .where(col(ApplicationParty.role).in_(INVITABLE))
        .order_by(col(ApplicationParty.id))
    )
    parties: dict[str, list[ApplicationParty]] = {one.id: [] for one in applications}
    for party in sorted(found, key=lambda one: INVITABLE.index(one.role)):
        parties[party.application_id].append(party)
    return parties


def may_answer(share: FormShare, application: Application) -> bool:
    """Say whether a form takes answers now."""
    return share.state in OPEN and application.ended_at is None
