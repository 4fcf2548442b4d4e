"""Proving that an address or a number is one's own before it becomes part of one's details."""

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.core.ids import new_id
from portal_app.models import (
    Action,
    ChallengePurpose,
    ChallengeState,
    OtpChallenge,
    Person,
    PortalSession,
)
from portal_app.ports import RateLimiter
from portal_app.services import branding, identity, limits, notifications
from portal_app.services.changes import policy
from portal_app.services.changes.commands.asking import own_kind, place_own, read_own
from portal_app.services.changes.commands.placing import NOTHING_NEW
from portal_app.services.changes.commands.profile import Own
from portal_app.services.transaction import Transaction, transaction

BEGIN_AGAIN = "That took too long. Send a new code."


def send_proof(
    actor: Actor, *, kind: object, values: object, limiter: RateLimiter, key: str
) -> str:
    """Send a code to a new address or number and return where it went.

    `kind` is email or phone. The actor has to have proved within ten minutes who they are.
    """
    with transaction(actor) as tx:
        person = policy.require_self(tx)
        if earlier := tx.earlier_answer(key, "changes.send_proof", kind, values):
            return earlier
        branding.require_on(tx, branding.Feature.EDIT_PROFILE)
        own = _proved_kind(kind)
        identity.require_stepped_up(actor)
        session, _ = identity.require_self(tx)
        (field, destination), *_ = read_own(own, values, person).items()
        subject = own.kind.held(tx.session, person.id)
        if subject and subject.values.get(field) == destination:
            raise Conflict(NOTHING_NEW)
        is_texted = own.channel == "text"
        counted = limits.proof_sends(destination, actor.user_id, actor.ip, is_texted=is_texted)
        limits.count(limiter, *counted)
        _send(tx, own, session, person, destination)
        tx.record(Action.CHANGE_PROOF_SENT, "person", person.id, kind=own.kind.key)
        return tx.answer(key, destination)


def confirm_proof(actor: Actor, *, kind: object, code: str, limiter: RateLimiter, key: str) -> str:
    """Take the code that was sent, place the request and return its number.

    It is in force at once, or waits for staff where the brand says so; the old address is told.
    """
    with transaction(actor) as tx:
        person = policy.require_self(tx)
        if earlier := tx.earlier_answer(key, "changes.confirm_proof", kind):
            return earlier
        branding.require_on(tx, branding.Feature.EDIT_PROFILE)
        own = _proved_kind(kind)
        identity.require_stepped_up(actor)
        session, _ = identity.require_self(tx)
        _require_sent(tx, session, own)
        limits.count(limiter, *limits.code_tries(actor.user_id, actor.ip))
        result, proved = identity.try_code(tx, session, ChallengePurpose.CONTACT, code)
        if proved is not None:
            (field,) = own.kind.labels
            number = place_own(tx, own, person, {field: proved.destination})
            return tx.answer(key, number)
        tx.record(Action.SESSION_REFUSED, "portal_user", actor.user_id, reason="contact")
    result.refuse()
    raise Conflict(BEGIN_AGAIN)


def _proved_kind(kind: object) -> Own:
    own = own_kind(kind)
    if not own.channel:
        raise Conflict("This needs no code. Change it on your details page.")
    return own


def _require_sent(tx: Transaction, session: PortalSession, own: Own) -> None:
    if _sent(tx, session, own) is None:
        raise Conflict(BEGIN_AGAIN)


def _sent(tx: Transaction, session: PortalSession, own: Own) -> OtpChallenge | None:
    """Return the newest code of this session if it was sent for this kind of change."""
    newest = identity.newest_challenge(tx, session, ChallengePurpose.CONTACT)
    if newest is None or newest.channel != own.channel or newest.state is ChallengeState.USED:
        return None
    return newest


def _send(
    tx: Transaction, own: Own, session: PortalSession, person: Person, destination: str
) -> None:
    _, code = identity.open_challenge(
        tx,
        session,
        ChallengePurpose.CONTACT,
        channel=own.channel,
        user_id=tx.actor.user_id,
        destination=destination,
    )
    send = notifications.send_text if own.channel == "text" else notifications.send_mail
    send(
        tx,
        topic="change.code",
        brand_id=person.brand_id,
        recipient=destination,
        facts={"code": code},
        dedupe_key=f"change.code:{new_id()}",
        carries_secret=True,
    )
