"""Carrying out what was written: called by a job, at least once for each message."""

import logging

from portal_app.core import clock, text
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.core.settings import settings
from portal_app.models import Brand, Channel, MessageState, OutboundMessage
from portal_app.ports import (
    Email,
    LetterRenderer,
    Mailer,
    PortRefused,
    TextMessage,
    TextSender,
)
from portal_app.services.notifications import policy, rules
from portal_app.services.transaction import reading, transaction

log = logging.getLogger("portal.notifications")
TAKEN_BACK = "They took their agreement back before this was sent."
_WAITING = (MessageState.QUEUED, MessageState.FAILED)


def send(
    actor: Actor, *, message_id: str, mailer: Mailer, texts: TextSender, letters: LetterRenderer
) -> None:
    """Send a message that waits, and write down that it was sent.

    Raises `PortUnavailable` and `PortRefused` as the ports do, `Conflict` when there is nothing
    left to send. A message that was sent already is left alone.
    """
    with reading() as session:
        message = policy.require_message(actor, session.get(OutboundMessage, text.key(message_id)))
        brand = session.get(Brand, message.brand_id)
        may_be_sent = policy.may_be_sent(session, message)
    if message.state not in _WAITING:
        return
    if not may_be_sent:
        _settle(actor, message_id, MessageState.SUPPRESSED, reason=TAKEN_BACK)
        return
    if not message.text:
        raise Conflict("It held a code or a link that is no longer good. Send a new one.")
    html = ""
    if message.channel is Channel.EMAIL:
        html = _html(message, letters)
        mailer.send(_email(message, brand.name if brand else "", html))
    else:
        texts.send(TextMessage(message.id, message.recipient, message.text))
    _settle(actor, message_id, MessageState.SENT, html=html)


def give_up(actor: Actor, *, message_id: str, reason: str) -> None:
    """Write down that a message could not be sent."""
    _settle(actor, message_id, MessageState.FAILED, reason=reason)


def _settle(
    actor: Actor, message_id: str, state: MessageState, *, html: str = "", reason: str = ""
) -> None:
    with transaction(actor) as tx:
        found = tx.session.get(OutboundMessage, text.key(message_id), with_for_update=True)
        message = policy.require_message(actor, found)
        if message.state is MessageState.SENT:
            return
        message.state, message.error = state, text.search_words(reason, longest=400)
        message.sent_at = clock.now() if state is MessageState.SENT else None
        message.html = html
        if message.carries_secret and settings().is_production:
            # A code that has left, or never will, has no business in the database.
            message.subject = message.text = message.html = ""
            message.facts = {}
        tx.session.add(message)
        tx.touch(f"outbox:{message.brand_id}")


def _html(message: OutboundMessage, letters: LetterRenderer) -> str:
    """Return the HTML part, in the form for which the letter was written.

    The words were fixed when it was queued. Where the form has changed since, as by an upgrade,
    it may want facts that this letter does not hold, or say something else: then the plain text
    is set as a letter instead.
    """
    facts = message.facts
    try:
        if "parts" in facts:
            return letters.html(rules.OWN, facts)
        if facts.get("edition") == rules.edition(message.topic):
            return letters.html(rules.template_of(message.topic), facts)
        return letters.html(rules.OWN, {**facts, "parts": rules.parts_of(message.text, facts)})
    except (PortRefused, LookupError):
        # The plain text says the same: a fault in the HTML must not keep it from the person.
        log.exception("the letter %s goes without its HTML part", message.id)
        return ""


def _email(message: OutboundMessage, brand: str, html: str) -> Email:
    return Email(
        message_id=message.id,
        sender=settings().mail_from,
        sender_name=brand,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=html,
        written_at=message.created_at,
    )
