"""Finding the link that somebody holds, and what it is worth, in whichever transaction asks."""

from dataclasses import dataclass

from sqlmodel import Session, select

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.secrets import fingerprint
from portal_app.models import Account, Invitation, Person, PortalSession
from portal_app.services import contact_details
from portal_app.services.invitations.queries.facts import facts_of, ties_of
from portal_app.services.invitations.rules import (
    LIVE,
    OF_STATE,
    Need,
    PersonFacts,
    Standing,
    state_at,
    unmet,
)

OVER = "This took too long, or the link was replaced meanwhile. Open the newest link from us again."


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation with its person and account, and what it is worth now."""

    invitation: Invitation
    person: Person
    account: Account
    facts: PersonFacts
    standing: Standing


def link_of(
    session: Session, brand_id: str, *, token: str = "", invitation_id: str = "", lock: bool = False
) -> Link | None:
    """Return the link with this token or id of one brand; None when there is none.

    `lock` waits for whoever else is using the link, or inviting the same person.
    """
    by_token = Invitation.token_hash == fingerprint(text.key(token))
    wanted = select(Invitation).where(
        Invitation.brand_id == brand_id,
        Invitation.id == invitation_id if invitation_id else by_token,
    )
    found = session.exec(wanted).first()
    if found is None or found.account_id is None:
        return None
    # The person first, as those who invite do: both then wait in the same order.
    person = session.get_one(Person, found.person_id, with_for_update=lock, populate_existing=True)
    if lock:
        session.refresh(found, with_for_update=True)
    account = session.get_one(Account, found.account_id)
    facts = facts_of(session, account, [person], ties_of(session, account, [person.id]))[person.id]
    return Link(found, person, account, facts, _standing(found, person, facts))


def _standing(found: Invitation, person: Person, facts: PersonFacts) -> Standing:
    state = state_at(found.state, found.expires_at, clock.now())
    if state not in LIVE:
        return OF_STATE[state]
    missing = unmet(facts)
    if Need.NO_SIGN_IN in missing:
        return Standing.HAS_SIGN_IN
    if contact_details.email(person.email) != found.email:
        return Standing.ADDRESS_CHANGED
    return Standing.CLOSED if missing else Standing.GOOD


def link_in_use(session: Session, actor: Actor) -> Link | None:
    """Return the link that the actor's session stands for, whatever it is worth by now."""
    own = session.get(PortalSession, actor.session_id) if actor.session_id else None
    return link_used_by(session, own, lock=False) if own else None


def link_used_by(session: Session, own: PortalSession, *, lock: bool) -> Link | None:
    """Return the link that a session stands for; None for a session of another kind."""
    if own.invitation_id is None:
        return None
    return link_of(session, own.brand_id, invitation_id=own.invitation_id, lock=lock)
