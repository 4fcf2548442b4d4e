"""Letting somebody see or act for oneself, and ending it: at once, from either side (S1-09)."""

from datetime import date

from sqlmodel import col, or_, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.entries import Entries
from portal_app.core.errors import Conflict, Invalid
from portal_app.core.ids import new_id
from portal_app.models import (
    AccountContact,
    Action,
    Area,
    Contract,
    Grant,
    Person,
    Responsibility,
)
from portal_app.ports import RateLimiter
from portal_app.services import contact_details, events, identity, limits, notifications, wording
from portal_app.services.households import rules, trust
from portal_app.services.transaction import Transaction, transaction

NOBODY = (
    "We found nobody with this email address and last name who can sign in here. Check both, or "
    "ask us to let them in first."
)
YOURSELF = "This is your own address. Enter that of whoever is to act for you."
TWICE = "{} can act for you at that time already. Take that away first, then choose anew."
ENDED = "This has ended already. There is nothing to take away."


def give_grant(
    actor: Actor,
    *,
    email: str,
    family_name: str,
    areas: object,
    starts_on: object,
    ends_on: object,
    limiter: RateLimiter,
    key: str,
) -> str:
    """Let somebody who signs in here see or act for the actor, and return the grant's id.

    `areas` maps contracts, payments, cases, documents and applications to none, view or act;
    the days are written as in feeds, "" for today and for no last day. Address and last name have
    to fit together and tries are counted, so that nobody finds out who is a customer. The actor
    has to have proved within ten minutes who they are.
    """
    with transaction(actor) as tx:
        giver = trust.require_giver(tx)
        if (earlier := tx.earlier_answer(key, "households.give_grant", email)) is not None:
            return earlier
        identity.require_stepped_up(actor)
        entered = Entries()
        address, name = _names(entered, email, family_name)
        read = rules.read_areas(entered, areas)
        today = clock.today(trust.zone_of_person(giver))
        first, last = rules.read_period(entered, starts_on, ends_on, today)
        entered.done()
        limits.count(limiter, *limits.grant_tries(actor.user_id, actor.ip))
        receiver = _receiver(tx, giver, address, name)
        _require_free(tx, giver, receiver, first, last)
        grant = _add(tx, giver, receiver, read, (first, last))
        return tx.answer(key, grant.id)


def revoke_grant(actor: Actor, *, grant: str, key: str) -> None:
    """End a grant at once, as whoever gave it, whoever holds it, or staff; open tabs follow."""
    with transaction(actor) as tx:
        found = trust.require_grant(tx.session, actor, grant)
        if tx.earlier_answer(key, "households.revoke_grant", grant) is not None:
            return
        giver = tx.session.get_one(Person, found.grantor_id)
        is_past = found.ends_on and found.ends_on < clock.today(trust.zone_of_person(giver))
        if found.revoked_at or found.ended_at or is_past:
            raise Conflict(ENDED)
        found.revoked_at, found.version = clock.now(), found.version + 1
        found.revoked_by, found.revoked_by_name = actor.user_id, actor.name[:120]
        receiver = tx.session.get_one(Person, found.grantee_id)
        tx.record(Action.GRANT_REVOKED, "grant", found.id, grantor=giver.id, grantee=receiver.id)
        _emit(tx, found, giver, receiver, "revoked")
        _touch(tx, found)
        told = {giver.id, receiver.id} - {actor.person_id}
        facts = {"giver": giver.name, "receiver": receiver.name, "by": actor.name}
        notifications.tell(
            tx,
            topic="household.grant_ended",
            brand_id=found.brand_id,
            to=told,
            facts=facts,
            link="/access",
        )


def _names(entered: Entries, email: object, family_name: object) -> tuple[str, str]:
    address = entered.line(
        "email", email, limit=contact_details.LONGEST_EMAIL, has_numbers=True,
        missing="Enter the email address that they sign in with.",
    )  # fmt: skip
    if address and not contact_details.looks_like_email(address):
        entered.refuse("email", "Enter an email address, such as name@example.com.")
    name = entered.line(
        "family_name", family_name, limit=rules.LONGEST_NAME, missing="Enter their last name."
    )
    return address, name


def _receiver(tx: Transaction, giver: Person, email: str, family_name: str) -> Person:
    if contact_details.email(email) == contact_details.email(giver.email):
        raise Invalid(email=YOURSELF)
    found = identity.person_called(tx.session, giver.brand_id, email=email, family_name=family_name)
    sign_in = identity.sign_ins_of(tx.session, [found.id]).get(found.id) if found else None
    if found is None or found.id == giver.id or sign_in is None or not sign_in.is_open:
        raise Invalid(email=NOBODY)
    return found


def _require_free(
    tx: Transaction, giver: Person, receiver: Person, first: date, last: date | None
) -> None:
    """Refuse a second grant for days on which there is one: nobody could say which holds."""
    starts, ends = col(Grant.starts_on), col(Grant.ends_on)
    other = select(Grant.id).where(
        col(Grant.grantor_id) == giver.id,
        col(Grant.grantee_id) == receiver.id,
        col(Grant.ended_at).is_(None),
        col(Grant.revoked_at).is_(None),
        or_(ends.is_(None), ends >= first),
    )
    if last:
        other = other.where(or_(starts.is_(None), starts <= last))
    if tx.session.exec(other).first():
        raise Conflict(TWICE.format(receiver.name))


def _add(
    tx: Transaction,
    giver: Person,
    receiver: Person,
    areas: dict[str, str],
    period: tuple[date, date | None],
) -> Grant:
    made, (first, last) = new_id(), period
    grant = Grant(
        id=made,
        brand_id=giver.brand_id,
        source_system="portal",
        external_id=made,
        grantor_id=giver.id,
        grantee_id=receiver.id,
        responsibility=Responsibility.AUTHORIZED_REPRESENTATIVE,
        areas=areas,
        starts_on=first,
        ends_on=last,
        source_updated_at=clock.now(),
        evidence=f"Given in the portal by {giver.name} on {wording.day(clock.now().date())}"[:400],
    )
    tx.session.add(grant)
    tx.session.flush()
    tx.record(Action.GRANT_GIVEN, "grant", made, grantor=giver.id, grantee=receiver.id)
    _emit(tx, grant, giver, receiver, "given")
    _touch(tx, grant)
    facts = {"giver": giver.name, "receiver": receiver.name, "day": wording.day(first)}
    led = {"grant_given": (receiver, _leads_to(grant, giver)), "grant_made": (giver, "/access")}
    for topic, (person, link) in led.items():
        notifications.tell(
            tx,
            topic=f"household.{topic}",
            brand_id=grant.brand_id,
            to=[person.id],
            facts=facts,
            link=link,
        )
    return grant


def _leads_to(grant: Grant, giver: Person) -> str:
    """Return where somebody begins to act: with the cases, or by choosing one of their accounts.

    What is still to come is only read about.
    """
    if grant.starts_on and grant.starts_on > clock.today(trust.zone_of_person(giver)):
        return "/access"
    reaches_cases = grant.areas.get(Area.CASES.value, "none") != "none"
    return f"/cases?about={giver.id}" if reaches_cases else "/choose-account"


def _emit(tx: Transaction, grant: Grant, giver: Person, receiver: Person, happened: str) -> None:
    """Tell the master system, by the names that feeds use (S0-14)."""
    events.emit(
        tx,
        name=f"grant.{happened}",
        brand_id=grant.brand_id,
        subject_type="grant",
        external_id=grant.external_id,
        data={
            "grantor": giver.external_id,
            "grantee": receiver.external_id,
            "responsibility": grant.responsibility.value,
            "areas": grant.areas,
            "starts_on": grant.starts_on.isoformat() if grant.starts_on else "",
            "ends_on": grant.ends_on.isoformat() if grant.ends_on else "",
        },
    )


def _touch(tx: Transaction, grant: Grant) -> None:
    """Have open tabs ask again: of both people, and of whatever the representative may look at."""
    tx.touch(f"person:{grant.grantor_id}", f"person:{grant.grantee_id}")
    contact_of = select(AccountContact.account_id).where(
        col(AccountContact.person_id) == grant.grantor_id
    )
    holds_on = select(Contract.account_id).where(col(Contract.holder_id) == grant.grantor_id)
    found = tx.session.connection().execute(contact_of.union(holds_on)).scalars()
    tx.touch(*(f"account:{account}" for account in found))
