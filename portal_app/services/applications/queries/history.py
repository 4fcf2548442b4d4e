"""What was done to an application, its parties, links, forms and documents, for staff (S2-08)."""

from sqlmodel import Session, col, select

from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import Application, ApplicationParty, Invitation, InvitationPurpose, Person
from portal_app.services import audit, uploads
from portal_app.services.applications import policy
from portal_app.services.applications.queries.answers import book_of
from portal_app.services.applications.rules.topics import log_topic, topic_of
from portal_app.services.applications.views import ApplicationHistory, Deed
from portal_app.services.transaction import reading

Names = dict[str, str]
OWNER = "application"


def application_history(actor: Actor, *, number: str, after: str = "") -> ApplicationHistory:
    """Return who did what about an application, the newest first; `after` asks for what is older.

    What was answered stands with the answers, and what was written in the communication log.
    """
    with reading() as session:
        found = policy.require_for_staff(session, actor, number)
        parties, links = _people(session, found)
        papers = uploads.attachments(session, actor, owner_type=OWNER, owner_ids=[found.id])
        files = {one.id: one.name for one in papers.get(found.id, ())}
        objects = {
            OWNER: [found.id],
            "application_party": [*parties],
            "invitation": [*links],
            "document": [*files],
        }
        page = audit.history_about(session, actor, objects=objects, after=after)
        titles = {
            one.share.template_key: one.template.title
            for one in book_of(session, found, hidden=True).forms
        }
        named = parties | links | files
        deeds = tuple(_deed(entry, named, titles) for entry in page.rows)
        return ApplicationHistory(
            id=found.id,
            number=found.number,
            rows=deeds,
            after=page.after,
            zone=settings().timezone,
            topics=(topic_of(found.id), log_topic(found.id), uploads.topic_of(OWNER, found.id)),
        )


def _deed(entry: audit.Entry, named: Names, titles: Names) -> Deed:
    label, form = entry.detail.get("label", ""), titles.get(entry.detail.get("form", ""), "")
    about = named.get(entry.object_id) or label or form
    return Deed(str(entry.seq), entry.at, entry.who, entry.actor_kind, entry.sentence, about)


def _people(session: Session, found: Application) -> tuple[Names, Names]:
    """Return the names of those who are or were party, by party and by each of their links."""
    rows = session.exec(
        select(ApplicationParty.id, Person)
        .join(Person, col(Person.id) == col(ApplicationParty.person_id))
        .where(col(ApplicationParty.application_id) == found.id)
    )
    links = session.exec(
        select(Invitation.id, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Invitation.application_id) == found.id)
        .where(Invitation.purpose == InvitationPurpose.APPLICATION_ACCESS)
    )
    by_party = {party: person.name for party, person in rows}
    return by_party, {link: person.name for link, person in links}
