"""Using a link: opened once, exchanged for a session, ended by a first password (S0-09)."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, Invitation, PortalSession, SessionStage
from portal_app.ports import RateLimiter
from portal_app.services import access, identity, limits
from portal_app.services.invitations.commands.codes import send_code
from portal_app.services.invitations.commands.issuing import announce, move
from portal_app.services.invitations.commands.using import OVER, require_using
from portal_app.services.invitations.queries.held import Link, link_in_use, link_of
from portal_app.services.invitations.rules import RENEWABLE, Event, Standing
from portal_app.services.transaction import Transaction, reading, transaction

DONE = "Your account is set up. Sign in with your email address and new password."
NOT_GOOD = "This link no longer works. This page says why, and what to do."
NOT_KNOWN = "We do not know this link. Check that you have the whole of it."
NOTHING_TO_ASK = "You need no new link: this page says what to do."


def start_activation(
    actor: Actor, *, token: str, limiter: RateLimiter, user_agent: str = ""
) -> str:
    """Begin to use a link: send a code, and open a session that stands for the link from now on.

    So the link need not stay in any address. Returns the session's token, "" if this browser is
    using the link already. Raises Conflict for a link that is no longer good.
    """
    _count_network(actor, limiter)
    with transaction(actor) as tx:
        link = _require_known(link_of(tx.session, actor.brand, token=token, lock=True))
        if link.standing is not Standing.GOOD:
            raise Conflict(NOT_GOOD)
        earlier = tx.session.get(PortalSession, actor.session_id) if actor.session_id else None
        if earlier is not None and _is_using(earlier, link.invitation):
            return ""
        _count_link(link.invitation, limiter)
        if earlier is not None:
            identity.end_session(tx, earlier, "invitation_opened")
        session, session_token = identity.open_session(
            tx,
            brand_id=actor.brand,
            user_id=None,
            stage=SessionStage.ACTIVATION,
            invitation_id=link.invitation.id,
            user_agent=user_agent,
            ip=actor.ip,
        )
        send_code(tx, session, link, limiter=limiter)
        _note_opening(tx, link.invitation)
        return session_token


def finish_activation(actor: Actor, *, new_password: str) -> str:
    """Give the person a sign-in with this password, and return the sentence that says so.

    A sign-in that they have already is never touched, and nobody is signed in by it. Raises
    Invalid for a password that cannot be chosen.
    """
    with reading() as session:
        link = link_in_use(session, actor)
    if link is None:
        raise Conflict(OVER)
    kept = identity.hash_new_password(actor, password=new_password, context=_context(link))
    with transaction(actor) as tx:
        own, link = require_using(tx, factors=1)
        user = identity.register_user(
            tx, person=link.person, password_hash=kept, phone="", email=link.invitation.email
        )
        link.invitation.activated_at = clock.now()
        identity.end_session(tx, own, "activated")
        move(tx, link.invitation, Event.SECOND_FACTOR_OK)
        access.admit(tx, link.person.id, link.account.id)
        tx.record(Action.INVITATION_ACTIVATED, "invitation", link.invitation.id, user=user.id)
        return DONE


def ask_for_new_link(actor: Actor, *, token: str, limiter: RateLimiter) -> None:
    """Tell staff that the holder of a link that is over would like another one.

    Nothing is sent by itself. Asking twice is the same as asking once.
    """
    _count_network(actor, limiter)
    with transaction(actor) as tx:
        link = _require_known(link_of(tx.session, actor.brand, token=token, lock=True))
        if link.standing not in RENEWABLE:
            raise Conflict(NOTHING_TO_ASK)
        _count_link(link.invitation, limiter)
        if link.invitation.renewal_asked_at is None:
            link.invitation.renewal_asked_at = clock.now()
            tx.record(Action.INVITATION_RENEWAL_ASKED, "invitation", link.invitation.id)
            announce(tx, link.invitation)


def _require_known(link: Link | None) -> Link:
    if link is None:
        raise Conflict(NOT_KNOWN)
    return link


def _is_using(session: PortalSession, invitation: Invitation) -> bool:
    is_alive = session.revoked_at is None and session.absolute_until > clock.now()
    return is_alive and session.invitation_id == invitation.id


def _count_network(actor: Actor, limiter: RateLimiter) -> None:
    limits.count(limiter, (limits.PROOF_NETWORK, limits.network(actor.ip)), (limits.PROOF_ALL, ""))


def _count_link(invitation: Invitation, limiter: RateLimiter) -> None:
    limits.count(limiter, (limits.INVITE_HOUR, invitation.id), (limits.INVITE_DAY, invitation.id))


def _note_opening(tx: Transaction, invitation: Invitation) -> None:
    if invitation.opened_at is None:
        invitation.opened_at = clock.now()
        move(tx, invitation, Event.OPEN)
    tx.record(Action.INVITATION_OPENED, "invitation", invitation.id)
    announce(tx, invitation)


def _context(link: Link) -> list[str]:
    """Return what others know about the person: no password is made of it."""
    person = link.person
    return [
        person.name,
        link.invitation.email,
        link.invitation.email.partition("@")[0],
        person.postal_code,
        person.city,
        person.mobile_e164,
        person.phone_e164,
        link.account.number,
    ]
