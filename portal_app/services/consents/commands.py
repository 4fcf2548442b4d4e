"""Choosing by which channels one may be sent marketing, and the receipt of each choice."""

from sqlmodel import col, func, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.ids import reference
from portal_app.models import Action, ConsentChannel, ConsentEvent, ConsentSource, Person
from portal_app.ports import PdfRenderer
from portal_app.services import documents, wording
from portal_app.services.consents import policy
from portal_app.services.consents.queries import brand_of, latest
from portal_app.services.consents.rules import CHANNELS, sentence, version_of
from portal_app.services.documents import Document, Printed
from portal_app.services.transaction import Transaction, reading, transaction
from portal_app.services.zones import zone_of_person

NOTE_LIMIT = 200


def choose(
    actor: Actor, *, channel: object, given: object, key: str, person: str = "", note: object = ""
) -> str:
    """Say yes or no to marketing by one channel and return the receipt's number (S4-16).

    What is so already is not written down again. Staff write down what a person told them, and
    say in `note` how.
    """
    entered = Entries()
    way = entered.choice("channel", channel, ConsentChannel, problem="Choose a channel.")
    wanted = entered.flag("given", given)
    missing = "Say how they told you, such as: by phone." if actor.is_staff else ""
    how = entered.line("note", note, limit=NOTE_LIMIT, missing=missing) if actor.is_staff else ""
    with transaction(actor) as tx:
        who = policy.require_person(tx.session, actor, person, lock=True)
        if (
            earlier := tx.earlier_answer(key, "consents.choose", person, channel, given)
        ) is not None:
            return earlier
        entered.done()
        assert way is not None
        last = latest(tx.session, who.id, way)
        if wanted == (last is not None and last.given):
            return tx.answer(key, last.receipt_no if last else "")
        return tx.answer(key, _keep(tx, who, way, given=wanted, note=how).receipt_no)


def receipt_document(actor: Actor, *, receipt: str, renderer: PdfRenderer) -> Document:
    """Return the PDF that proves one choice: what was read, what was said, when and where."""
    with reading() as session:
        event = policy.require_event(session, actor, receipt)
        person = session.get_one(Person, event.person_id)
        zone = zone_of_person(session, person.id)
    printed = Printed(
        template="consent",
        title=f"Receipt {event.receipt_no}",
        values=_values(event, person, zone),
        object_type="consent",
        object_id=event.id,
        brand_id=event.brand_id,
        zone=zone,
    )
    return documents.hand_out(actor, printed=printed, renderer=renderer)


def _keep(
    tx: Transaction, person: Person, channel: ConsentChannel, *, given: bool, note: str
) -> ConsentEvent:
    words = sentence(brand_of(tx.session, person), channel)
    event = ConsentEvent(
        brand_id=person.brand_id,
        person_id=person.id,
        sequence=_next(tx, person.id),
        channel=channel,
        given=given,
        words=words,
        text_version=version_of(words),
        source=ConsentSource.STAFF if tx.actor.is_staff else ConsentSource.PORTAL,
        note=note,
        actor_id=tx.actor.user_id or tx.actor.person_id,
        by_name=tx.actor.name[:120],
        ip=tx.actor.ip,
        at=clock.now(),
        receipt_no=reference("CN", length=10),
    )
    tx.session.add(event)
    action = Action.CONSENT_GIVEN if given else Action.CONSENT_WITHDRAWN
    tx.record(action, "person", person.id, channel=channel.value, receipt=event.receipt_no)
    tx.touch(f"consent:{person.id}")
    return event


def _next(tx: Transaction, person_id: str) -> int:
    """Return the number of a person's next answer; their row is locked, so nobody else has it."""
    newest = select(func.max(col(ConsentEvent.sequence)))
    return (tx.session.exec(newest.where(ConsentEvent.person_id == person_id)).one() or 0) + 1


def _values(event: ConsentEvent, person: Person, zone: str) -> dict[str, object]:
    is_staffs = event.source is ConsentSource.STAFF
    where = f"Written down by our staff: {event.note}" if is_staffs else "In this portal"
    return {
        "account": {"number": "", "name": person.name},
        "number": event.receipt_no,
        "sentence": event.words,
        "answer": "Yes" if event.given else "No",
        "channel": CHANNELS[event.channel].label,
        "at": wording.moment(event.at, zone),
        "place": where,
        "by": event.by_name,
        "text_version": event.text_version,
    }
