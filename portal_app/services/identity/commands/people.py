"""What is held about a person, changed inside the transaction of whoever decided on it (S0-12)."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.errors import Conflict
from portal_app.core.ids import new_id
from portal_app.models import LoginIdentifier, Person, PortalUser
from portal_app.services import contact_details, notifications
from portal_app.services.identity.commands.users import add_identifier, user_of
from portal_app.services.identity.rules.identifiers import EMAIL
from portal_app.services.identity.rules.masks import number_end
from portal_app.services.transaction import Transaction

GONE = "Our records do not hold this person any more. Nothing was changed."

TAKEN = "Another sign-in uses this address already. Choose another address, or call us."


def person_held(session: Session, person_id: str, *, lock: bool = False) -> Person | None:
    """Return a person who has not been ended by a feed."""
    wanted = select(Person).where(col(Person.id) == person_id, col(Person.ended_at).is_(None))
    return session.exec(wanted.with_for_update() if lock else wanted).first()


def change_person(tx: Transaction, person_id: str, *, values: Mapping[str, str]) -> None:
    """Set columns of a person; from now on a record of a feed that is older is stale (S0-14)."""
    person = _locked(tx, person_id)
    for column, value in values.items():
        setattr(person, column, value)
    person.source_updated_at = clock.now()
    person.version += 1
    tx.session.flush()
    tx.touch(f"person:{person.id}")


def add_person(
    tx: Transaction, *, brand_id: str, given_name: str, family_name: str, email: str = ""
) -> Person:
    """Add somebody whom no feed has brought, without a sign-in; the master learns of them."""
    made = new_id()
    person = Person(
        id=made,
        brand_id=brand_id,
        source_system="portal",
        external_id=made,
        given_name=given_name,
        family_name=family_name,
        email=email,
        source_updated_at=clock.now(),
    )
    tx.session.add(person)
    tx.session.flush()
    return person


def move_email(tx: Transaction, person_id: str, *, email: str) -> None:
    """Give a person another email address; the old one is told and lets nobody in any more.

    Whoever signs in by email signs in with the new one, so no other sign-in may have it; for
    others it becomes a way to sign in if it is free.
    """
    person = _locked(tx, person_id)
    old = {person.email} - {"", email}
    if user := user_of(tx, person.id):
        signed_in_with = _take_off_emails(tx, user, keep=contact_details.email(email))
        is_theirs = add_identifier(tx, user, EMAIL, contact_details.email(email))
        if signed_in_with and not is_theirs:
            raise Conflict(TAKEN)
        old |= signed_in_with
    change_person(tx, person_id, values={"email": email})
    for address in sorted(old):
        notifications.send_mail(
            tx,
            topic="identity.email_changed",
            brand_id=person.brand_id,
            recipient=address,
            facts={},
            dedupe_key=f"identity.email_changed:{new_id()}",
        )


def move_mobile(tx: Transaction, person_id: str, *, mobile: str) -> None:
    """Give a person another mobile number, to which codes go; the old one is told."""
    person = _locked(tx, person_id)
    old = person.mobile_e164
    change_person(tx, person_id, values={"mobile_e164": mobile})
    facts = {"phone": number_end(mobile)}
    if old and old != mobile:
        notifications.send_text(
            tx,
            topic="identity.mobile_changed",
            brand_id=person.brand_id,
            recipient=old,
            facts=facts,
            dedupe_key=f"identity.mobile_changed:text:{new_id()}",
        )
    if person.email:
        notifications.send_mail(
            tx,
            topic="identity.mobile_changed",
            brand_id=person.brand_id,
            recipient=person.email,
            facts=facts,
            dedupe_key=f"identity.mobile_changed:mail:{new_id()}",
            link="/security",
        )


def _locked(tx: Transaction, person_id: str) -> Person:
    person = person_held(tx.session, person_id, lock=True)
    if person is None:
        raise Conflict(GONE)
    return person


def _take_off_emails(tx: Transaction, user: PortalUser, *, keep: str) -> set[str]:
    """Take every other address off a sign-in; return them."""
    owned = tx.session.exec(
        select(LoginIdentifier).where(
            LoginIdentifier.user_id == user.id,
            LoginIdentifier.kind == EMAIL,
            LoginIdentifier.value != keep,
        )
    ).all()
    for identifier in owned:
        tx.session.delete(identifier)
    tx.session.flush()
    return {identifier.value for identifier in owned}
