"""Using a link: opened once, exchanged for a session, ended by a first password (S0-09)."""

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action, SessionStage
from portal_app.ports import RateLimiter
from portal_app.services import access, identity, limits
from portal_app.services.invitations.commands.codes import send_code
from portal_app.services.invitations.commands.issuing import move
from portal_app.services.invitations.commands.opening import ask_for_another, open_way
from portal_app.services.invitations.commands.using import OVER, require_using
from portal_app.services.invitations.queries.held import Link, link_in_use, link_of
from portal_app.services.invitations.rules import Event
from portal_app.services.transaction import reading, transaction

DONE = "Your account is set up. Sign in with your email address and new password."


def start_activation(
    actor: Actor, *, token: str, limiter: RateLimiter, user_agent: str = ""
) -> str:
    """Begin to use a link: send a code, and open a session that stands for the link from now on.

    So the link need not stay in any address. Returns the session's token, "" if this browser is
    using the link already. Raises Conflict for a link that is no longer good.
    """
    limits.count(limiter, *limits.proofs(actor.ip))
    with transaction(actor) as tx:
        link = link_of(tx.session, actor.brand, token=token, lock=True)
        stage = SessionStage.ACTIVATION
        opened = open_way(tx, link, stage=stage, limiter=limiter, user_agent=user_agent)
        if link is None or opened is None:
            return ""
        session, session_token = opened
        send_code(tx, session, link, limiter=limiter)
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
    """Tell staff that the holder of a link that is over would like another one."""
    limits.count(limiter, *limits.proofs(actor.ip))
    with transaction(actor) as tx:
        link = link_of(tx.session, actor.brand, token=token, lock=True)
        ask_for_another(tx, link, limiter=limiter)


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
