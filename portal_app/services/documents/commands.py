"""Handing out documents: printed, and written down."""

from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict, TooMany
from portal_app.models import Action
from portal_app.ports import PdfRenderer, PortRefused, PortUnavailable
from portal_app.services.documents.queries import sheet
from portal_app.services.documents.rules import file_name
from portal_app.services.documents.views import Document, Printed
from portal_app.services.transaction import reading, transaction


def hand_out(actor: Actor, *, printed: Printed, renderer: PdfRenderer) -> Document:
    """Print a document and write down who took it.

    Whether the actor may see the thing is asked by the caller, who read it for this actor. Takes
    tens of milliseconds to seconds. Raises Conflict when it cannot be printed, TooMany when too
    many are being printed.
    """
    with reading() as session:
        values = sheet(session, printed)
    try:
        content = renderer.render(printed.template, values)
    except PortUnavailable as busy:
        raise TooMany(str(busy)) from busy
    except PortRefused as refusal:
        raise Conflict(str(refusal)) from refusal
    with transaction(actor) as tx:
        tx.record(
            Action.DOCUMENT_DOWNLOADED,
            printed.object_type,
            printed.object_id,
            template=printed.template,
            title=printed.title,
        )
    return Document(file_name(printed.title), content)
