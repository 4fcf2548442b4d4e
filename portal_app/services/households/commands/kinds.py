"""The kinds of change that a head of household asks for, and carrying them out (S1-07).

Whoever asked has to be the head still when it is decided, and the household's row is locked
first: as with feeds, nobody else changes who is in it meanwhile.
"""

from datetime import date, timedelta

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.core import clock
from portal_app.core.errors import Conflict
from portal_app.core.ids import new_id
from portal_app.models import (
    ChangePolicy,
    ChangeRequest,
    Household,
    HouseholdMembership,
    MemberRole,
    Person,
)
from portal_app.services import changes, identity, notifications
from portal_app.services.households import policy, rules
from portal_app.services.transaction import Transaction

_POLICIES = (ChangePolicy.REVIEW, ChangePolicy.AUTO)
GONE = "This household is not in our records any more. Nothing was changed."
NOT_HEAD = "Whoever asked for this is not the head of the household any more."
OVER = "This membership has ended already. There is nothing to change."
HEADS_STAY = "The head of a household stays in it. Ask us to name another head first."
ALREADY_IN = "This person is in the household already."


def _household_held(session: Session, household_id: str) -> changes.Subject | None:
    home = session.get(Household, household_id)
    return changes.Subject(home.name, home.external_id, {}) if home else None


def _membership_held(session: Session, membership_id: str) -> changes.Subject | None:
    found = session.get(HouseholdMembership, membership_id)
    person = session.get(Person, found.person_id) if found else None
    home = session.get(Household, found.household_id) if found else None
    if found is None or person is None or home is None:
        return None
    ends_on = found.ends_on.isoformat() if found.ends_on else ""
    values = {"ends_on": ends_on, "relationship": found.relationship}
    return changes.Subject(f"{person.name}, {home.name}", found.external_id, values)


def _add(tx: Transaction, request: ChangeRequest) -> None:
    """Put somebody into a household; the request learns by which ids the portal knows them."""
    home = _locked_home(tx, request, request.subject_id)
    today = clock.today(policy.zone_of(home.timezone))
    starts_on = max(rules.day_of(request.after["starts_on"]) or today, today)
    person = _newcomer(tx, request, home, starts_on)
    made = HouseholdMembership(
        id=(membership_id := new_id()),
        brand_id=home.brand_id,
        source_system="portal",
        external_id=membership_id,
        household_id=home.id,
        person_id=person.id,
        relationship=str(request.after["relationship"]),
        starts_on=starts_on,
        is_primary=not _has_primary(tx, person, starts_on),
        source_updated_at=clock.now(),
    )
    tx.session.add(made)
    tx.session.flush()
    # The master system ties its own records to these.
    ids = {"membership": made.external_id, "person": person.external_id}
    request.after = {**request.after, "starts_on": starts_on.isoformat(), **ids}
    _announce(tx, home, person.id)
    _tell(tx, "joined", home, person.id)


def _newcomer(tx: Transaction, request: ChangeRequest, home: Household, starts_on: date) -> Person:
    """Return a customer of this address and name where staff decided, else somebody new.

    What is in force at once never leads to a customer: whoever asks would come to see what is
    theirs, and learn that they are one.
    """
    given = {name: str(request.after[name]) for name in ("given_name", "family_name")}
    email = str(request.after.get("email", ""))
    known = identity.person_called(
        tx.session, home.brand_id, email=email, family_name=given["family_name"]
    )
    if known is None or request.policy is not ChangePolicy.REVIEW:
        return identity.add_person(tx, brand_id=home.brand_id, email=email, **given)
    if tx.session.exec(_from(starts_on, known.id).where(
        col(HouseholdMembership.household_id) == home.id
    )).first():  # fmt: skip
        raise Conflict(ALREADY_IN)
    return known


def _end(tx: Transaction, request: ChangeRequest) -> None:
    """End a membership after its last day, or at once; what was stays written (S1-07)."""
    found, home = _locked_membership(tx, request)
    if found.role is MemberRole.HEAD:
        raise Conflict(HEADS_STAY)
    today = clock.today(policy.zone_of(home.timezone))
    # A last day counts in full (S1-05), so whoever is to be out at once was in until yesterday.
    ends_on = rules.day_of(request.after["ends_on"]) or today - timedelta(days=1)
    if found.starts_on and found.starts_on > ends_on:
        ends_on, found.ended_at = found.starts_on, clock.now()
    found.ends_on = ends_on
    _wrote(tx, found)
    request.after = {"ends_on": ends_on.isoformat()}
    _announce(tx, home, found.person_id)
    _tell(tx, "left", home, found.person_id, rules.show_day(ends_on.isoformat()))


def _rename(tx: Transaction, request: ChangeRequest) -> None:
    """Say anew what a member is to the head."""
    found, home = _locked_membership(tx, request)
    found.relationship = str(request.after["relationship"])
    _wrote(tx, found)
    _announce(tx, home, found.person_id)


def _locked_home(tx: Transaction, request: ChangeRequest, household_id: str) -> Household:
    home = tx.session.exec(
        select(Household).where(col(Household.id) == household_id).with_for_update()
    ).first()
    if home is None or home.ended_at:
        raise Conflict(GONE)
    if not policy.heads(tx.session, request.person_id or "", home):
        raise Conflict(NOT_HEAD)
    return home


def _locked_membership(
    tx: Transaction, request: ChangeRequest
) -> tuple[HouseholdMembership, Household]:
    found = tx.session.get(HouseholdMembership, request.subject_id)
    if found is None:
        raise Conflict(OVER)
    home = _locked_home(tx, request, found.household_id)
    tx.session.refresh(found, with_for_update=True)
    if policy.is_over(found, home):
        raise Conflict(OVER)
    return found, home


def _wrote(tx: Transaction, found: HouseholdMembership) -> None:
    """From now on a record of a feed that is older is stale (S0-14)."""
    found.source_updated_at, found.version = clock.now(), found.version + 1
    tx.session.flush()


def _has_primary(tx: Transaction, person: Person, starts_on: date) -> bool:
    primary = _from(starts_on, person.id).where(col(HouseholdMembership.is_primary))
    return tx.session.exec(primary).first() is not None


def _from(starts_on: date, person_id: str) -> SelectOfScalar[str]:
    """Select a person's memberships that are not over on that day."""
    ends_on = col(HouseholdMembership.ends_on)
    return select(HouseholdMembership.id).where(
        col(HouseholdMembership.person_id) == person_id,
        col(HouseholdMembership.ended_at).is_(None),
        or_(ends_on.is_(None), ends_on >= starts_on),
    )


def _announce(tx: Transaction, home: Household, person_id: str) -> None:
    """Have open tabs ask again: of whoever is concerned, and of everybody in the household."""
    members = policy.current_members(tx.session, [home.id])
    people = {person_id, *(one.person_id for one in members)}
    tx.touch(f"household:{home.id}", *(f"person:{one}" for one in people))


def _tell(tx: Transaction, happened: str, home: Household, person_id: str, day: str = "") -> None:
    notifications.tell(
        tx,
        topic=f"household.{happened}",
        brand_id=home.brand_id,
        to=[person_id],
        facts={"household": home.name, "day": day},
        link="/access",
    )


changes.register(
    changes.Kind(
        key=rules.ADDED,
        title="New household member",
        event="household.member_added",
        subject_type=rules.HOUSEHOLD,
        fields=(
            changes.ChangeField("given_name", "First name"),
            changes.ChangeField("family_name", "Last name"),
            changes.ChangeField("relationship", "Relationship"),
            changes.ChangeField("email", "Email address"),
            changes.ChangeField("starts_on", "In the household from", show=rules.show_day),
        ),
        policies=_POLICIES,
        held=_household_held,
        apply=_add,
        what="household",
        link="/household?about={subject}",
        is_repeatable=True,
    )
)
changes.register(
    changes.Kind(
        key=rules.ENDED,
        title="End of a household membership",
        event="household.member_ended",
        subject_type=rules.MEMBERSHIP,
        fields=(changes.ChangeField("ends_on", "Last day", show=rules.show_day),),
        policies=_POLICIES,
        held=_membership_held,
        apply=_end,
        what="household",
        link="/household?about={subject}",
    )
)
changes.register(
    changes.Kind(
        key=rules.RENAMED,
        title="Relationship in a household",
        event="household.member_changed",
        subject_type=rules.MEMBERSHIP,
        fields=(changes.ChangeField("relationship", "Relationship"),),
        policies=_POLICIES,
        held=_membership_held,
        apply=_rename,
        what="household",
        link="/household?about={subject}",
    )
)
