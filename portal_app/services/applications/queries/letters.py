"""The letter that invites: as it begins, and as one of its readers will see it."""

from sqlmodel import col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid
from portal_app.core.settings import settings
from portal_app.models import Application, ApplicationParty, Brand, Person
from portal_app.services import invitations, wording
from portal_app.services.applications import policy
from portal_app.services.applications.rules import letters
from portal_app.services.applications.rules.words import kind_words
from portal_app.services.applications.views import Draft
from portal_app.services.transaction import reading

STAND_IN = "https://…/i/their-own-link"


def application_words(application: Application) -> str:
    """Return what a letter calls an application, such as `mortgage application MA-1041`."""
    return f"{kind_words(application.kind).lower()} application {application.number}"


def invitation_letter(
    actor: Actor, *, number: str, party: str = "", subject: str = "", body: str = ""
) -> Draft:
    """Return the letter to begin with, or what a letter that was written will say to a party.

    Raises Invalid that names a broken tag. The link in the preview is nobody's.
    """
    with reading() as session:
        application = policy.require_for_staff(session, actor, number)
        if not subject and not body:
            return Draft(letters.SUBJECT, letters.BODY)
        written = letters.read(subject, body)
        reader = session.exec(
            select(Person)
            .join(ApplicationParty, col(ApplicationParty.person_id) == col(Person.id))
            .where(col(ApplicationParty.application_id) == application.id)
            .where(col(ApplicationParty.id) == party)
        ).first()
        if reader is None:
            raise Invalid(parties="Choose who gets the letter.")
        brand = session.get_one(Brand, application.brand_id)
        until = clock.now() + invitations.GOOD_FOR
        filled = written.filled(
            {
                "portal_link": STAND_IN,
                "person": reader.name,
                "application": application_words(application),
                "until": wording.moment(until, settings().timezone),
                "brand": brand.name,
            }
        )
        return Draft(written.subject, written.body, filled.subject, filled.body)
