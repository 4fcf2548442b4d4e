"""Writing a message in the transaction that causes it; a job carries it out afterwards."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.errors import Conflict
from portal_app.core.ids import new_id
from portal_app.core.settings import settings
from portal_app.models import (
    Brand,
    Channel,
    MessageClass,
    MessageState,
    Notification,
    OutboundMessage,
    Person,
    PortalSettings,
)
from portal_app.services import branding, templates
from portal_app.services.notifications import policy, rules
from portal_app.services.notifications.rules import Way
from portal_app.services.transaction import Transaction


def tell(
    tx: Transaction,
    *,
    topic: str,
    brand_id: str,
    to: Iterable[str],
    facts: Mapping[str, str],
    link: str = "",
) -> None:
    """Tell people something, each in the ways that they chose: in the portal, by letter, by text.

    Nobody has chosen: in the portal and by letter. What concerns sign-in, details and rights is
    told like that to everybody. `to` holds person ids, `facts` text that is ready to print, `link`
    a path of the portal.
    """
    people = tx.session.exec(select(Person).where(col(Person.id).in_(set(to)))).all()
    group = rules.group_of(topic)
    chosen = policy.chosen_by(tx.session, [one.id for one in people]) if group else {}
    own = templates.wording_in_force(tx.session, brand=brand_id, kind=topic)
    for person in sorted(people, key=lambda person: person.id):
        known = facts_of(tx.session, brand_id, {"person": person.name, **facts}, link)
        ways = rules.ways_for(group, chosen.get(person.id, {}), policy.possible_ways(person))
        told = new_id()
        if Way.PORTAL in ways:
            tx.session.add(_notification(told, person, topic, known, link, own))
        tx.touch(f"person:{person.id}")
        if Way.EMAIL in ways:
            _leave(tx, _letter(topic, brand_id, person.email, known, f"told:{told}", own))
        if Way.TEXT in ways:
            words = rules.notice_text(topic, known, own)
            _leave(tx, _text(topic, brand_id, person.mobile_e164, words, f"texted:{told}"))


def send_mail(
    tx: Transaction,
    *,
    topic: str,
    brand_id: str,
    recipient: str,
    facts: Mapping[str, str],
    dedupe_key: str,
    carries_secret: bool = False,
    link: str = "",
    wording: templates.Wording | None = None,
    marketing_to: str = "",
) -> None:
    """Send a letter to an address. The same `dedupe_key` again does nothing.

    `carries_secret` marks a code, or a link that lets somebody in: emptied once it is sent.
    `wording` are words of this one sending, as `templates.checked` returned them (S2-14); without
    it the brand's published words are sent, or else the portal's own. `marketing_to` marks
    marketing and names the person: Conflict unless they agreed to it (S4-16).
    """
    known = facts_of(tx.session, brand_id, facts, link)
    own = wording or templates.wording_in_force(tx.session, brand=brand_id, kind=topic)
    message = _letter(topic, brand_id, recipient, known, dedupe_key, own)
    message.carries_secret = carries_secret
    _leave(tx, _marked(message, marketing_to))


def send_text(
    tx: Transaction,
    *,
    topic: str,
    brand_id: str,
    recipient: str,
    facts: Mapping[str, str],
    dedupe_key: str,
    carries_secret: bool = False,
    link: str = "",
    marketing_to: str = "",
) -> None:
    """Send a text message to a number in E.164 form; otherwise as `send_mail`."""
    known = facts_of(tx.session, brand_id, facts, link)
    own = templates.wording_in_force(tx.session, brand=brand_id, kind=topic)
    words = rules.text_message(topic, known, own)
    message = _text(topic, brand_id, recipient, words, dedupe_key)
    message.carries_secret = carries_secret
    _leave(tx, _marked(message, marketing_to))


def _notification(
    told: str,
    person: Person,
    topic: str,
    facts: dict[str, str],
    link: str,
    own: templates.Wording | None,
) -> Notification:
    return Notification(
        id=told,
        person_id=person.id,
        topic=topic,
        title=rules.letter(topic, facts, own)[0][: rules.LONGEST_TITLE],
        body=rules.summary(topic, facts, own),
        link=link,
        created_at=clock.now(),
    )


def _text(
    topic: str, brand_id: str, recipient: str, words: str, dedupe_key: str
) -> OutboundMessage:
    return OutboundMessage(
        brand_id=brand_id,
        channel=Channel.TEXT,
        recipient=recipient[:254],
        topic=topic,
        text=words,
        dedupe_key=dedupe_key,
        created_at=clock.now(),
    )


def _letter(
    topic: str,
    brand_id: str,
    recipient: str,
    facts: dict[str, str],
    dedupe_key: str,
    own: templates.Wording | None,
) -> OutboundMessage:
    subject, text = rules.letter(topic, facts, own)
    body: dict[str, Any] = (
        {"parts": rules.parts(topic, facts, own)} if own else {"edition": rules.edition(topic)}
    )
    message = OutboundMessage(
        brand_id=brand_id,
        channel=Channel.EMAIL,
        recipient=rules.one_line(recipient)[:254],
        topic=topic,
        subject=subject,
        text=text,
        facts={**facts, **body, "subject": subject, "preview": rules.summary(topic, facts, own)},
        dedupe_key=dedupe_key,
        created_at=clock.now(),
    )
    if not rules.is_address(message.recipient):
        message.state = MessageState.SUPPRESSED
        message.error = "This is not an address that a letter can be sent to."
    return message


def _marked(message: OutboundMessage, marketing_to: str) -> OutboundMessage:
    if marketing_to:
        message.message_class, message.person_id = MessageClass.MARKETING, marketing_to
    return message


def _leave(tx: Transaction, message: OutboundMessage) -> None:
    if not policy.may_be_sent(tx.session, message):
        raise Conflict(policy.NOT_AGREED)
    values: dict[str, Any] = message.model_dump()
    if tx.insert_once(OutboundMessage, values, "dedupe_key") and (
        message.state is MessageState.QUEUED
    ):
        tx.enqueue("send_message", key=f"send:{message.id}", message_id=message.id)


def address_of(tx: Transaction, brand_id: str) -> str:
    """Return where a brand's customers reach the portal, as its letters say it."""
    brand = tx.session.get_one(Brand, brand_id)
    return rules.address_for(settings().address, brand.hosts, is_default=brand.is_default)


def facts_of(
    session: Session, brand_id: str, facts: Mapping[str, str], link: str
) -> dict[str, str]:
    """Add what every message may say: the brand, whom to ask, where the portal is."""
    brand = session.get(Brand, brand_id)
    if brand is None:
        message = f"there is no brand {brand_id!r}"
        raise LookupError(message)
    chosen = select(PortalSettings).where(PortalSettings.brand_id == brand_id)
    support = session.exec(chosen).first()
    colour, on_colour = rules.colours(branding.colour_of(session, brand=brand))
    address = rules.address_for(settings().address, brand.hosts, is_default=brand.is_default)
    standing = {
        "brand": brand.name,
        "colour": colour,
        "on_colour": on_colour,
        "address": address,
        "host": urlsplit(address).hostname or "",
        "support_email": support.support_email if support else "",
        "support_phone": support.support_phone if support else "",
        "support_hours": support.support_hours if support else "",
        "person": "",
        "link": "",
    }
    known = rules.printable({**standing, **facts})
    whole = rules.absolute(address, link or known["link"])
    first = known["person"].partition(" ")[0]
    return {"first_name": first, **known, "link": whole, "portal_link": whole}
