"""The links of an application: who holds one, and what it is worth now."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.secrets import fingerprint
from portal_app.core.settings import settings
from portal_app.models import (
    Application,
    ApplicationParty,
    Brand,
    Invitation,
    InvitationPurpose,
    OutboundMessage,
    Person,
    PortalSession,
)
from portal_app.services import invitations
from portal_app.services.applications.filling_views import AccessPage
from portal_app.services.applications.rules.needs import PartyFacts, may_come_in
from portal_app.services.invitations import Standing
from portal_app.services.transaction import reading

PURPOSE = InvitationPurpose.APPLICATION_ACCESS


@dataclass(frozen=True, slots=True)
class AccessLink:
    """A link with its application and party, and what it is worth now."""

    invitation: Invitation
    application: Application
    party: ApplicationParty | None
    person: Person
    standing: Standing


def access_page(actor: Actor, *, token: str = "", link: str = "") -> AccessPage:
    """Return what the page of a link says; looking at it changes nothing (S2-02).

    It knows no more than the letter did: who invites, and until when. `link` is the id of the one
    that a browser's own session came by: what is held is the session then, not the token.
    """
    with reading() as session:
        brand = session.get(Brand, actor.brand)
        name = brand.name if brand else ""
        found = link_of(session, actor.brand, token=token, invitation_id=link)
        if found is None:
            return AccessPage(Standing.UNKNOWN.value, name)
        if found.standing is not Standing.GOOD:
            return AccessPage(found.standing.value, name)
        return AccessPage(
            found.standing.value,
            name,
            until=found.invitation.expires_at,
            zone=settings().timezone,
            mobile=found.person.mobile_e164[-2:],
        )


def facts_of(application: Application, party: ApplicationParty, person: Person) -> PartyFacts:
    """Return what inviting a party depends on."""
    return PartyFacts(
        role=party.role,
        is_current=party.ended_at is None and application.ended_at is None,
        name=person.name,
        email=person.email,
        mobile=person.mobile_e164,
    )


def link_of(
    session: Session, brand_id: str, *, token: str = "", invitation_id: str = "", lock: bool = False
) -> AccessLink | None:
    """Return the link with this token or id of one brand; None when there is none.

    `lock` waits for whoever else uses the link, or invites the same person.
    """
    by_token = Invitation.token_hash == fingerprint(text.key(token))
    wanted = select(Invitation).where(
        Invitation.brand_id == brand_id,
        Invitation.purpose == PURPOSE,
        Invitation.id == text.key(invitation_id) if invitation_id else by_token,
    )
    found = session.exec(wanted).first()
    if found is None or found.application_id is None:
        return None
    # The application first, as those who invite do: all then wait in the same order.
    application = session.get_one(
        Application, found.application_id, with_for_update=lock, populate_existing=True
    )
    if lock:
        session.refresh(found, with_for_update=True)
    party = session.exec(
        select(ApplicationParty)
        .where(col(ApplicationParty.application_id) == application.id)
        .where(col(ApplicationParty.person_id) == found.person_id)
        .order_by(col(ApplicationParty.ended_at).is_not(None), col(ApplicationParty.id))
    ).first()
    person = session.get_one(Person, found.person_id)
    standing = _standing(found, application, party, person)
    return AccessLink(found, application, party, person, standing)


def link_used_by(session: Session, own: PortalSession, *, lock: bool) -> AccessLink | None:
    """Return the link that a session stands for; None for a session of another kind."""
    if own.invitation_id is None:
        return None
    return link_of(session, own.brand_id, invitation_id=own.invitation_id, lock=lock)


def newest_links(session: Session, application: Application) -> dict[str, Invitation]:
    """Return each party's newest link, by person."""
    found = session.exec(
        select(Invitation)
        .where(col(Invitation.application_id) == application.id, Invitation.purpose == PURPOSE)
        .order_by(col(Invitation.created_at), col(Invitation.id))
    )
    return {one.person_id: one for one in found}


def letters_of(session: Session, links: Collection[Invitation]) -> dict[str, str]:
    """Return what became of the letter of each link, by the link's id (S2-12)."""
    keys = {dedupe_key(one.id): one.id for one in links}
    found = session.exec(
        select(OutboundMessage.dedupe_key, OutboundMessage.state).where(
            col(OutboundMessage.dedupe_key).in_(keys)
        )
    )
    return {keys[key]: state for key, state in found}


def dedupe_key(invitation_id: str) -> str:
    """Return the name of a link's letter, under which it is written once."""
    return f"invitation:{invitation_id}"


def _standing(
    found: Invitation, application: Application, party: ApplicationParty | None, person: Person
) -> Standing:
    state = invitations.state_at(found.state, found.expires_at, clock.now())
    if state not in invitations.LIVE:
        return invitations.OF_STATE[state]
    if party is None or not party.portal_enabled:
        return Standing.CLOSED
    is_good = may_come_in(facts_of(application, party, person))
    return Standing.GOOD if is_good else Standing.CLOSED
