"""The documents and the communication log of an application, for staff (S4-22, S4-24)."""

from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.models import SharingMode
from portal_app.services import applications
from portal_app.services.proposals.queries.proposal import (
    asked_of,
    conversation,
    files_of,
    topics_of,
)
from portal_app.services.proposals.rules.topics import files_topic
from portal_app.services.proposals.views import DocumentDesk, Log
from portal_app.services.transaction import reading


def application_files(actor: Actor, *, number: str) -> DocumentDesk:
    """Return what customers have sent, what staff have attached, and what was asked for.

    What is still being checked is named, and nothing of it can be opened (S4-21).
    """
    with reading() as session:
        found = applications.require_for_staff(session, actor, number)
        files = files_of(session, actor, found)
        return DocumentDesk(
            id=found.id,
            number=found.number,
            imported=tuple(one for one in files if not one.by_staff),
            attached=tuple(one for one in files if one.by_staff),
            asked=asked_of(session, found),
            is_ended=found.ended_at is not None,
            zone=settings().timezone,
            topics=(topics_of(found)[0], files_topic(found.id)),
        )


def communication_log(actor: Actor, *, number: str, before: str = "") -> Log:
    """Return what was said about an application, or what was said `before`."""
    with reading() as session:
        found = applications.require_for_staff(session, actor, number)
        said, earlier = conversation(session, actor, found, before)
        return Log(
            id=found.id,
            number=found.number,
            said=said,
            earlier=earlier,
            is_shared=found.sharing_mode is SharingMode.SHARED,
            is_ended=found.ended_at is not None,
            zone=settings().timezone,
            topics=(topics_of(found)[0], applications.log_topic(found.id)),
        )
