"""What somebody has agreed to: for themselves, for staff, and for whoever is about to write."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core.actor import Actor
from portal_app.models import Brand, ConsentChannel, ConsentEvent, ConsentPurpose, Person
from portal_app.services.consents import policy
from portal_app.services.consents.rules import CHANNELS, sentence
from portal_app.services.consents.views import Answer, Preference, Preferences
from portal_app.services.transaction import reading
from portal_app.services.zones import zone_of_person

MOST_LISTED = 200


def preferences(actor: Actor, *, person: str = "") -> Preferences:
    """Return what a person has agreed to and how it came about, newest first.

    A customer asks about themselves; staff name a person of their brand.
    """
    with reading() as session:
        who = policy.require_person(session, actor, person)
        brand = session.get_one(Brand, who.brand_id)
        history = tuple(_answer(one) for one in session.exec(_of(who.id).limit(MOST_LISTED)))
        standing = {channel: latest(session, who.id, channel) for channel in CHANNELS}
        return Preferences(
            person_id=who.id,
            name=who.name,
            ways=tuple(_standing(brand.name, channel, last) for channel, last in standing.items()),
            history=history,
            zone=zone_of_person(session, who.id),
        )


def allows(session: Session, *, person_id: str, channel: ConsentChannel) -> bool:
    """Say whether somebody may be sent marketing by a channel: their last answer was yes."""
    last = latest(session, person_id, channel)
    return last is not None and last.given


def latest(session: Session, person_id: str, channel: ConsentChannel) -> ConsentEvent | None:
    """Return somebody's last answer about a channel, if they ever gave one."""
    wanted = _of(person_id).where(col(ConsentEvent.channel) == channel)
    return session.exec(wanted.limit(1)).first()


def brand_of(session: Session, person: Person) -> str:
    """Return the name under which a person's brand writes to them."""
    return session.get_one(Brand, person.brand_id).name


def _of(person_id: str) -> SelectOfScalar[ConsentEvent]:
    return (
        select(ConsentEvent)
        .where(
            col(ConsentEvent.person_id) == person_id,
            col(ConsentEvent.purpose) == ConsentPurpose.MARKETING,
        )
        .order_by(col(ConsentEvent.sequence).desc())
    )


def _standing(brand: str, channel: ConsentChannel, last: ConsentEvent | None) -> Preference:
    return Preference(
        channel=channel,
        label=CHANNELS[channel].label,
        words=sentence(brand, channel),
        given=last is not None and last.given,
        last=_answer(last) if last else None,
    )


def _answer(event: ConsentEvent) -> Answer:
    return Answer(
        receipt_no=event.receipt_no,
        channel=event.channel,
        given=event.given,
        words=event.words,
        text_version=event.text_version,
        source=event.source,
        note=event.note,
        by_name=event.by_name,
        at=event.at,
    )
