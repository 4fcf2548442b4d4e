"""Making a link inside the transaction of whoever decides on it, and ending an older one."""

from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.secrets import fingerprint, new_token
from portal_app.models import (
    Account,
    Action,
    Contract,
    Invitation,
    InvitationMethod,
    InvitationState,
    Person,
    PortalSession,
)
from portal_app.services import identity, notifications, wording
from portal_app.services.invitations.rules import (
    GOOD_FOR,
    LIVE,
    PURPOSE,
    Event,
    PersonFacts,
    after,
    subject_of,
)
from portal_app.services.transaction import Transaction

TOPIC = "invitation.account_setup"


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of link is wanted, by whom, and how the person was verified."""

    method: InvitationMethod
    invited_by: str = ""
    verified_by_staff: str | None = None
    verification_note: str = ""


def issue(
    tx: Transaction,
    account: Account,
    person: Person,
    facts: PersonFacts,
    wish: Wish,
    held: list[Contract],
) -> tuple[Invitation, str]:
    """Make a link and return it with its token, which is not kept; the one before it ends.

    The person must be locked. `held` are the contracts that the link is about, the first of them
    above all; without one it is about the account.
    """
    token = new_token()
    older = end_live(tx, person.id, Event.REGENERATE)
    made = _made(account, person, facts, wish, held)
    made.token_hash = fingerprint(token)
    tx.session.add(made)
    tx.session.flush()
    if older is not None and older.state is InvitationState.SUPERSEDED:
        older.superseded_by = made.id
    settle_renewals(tx, person.id)
    if made.method is InvitationMethod.EMAIL:
        _send(tx, account, person, made, token, held)
    tx.record(
        Action.INVITATION_ISSUED,
        "invitation",
        made.id,
        purpose=made.purpose.value,
        method=made.method.value,
        verified=bool(made.verification_note),
    )
    announce(tx, made)
    return made, token


def _made(
    account: Account, person: Person, facts: PersonFacts, wish: Wish, held: list[Contract]
) -> Invitation:
    now, is_mailed = clock.now(), wish.method is InvitationMethod.EMAIL
    return Invitation(
        brand_id=account.brand_id,
        purpose=PURPOSE,
        person_id=person.id,
        account_id=account.id,
        contract_id=held[0].id if held else None,
        token_hash="",
        state=after(InvitationState.DRAFT, Event.SEND_EMAIL if is_mailed else Event.COPY_LINK),
        method=wish.method,
        email=facts.address,
        invited_by=wish.invited_by[:120],
        verified_by_staff=wish.verified_by_staff,
        verification_note=wish.verification_note,
        created_at=now,
        issued_at=now,
        expires_at=now + GOOD_FOR,
    )


def end_live(tx: Transaction, person_id: str, event: Event) -> Invitation | None:
    """End a person's live link, and with it whoever was about to use it; return it."""
    live = tx.session.exec(
        select(Invitation)
        .where(Invitation.person_id == person_id, Invitation.purpose == PURPOSE)
        .where(col(Invitation.state).in_(LIVE))
        .with_for_update()
    ).first()
    if live is None:
        return None
    has_run_out = live.expires_at is not None and clock.now() >= live.expires_at
    move(tx, live, Event.EXPIRE if has_run_out else event)
    return live


def move(tx: Transaction, invitation: Invitation, event: Event) -> None:
    """Take a link to its next state; one that ends takes with it the browsers that used it."""
    invitation.state = after(invitation.state, event)
    if invitation.state in LIVE:
        return
    invitation.ended_at = clock.now()
    using = tx.session.exec(
        select(PortalSession).where(
            PortalSession.invitation_id == invitation.id, col(PortalSession.revoked_at).is_(None)
        )
    )
    for session in using.all():
        identity.end_session(tx, session, "invitation_ended")
    tx.session.flush()
    announce(tx, invitation)


def settle_renewals(tx: Transaction, person_id: str) -> int:
    """Note that a person's wishes for a new link have been seen to; return how many there were."""
    asked = tx.session.exec(
        select(Invitation)
        .where(Invitation.person_id == person_id, Invitation.purpose == PURPOSE)
        .where(col(Invitation.renewal_asked_at).is_not(None))
    ).all()
    for invitation in asked:
        invitation.renewal_asked_at = None
    tx.session.flush()
    return len(asked)


def announce(tx: Transaction, invitation: Invitation) -> None:
    """Say to whoever looks at this customer, application or queue that something has changed."""
    if invitation.application_id:
        brand, application = invitation.brand_id, invitation.application_id
        tx.touch(f"applications:{brand}", f"application:{application}")
        return
    tx.touch(f"invitations:{invitation.brand_id}", f"account:{invitation.account_id}")


def _send(
    tx: Transaction,
    account: Account,
    person: Person,
    made: Invitation,
    token: str,
    held: list[Contract],
) -> None:
    notifications.send_mail(
        tx,
        topic=TOPIC,
        brand_id=made.brand_id,
        recipient=made.email,
        facts={
            "person": person.name,
            "subject_of": subject_of(account, held[0] if held else None, max(len(held) - 1, 0)),
            "until": wording.moment(made.expires_at, account.timezone),
        },
        dedupe_key=f"invitation:{made.id}",
        carries_secret=True,
        link=f"/activate/{token}",
    )
