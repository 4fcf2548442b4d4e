"""A proposal for its applicant: six sections, and the conversation (S4-14)."""

from sqlmodel import Session, col, select

from portal_app.core import keyset
from portal_app.core.actor import Actor
from portal_app.models import Application, Asset, DocumentRequest
from portal_app.services import applications, branding, messages, uploads
from portal_app.services.messages import Said
from portal_app.services.proposals import policy
from portal_app.services.proposals.queries.lines import lines
from portal_app.services.proposals.rules.topics import OWNER, files_topic, thread_of
from portal_app.services.proposals.views import Asked, Proposal
from portal_app.services.transaction import reading
from portal_app.services.zones import zone_of_person

PAGE = 30


def proposal(actor: Actor, *, number: str, before: str = "") -> Proposal:
    """Return an application as this customer reads it, with the newest of what was said.

    Fields that the brand does not show are left out here, so that they never leave the server
    (S4-11). Fields without data stay in the customer information alone (S4-12, S4-13). `before`
    asks for what was said before.
    """
    with reading() as session:
        found = applications.require_application(session, actor, number)
        person = policy.applicant(session, actor, found)
        shown = branding.visible_fields(session, brand=found.brand_id)
        asset = session.get(Asset, found.asset_id) if found.asset_id else None
        said, earlier = conversation(session, actor, found, before)
        texts = branding.texts_of(actor, brand=found.brand_id)
        return Proposal(
            id=found.id,
            number=found.number,
            kind=found.kind,
            introduction=texts.introduction,
            placeholder=texts.message_placeholder,
            privacy=texts.privacy_statement,
            person_id=person.id,
            is_own=person.id == actor.person_id,
            customer=lines("customer", person, shown, empty_too=True),
            vehicle=lines("vehicle", asset, shown),
            finance=lines("finance", found, shown),
            files=files_of(session, actor, found),
            asked=asked_of(session, found),
            said=said,
            earlier=earlier,
            zone=zone_of_person(session, person.id),
            topics=(
                *topics_of(found),
                f"person:{person.id}",
                f"settings:{found.brand_id}",
            ),
        )


def topics_of(application: Application) -> tuple[str, ...]:
    """Return what pages about an application watch."""
    own = applications.topic_of(application.id), applications.log_topic(application.id)
    return (*own, files_topic(application.id))


def files_of(
    session: Session, actor: Actor, application: Application
) -> tuple[uploads.Attachment, ...]:
    """Return the documents of an application that this actor sees, the oldest first."""
    found = uploads.attachments(session, actor, owner_type=OWNER, owner_ids=[application.id])
    return found.get(application.id, ())


def asked_of(session: Session, application: Application) -> tuple[Asked, ...]:
    """Return the documents that staff asked for, in the order in which they first did."""
    wanted = select(DocumentRequest).where(col(DocumentRequest.application_id) == application.id)
    ordered = wanted.order_by(col(DocumentRequest.id))
    return tuple(
        Asked(
            one.id, one.label, one.is_required, one.state, one.reason, one.changed_at, one.version
        )
        for one in session.exec(ordered)
    )


def conversation(
    session: Session, actor: Actor, application: Application, before: str
) -> tuple[tuple[Said, ...], str]:
    """Return a page of what was said in the order of time, and the word for what was before."""
    newest = messages.said_in(
        session,
        actor,
        thread_of(application),
        before=before,
        most=PAGE + 1,
        by=policy.writers_seen(actor, application),
    )
    shown = tuple(reversed(newest[:PAGE]))
    is_more = len(newest) > PAGE
    return shown, keyset.pack(shown[0].at, shown[0].id) if is_more else ""
