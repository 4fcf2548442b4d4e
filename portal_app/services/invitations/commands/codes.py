"""The code that goes to what is on record, so that a link alone lets nobody in."""

from sqlmodel import select

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.secrets import fingerprint
from portal_app.core.text import key as readable
from portal_app.models import Action, ChallengePurpose, PortalSession
from portal_app.ports import RateLimiter
from portal_app.services import identity, limits, notifications
from portal_app.services.invitations.commands.using import OVER, require_using
from portal_app.services.invitations.queries.held import Link
from portal_app.services.transaction import Transaction, transaction

CODE_TOPIC = "invitation.code"
CODE_STEP, PASSWORD_STEP = "invited_code", "invited_password"
_PURPOSE = ChallengePurpose.ACTIVATION


def resend_activation_code(actor: Actor, *, limiter: RateLimiter) -> None:
    """Send another code to the same place; the one before stops working."""
    with transaction(actor) as tx:
        session, link = require_using(tx)
        send_code(tx, session, link, limiter=limiter)


def confirm_activation(actor: Actor, *, code: str, limiter: RateLimiter) -> str:
    """Use the code; return the browser's new token, with which a password may be chosen.

    Raises Invalid for a wrong code, one that has run out, and one tried too often.
    """
    if not readable(code):
        raise Invalid(code="Enter the code that we sent you.")
    with transaction(actor) as tx:
        session, link = require_using(tx)
        limits.count(limiter, *limits.code_tries(_place(link), actor.ip))
        result, used = identity.try_code(tx, session, _PURPOSE, code)
        if used is not None:
            token = identity.rotate(tx, session, factors=1)
            made = tx.session.exec(
                select(PortalSession).where(PortalSession.token_hash == fingerprint(token))
            ).one()
            identity.keep_notes(tx, made, step=PASSWORD_STEP)
            return token
        tx.record(Action.SESSION_REFUSED, "portal_session", session.id, reason="invitation")
    result.refuse()
    raise Conflict(OVER)


def send_code(tx: Transaction, session: PortalSession, link: Link, *, limiter: RateLimiter) -> None:
    """Text a code to the mobile number on record, else mail it to the invited address."""
    mobile = link.person.mobile_e164
    limits.count_code(limiter, [_place(link)], tx.actor.ip, is_texted=bool(mobile))
    channel = "text" if mobile else "email"
    challenge, code = identity.open_challenge(tx, session, _PURPOSE, channel=channel)
    brand_id, key = link.invitation.brand_id, f"code:{challenge.id}"
    if mobile:
        notifications.send_text(
            tx,
            topic="identity.code",
            brand_id=brand_id,
            recipient=mobile,
            facts={"code": code},
            dedupe_key=key,
            carries_secret=True,
        )
    else:
        notifications.send_mail(
            tx,
            topic=CODE_TOPIC,
            brand_id=brand_id,
            recipient=link.invitation.email,
            facts={"code": code},
            dedupe_key=key,
            carries_secret=True,
        )
    identity.keep_notes(tx, session, step=CODE_STEP, by=channel, mobile=mobile[-2:])


def _place(link: Link) -> str:
    return f"invitation|{link.invitation.id}"
