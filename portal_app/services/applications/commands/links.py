"""Making a party's link inside the transaction of whoever decides on it, and ending one."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.secrets import fingerprint, new_token
from portal_app.models import (
    Action,
    Application,
    ApplicationParty,
    Invitation,
    InvitationMethod,
    InvitationState,
    Person,
)
from portal_app.services import contact_details, invitations
from portal_app.services.applications.queries.links import PURPOSE
from portal_app.services.applications.rules.topics import topic_of
from portal_app.services.invitations import Event
from portal_app.services.transaction import Transaction


def issue(
    tx: Transaction,
    application: Application,
    party: ApplicationParty,
    person: Person,
    method: InvitationMethod,
) -> tuple[Invitation, str]:
    """Make a link and return it with its token, which is not kept; the one before it ends (S2-10).

    The application must be locked. The party is let in from now on.
    """
    token = new_token()
    older = end_links(tx, application.id, person.id, Event.REGENERATE)
    made = _made(application, person, method, tx.actor.name)
    made.token_hash = fingerprint(token)
    tx.session.add(made)
    tx.session.flush()
    for one in older:
        if one.state is InvitationState.SUPERSEDED:
            one.superseded_by = made.id
    settle_wishes(tx, application.id, person.id)
    party.portal_enabled = True
    tx.record(
        Action.INVITATION_ISSUED,
        "invitation",
        made.id,
        purpose=PURPOSE.value,
        method=method.value,
        party=party.id,
    )
    invitations.announce(tx, made)
    return made, token


def _made(
    application: Application, person: Person, method: InvitationMethod, by: str
) -> Invitation:
    now, is_mailed = clock.now(), method is InvitationMethod.EMAIL
    event = Event.SEND_EMAIL if is_mailed else Event.COPY_LINK
    return Invitation(
        brand_id=application.brand_id,
        purpose=PURPOSE,
        person_id=person.id,
        application_id=application.id,
        token_hash="",
        state=invitations.after(InvitationState.DRAFT, event),
        method=method,
        email=contact_details.email(person.email),
        invited_by=by[:120],
        created_at=now,
        issued_at=now,
        expires_at=now + invitations.GOOD_FOR,
    )


def end_links(
    tx: Transaction, application_id: str, person_id: str, event: Event
) -> list[Invitation]:
    """End a person's live link to an application, and with it every browser that used it."""
    live = tx.session.exec(
        select(Invitation)
        .where(col(Invitation.application_id) == application_id)
        .where(Invitation.person_id == person_id, Invitation.purpose == PURPOSE)
        .where(col(Invitation.state).in_(invitations.LIVE))
        .with_for_update()
    ).all()
    for one in live:
        has_run_out = one.expires_at is not None and clock.now() >= one.expires_at
        invitations.move(tx, one, Event.EXPIRE if has_run_out else event)
    return list(live)


def settle_wishes(tx: Transaction, application_id: str, person_id: str) -> int:
    """Note that a person's wishes for a new link have been seen to; return how many there were."""
    asked = tx.session.exec(
        select(Invitation)
        .where(col(Invitation.application_id) == application_id)
        .where(Invitation.person_id == person_id, Invitation.purpose == PURPOSE)
        .where(col(Invitation.renewal_asked_at).is_not(None))
    ).all()
    for one in asked:
        one.renewal_asked_at = None
    tx.session.flush()
    return len(asked)


def shut_out(tx: Transaction, party: ApplicationParty) -> None:
    """End a party's way in: the link, the browsers that used it, and what a sign-in opened."""
    party.portal_enabled = False
    tx.session.add(party)
    end_links(tx, party.application_id, party.person_id, Event.REVOKE)
    settle_wishes(tx, party.application_id, party.person_id)
    tx.record(Action.APPLICATION_ACCESS_ENDED, "application_party", party.id)
    touch(tx, party.application_id, tx.actor.brand)
    tx.touch(f"person:{party.person_id}")


def touch(tx: Transaction, application_id: str, brand_id: str) -> None:
    """Say to whoever looks at an application, or at the list, that something has changed."""
    tx.touch(topic_of(application_id), f"applications:{brand_id}")
