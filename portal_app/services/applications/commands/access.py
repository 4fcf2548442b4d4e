"""Coming in by a link: a press of a button, a code to the number on record, a session (S2-01).

The session is bound to the link, and so to one person and one application. It ends with the link.
"""

from dataclasses import replace

from sqlmodel import select

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.errors import Conflict, Invalid, TooMany
from portal_app.core.secrets import fingerprint
from portal_app.core.text import key as readable
from portal_app.models import Action, ChallengePurpose, Invitation, PortalSession, SessionStage
from portal_app.ports import RateLimiter
from portal_app.services import identity, invitations, limits, notifications
from portal_app.services.applications.queries.links import AccessLink, link_of, link_used_by
from portal_app.services.invitations import RENEWABLE, Event, Standing
from portal_app.services.transaction import Transaction, transaction

ACCESS_STEP = "access_code"
NOT_GOOD = "This link no longer works. This page says why, and what to do."
NOT_KNOWN = "We do not know this link. Check that you have the whole of it."
NOTHING_TO_ASK = "You need no new link: this one works."
OVER = "This took too long, or the link was replaced meanwhile. Open the newest link from us again."
WAIT = "We have sent a code a moment ago. Wait a minute before you ask for another."
_PURPOSE = ChallengePurpose.APPLICATION
FACTORS = 2


def open_link(actor: Actor, *, token: str, limiter: RateLimiter, user_agent: str = "") -> str:
    """Begin to come in: text a code, and open a session that stands for the link from now on.

    Returns the session's token, "" if this browser is using the link already. Raises Conflict for
    a link that is no longer good.
    """
    _count_network(actor, limiter)
    with transaction(actor) as tx:
        link = _require_known(link_of(tx.session, actor.brand, token=token, lock=True))
        if link.standing is not Standing.GOOD:
            raise Conflict(NOT_GOOD)
        earlier = tx.session.get(PortalSession, actor.session_id) if actor.session_id else None
        if earlier is not None and _is_asking(earlier, link.invitation):
            return ""
        _count_link(link.invitation, limiter)
        if earlier is not None:
            identity.end_session(tx, earlier, "link_opened")
        session, session_token = identity.open_session(
            tx,
            brand_id=actor.brand,
            user_id=None,
            stage=SessionStage.APPLICATION_CODE,
            invitation_id=link.invitation.id,
            user_agent=user_agent,
            ip=actor.ip,
        )
        _send_code(tx, session, link, limiter)
        if link.invitation.opened_at is None:
            link.invitation.opened_at = clock.now()
            invitations.move(tx, link.invitation, Event.OPEN)
        tx.record(Action.INVITATION_OPENED, "invitation", link.invitation.id)
        invitations.announce(tx, link.invitation)
        return session_token


def resend_access_code(actor: Actor, *, limiter: RateLimiter) -> None:
    """Text another code to the same number; the one before stops working."""
    with transaction(actor) as tx:
        session, link = _require_asking(tx)
        _send_code(tx, session, link, limiter)


def confirm_access_code(actor: Actor, *, code: str, limiter: RateLimiter) -> tuple[str, str]:
    """Use the code; return the browser's new token, and the number of the application.

    Raises Invalid for a wrong code, one that has run out, and one tried too often.
    """
    if not readable(code):
        raise Invalid(code="Enter the code that we sent you.")
    with transaction(actor) as tx:
        session, link = _require_asking(tx)
        limits.count(limiter, *limits.code_tries(_place(link), actor.ip))
        result, used = identity.try_code(tx, session, _PURPOSE, code)
        if used is not None:
            token = _let_in(tx, session, link)
            return token, link.application.number
    result.refuse()
    raise Conflict(OVER)


def ask_for_access(actor: Actor, *, token: str, limiter: RateLimiter) -> None:
    """Tell staff that the holder of a link that is over would like another one (S2-10).

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
            invitations.announce(tx, link.invitation)


def _let_in(tx: Transaction, session: PortalSession, link: AccessLink) -> str:
    """Give the browser a session of the application that lasts no longer than its link (S2-09)."""
    token = identity.rotate(tx, session, stage=SessionStage.APPLICATION, factors=FACTORS)
    made = tx.session.exec(
        select(PortalSession).where(PortalSession.token_hash == fingerprint(token))
    ).one()
    until = link.invitation.expires_at or clock.now()
    made.absolute_until = min(made.absolute_until, until)
    made.idle_until = min(made.idle_until, until)
    link.invitation.activated_at = clock.now()
    # From here on it is they who act: the code has proved it.
    tx.actor = replace(tx.actor, kind=ActorKind.GUEST, person_id=link.person.id)
    tx.record(Action.APPLICATION_ENTERED, "application", link.application.id,
              invitation=link.invitation.id)  # fmt: skip
    invitations.announce(tx, link.invitation)
    return token


def _require_asking(tx: Transaction) -> tuple[PortalSession, AccessLink]:
    session = identity.require_session(tx, SessionStage.APPLICATION_CODE)
    link = link_used_by(tx.session, session, lock=True)
    if link is None or link.standing is not Standing.GOOD:
        raise Conflict(OVER)
    return session, link


def _require_known(link: AccessLink | None) -> AccessLink:
    if link is None:
        raise Conflict(NOT_KNOWN)
    return link


def _is_asking(session: PortalSession, invitation: Invitation) -> bool:
    is_alive = session.revoked_at is None and session.absolute_until > clock.now()
    is_same = session.invitation_id == invitation.id
    return is_alive and is_same and session.stage is SessionStage.APPLICATION_CODE


def _send_code(
    tx: Transaction, session: PortalSession, link: AccessLink, limiter: RateLimiter
) -> None:
    try:
        limits.count(limiter, *limits.code_sends(_place(link), tx.actor.ip))
    except TooMany as refusal:
        raise TooMany(WAIT) from refusal
    mobile = link.person.mobile_e164
    challenge, code = identity.open_challenge(tx, session, _PURPOSE, channel="text")
    notifications.send_text(
        tx,
        topic="identity.code",
        brand_id=link.invitation.brand_id,
        recipient=mobile,
        facts={"code": code},
        dedupe_key=f"code:{challenge.id}",
        carries_secret=True,
    )
    identity.keep_notes(tx, session, step=ACCESS_STEP, mobile=mobile[-2:])


def _count_network(actor: Actor, limiter: RateLimiter) -> None:
    limits.count(limiter, (limits.PROOF_NETWORK, limits.network(actor.ip)), (limits.PROOF_ALL, ""))


def _count_link(invitation: Invitation, limiter: RateLimiter) -> None:
    limits.count(limiter, (limits.INVITE_HOUR, invitation.id), (limits.INVITE_DAY, invitation.id))


def _place(link: AccessLink) -> str:
    return f"invitation|{link.invitation.id}"
