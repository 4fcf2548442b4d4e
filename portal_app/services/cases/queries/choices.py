"""For whom somebody may open a case, and in which household (S1-08 to S1-13)."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.errors import Invalid, NotFound
from portal_app.models import Person
from portal_app.services import households, identity, uploads
from portal_app.services.cases import policy
from portal_app.services.cases.queries.rows import zone_of
from portal_app.services.cases.rules.circle import Circle
from portal_app.services.cases.rules.forms import FORM, form_of
from portal_app.services.cases.views import CaseForm, Choice
from portal_app.services.transaction import reading

NOT_FOR_THEM = (
    "You cannot open a case for this person in this household any more. Choose again, or open it "
    "for yourself."
)


def case_form(actor: Actor, *, key: str = "") -> CaseForm:
    """Return for whom the reader may open a case; it starts with their primary household.

    `key` is the form's, whose files come along; "" for no form.
    """
    with reading() as session:
        circle = policy.require_customer(session, actor)
        choices = choices_of(session, circle)
        topics = topics_of(circle, actor.brand)
        own = [one for one in choices if one.consumer_id == circle.person_id]
        first = next((one for one in own if one.is_primary), own[0])
        return _form(session, actor, choices, first, topics, key)


def case_form_about(actor: Actor, *, consumer: object, key: str = "") -> CaseForm:
    """Return in which households staff may open a case for a person; the primary one is first."""
    policy.require_staff(actor)
    whom = identifier(consumer)
    with reading() as session:
        choices = choices_about(session, actor, whom)
        return _form(session, actor, choices, choices[0], (f"person:{whom}",), key)


def _form(
    session: Session,
    actor: Actor,
    choices: tuple[Choice, ...],
    first: Choice,
    topics: tuple[str, ...],
    key: str,
) -> CaseForm:
    start = (choices, first.household_id, first.consumer_id)
    if not key:
        return CaseForm(*start, topics)
    form = form_of(actor, key)
    sent = uploads.attachments(session, actor, owner_type=FORM, owner_ids=[form]).get(form, ())
    topics = (*topics, uploads.topic_of(FORM, form))
    return CaseForm(*start, topics, sent, zone_of(session, actor))


def topics_of(circle: Circle, brand: str) -> tuple[str, ...]:
    """Return what changes when a person's rights or the cases they see change."""
    return (
        f"settings:{brand}",
        *(f"person:{one}" for one in sorted(circle.acts | circle.views)),
        *(f"household:{home.household_id}" for home in circle.homes),
        *(f"cases-about:{one}" for one in sorted(circle.people)),
    )


def choices_of(session: Session, circle: Circle) -> tuple[Choice, ...]:
    """Return every pair of household and person for which this person may open a case.

    Somebody in none of the own households brings their own households along (S1-13).
    """
    names = _names(session, circle.acts)
    own = [
        Choice(home.household_id, home.name, circle.person_id, names.get(circle.person_id, ""),
               home.is_primary)
        for home in circle.homes
    ]  # fmt: skip
    led = dict(circle.led)
    others = [
        Choice(one.household_id, _name(circle, one.household_id), one.person_id, one.name)
        for one in circle.members
        if one.person_id != circle.person_id
        and (one.household_id in led or one.person_id in circle.acts)
    ]
    inside = {one.consumer_id for one in others}
    outside = [
        choice
        for person in sorted(circle.acts - inside - {circle.person_id})
        if person in names
        for choice in _alone(session, person, names[person])
    ]
    return (*(own or _without(circle.person_id, names)), *others, *outside)


def choices_about(session: Session, actor: Actor, consumer: str) -> tuple[Choice, ...]:
    """Return the same for staff, who may open a case for anybody of their brand."""
    person = identity.person_held(session, consumer)
    if person is None or person.brand_id != actor.brand:
        raise NotFound(NOT_FOR_THEM)
    return _alone(session, person.id, person.name)


def resolve(choices: tuple[Choice, ...], household: str, consumer: str) -> Choice:
    """Return the pair that was chosen; a household that goes without saying is added (S1-10).

    What is not among the choices is not found, whoever it is: a forged pair tells nothing.
    """
    fitting = [
        one
        for one in choices
        if one.consumer_id == consumer and household in ("", one.household_id)
    ]
    if not fitting:
        raise NotFound(NOT_FOR_THEM)
    if len(fitting) > 1:
        raise Invalid(household="Choose the household that this is about.")
    return fitting[0]


def _alone(session: Session, person: str, name: str) -> tuple[Choice, ...]:
    homes = households.standings(session, person)
    return tuple(
        Choice(home.household_id, home.name, person, name, home.is_primary) for home in homes
    ) or (Choice("", "", person, name),)


def _without(person: str, names: dict[str, str]) -> list[Choice]:
    return [Choice("", "", person, names.get(person, ""))]


def _names(session: Session, people: frozenset[str]) -> dict[str, str]:
    held = select(Person).where(col(Person.id).in_(people), col(Person.ended_at).is_(None))
    return {person.id: person.name for person in session.exec(held)}


def _name(circle: Circle, household: str) -> str:
    return next(home.name for home in circle.homes if home.household_id == household)
