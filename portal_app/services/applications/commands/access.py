"""Coming in by a link: a press of a button, a code to the number on record, a session (S2-01).

The session is bound to the link, and so to one person and one application. It ends with the link.
"""

from dataclasses import replace

from sqlmodel import select

from portal_app.core import clock
from portal_app.core.actor import Actor, ActorKind
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.secrets import fingerprint
from portal_app.core.text import key as readable
from portal_app.models import Action, ChallengePurpose, PortalSession, SessionStage
from portal_app.ports import RateLimiter
from portal_app.services import identity, invitations, limits, notifications
from portal_app.services.applications.queries.links import AccessLink, link_of, link_used_by
from portal_app.services.invitations import Standing
from portal_app.services.transaction import Transaction, transaction

ACCESS_STEP = "access_code"
OVER = "This took too long, or the link was replaced meanwhile. Open the newest link from us again."
MOVED = "The number that we hold has changed since we sent this code. Ask for a new one."
_PURPOSE = ChallengePurpose.APPLICATION
FACTORS = 2


def open_link(actor: Actor, *, token: str, limiter: RateLimiter, user_agent: str = "") -> str:
    """Begin to come in: text a code, and open a session that stands for the link from now on.

    Returns the session's token, "" if this browser is using the link already. Raises Conflict for
    a link that is no longer good.
    """
    limits.count(limiter, *limits.proofs(actor.ip))
    with transaction(actor) as tx:
        link = link_of(tx.session, actor.brand, token=token, lock=True)
        stage = SessionStage.APPLICATION_CODE
        opened = invitations.open_way(tx, link, stage=stage, limiter=limiter, user_agent=user_agent)
        if link is None or opened is None:
            return ""
        session, session_token = opened
        _send_code(tx, session, link, limiter)
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
        sent = identity.newest_challenge(tx, session, _PURPOSE)
        if sent is not None and sent.destination != link.person.mobile_e164:
            raise Conflict(MOVED)
        limits.count(limiter, *limits.code_tries(_place(link), actor.ip))
        result, used = identity.try_code(tx, session, _PURPOSE, code)
        if used is not None:
            token = _let_in(tx, session, link)
            return token, link.application.number
        tx.record(Action.SESSION_REFUSED, "portal_session", session.id, reason="application")
    result.refuse()
    raise Conflict(OVER)


def ask_for_access(actor: Actor, *, limiter: RateLimiter, token: str = "", link: str = "") -> None:
    """Tell staff that the holder of a link that is over would like another one (S2-10).

    `link` is the id of the one by which the browser's own session had come in.
    """
    limits.count(limiter, *limits.proofs(actor.ip))
    with transaction(actor) as tx:
        found = link_of(tx.session, actor.brand, token=token, invitation_id=link, lock=True)
        invitations.ask_for_another(tx, found, limiter=limiter)


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


def _send_code(
    tx: Transaction, session: PortalSession, link: AccessLink, limiter: RateLimiter
) -> None:
    limits.count_code(limiter, [_place(link)], tx.actor.ip, is_texted=True)
    mobile = link.person.mobile_e164
    challenge, code = identity.open_challenge(
        tx, session, _PURPOSE, channel="text", destination=mobile
    )
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


def _place(link: AccessLink) -> str:
    return f"invitation|{link.invitation.id}"
