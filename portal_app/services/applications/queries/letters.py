"""The letter that invites: the words to begin with, and as one of its readers will see it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from portal_app.core import clock
from portal_app.core.actor import Actor
from portal_app.core.errors import Invalid
from portal_app.core.settings import settings
from portal_app.models import Application, ApplicationParty, Brand, Person, PortalSettings
from portal_app.services import invitations, templates, wording
from portal_app.services.applications import policy
from portal_app.services.applications.rules.letters import chosen
from portal_app.services.applications.rules.words import kind_words
from portal_app.services.applications.views import Draft
from portal_app.services.transaction import reading

KIND = "application.invitation"
STAND_IN = "https://…/i/their-own-link"


def invitation_words(actor: Actor, *, number: str) -> tuple[templates.Choice, ...]:
    """Return the words that staff may begin with for this application, the usual first (S2-13)."""
    with reading() as session:
        policy.require_for_staff(session, actor, number)
    return templates.choices(actor, kind=KIND)


def invitation_preview(
    actor: Actor, *, number: str, parties: Sequence[str], subject: str, text: str
) -> Draft:
    """Return what a letter to these parties will say to the first of them.

    Raises Invalid for what would not be sent: it names a broken tag (S2-15). The link in it is
    nobody's.
    """
    with reading() as session:
        application = policy.require_for_staff(session, actor, number)
        written = templates.checked(kind=KIND, subject=subject, text=text)
        reader = session.exec(
            select(Person)
            .join(ApplicationParty, col(ApplicationParty.person_id) == col(Person.id))
            .where(col(ApplicationParty.application_id) == application.id)
            .where(col(ApplicationParty.id) == chosen(parties)[0])
        ).first()
        if reader is None:
            raise Invalid(parties="Choose who gets the letter.")
        facts = _standing(session, application) | facts_for(
            application, reader.name, clock.now() + invitations.GOOD_FOR
        )
        first = {"first_name": reader.name.partition(" ")[0]}
        filled = templates.filled(written, facts | first)
        return Draft(written.subject, written.text, filled.subject, filled.text)


def facts_for(application: Application, person: str, until: datetime | None) -> dict[str, str]:
    """Return what the letter of one party says beside its link."""
    kind = kind_words(application.kind).lower()
    return {
        "person": person,
        "application": f"{kind} application {application.number}",
        "until": wording.moment(until, settings().timezone),
    }


def _standing(session: Session, application: Application) -> dict[str, str]:
    """Return what every letter of the brand may say."""
    brand = session.get_one(Brand, application.brand_id)
    chosen = select(PortalSettings).where(PortalSettings.brand_id == brand.id)
    support = session.exec(chosen).first()
    return {
        "brand": brand.name,
        "portal_link": STAND_IN,
        "link": STAND_IN,
        "address": settings().address,
        "host": "",
        "support_email": support.support_email if support else "",
        "support_phone": support.support_phone if support else "",
        "support_hours": support.support_hours if support else "",
    }
