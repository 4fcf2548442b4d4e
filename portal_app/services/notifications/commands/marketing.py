"""News and offers, written by staff to somebody who agreed to have them (S4-16)."""

from portal_app.core.actor import Actor
from portal_app.core.entries import Entries, identifier
from portal_app.core.errors import Conflict, NotFound
from portal_app.models import Action, Channel, Person
from portal_app.services.notifications.commands.telling import send_mail, send_text
from portal_app.services.transaction import Transaction, transaction

SUBJECT_LIMIT = 120
WORDS_LIMIT = {Channel.EMAIL: 4_000, Channel.TEXT: 300}
_COMMAND = "notifications.send_marketing"
PRIVACY_PAGE = "/privacy"


def send_marketing(
    actor: Actor, *, person: str, channel: object, subject: object, words: object, key: str
) -> str:
    """Write news or an offer to a person and return their id; it says how to end these.

    `channel` is email or text; a text has no `subject`. Raises Conflict unless the person has
    agreed to that channel, or where they have no address for it.
    """
    entered = Entries()
    by = entered.choice("channel", channel, Channel, problem="Choose email or text message.")
    by = by or Channel.EMAIL
    missing = "Give it a subject." if by is Channel.EMAIL else ""
    title = entered.line("subject", subject, limit=SUBJECT_LIMIT, missing=missing)
    body = entered.text("words", words, limit=WORDS_LIMIT[by], missing="Write something first.")
    with transaction(actor) as tx:
        who = _require_person(tx, person)
        if (earlier := tx.earlier_answer(key, _COMMAND, person, channel)) is not None:
            return earlier
        entered.done()
        facts = {"person": who.name, "subject_line": title, "words": body}
        _send(tx, who, by, facts, key)
        tx.record(Action.MARKETING_WRITTEN, "person", who.id, channel=by.value)
        return tx.answer(key, who.id)


def _send(tx: Transaction, who: Person, by: Channel, facts: dict[str, str], key: str) -> None:
    recipient = who.email if by is Channel.EMAIL else who.mobile_e164
    if not recipient:
        raise Conflict("We hold no address for this channel, so this cannot be sent.")
    send = send_mail if by is Channel.EMAIL else send_text
    send(
        tx,
        topic="marketing.message",
        brand_id=who.brand_id,
        recipient=recipient,
        facts=facts,
        link=PRIVACY_PAGE,
        dedupe_key=f"marketing:{who.id}:{key}",
        marketing_to=who.id,
    )


def _require_person(tx: Transaction, person: object) -> Person:
    found = tx.session.get(Person, identifier(person)) if tx.actor.is_staff else None
    if found is None or found.brand_id != tx.actor.brand:
        raise NotFound
    return found
