"""Photos of the owner's request: one that a running portal keeps sealed, and one that waits."""

from portal_app import models as m
from portal_app.core import clock, sealing
from portal_app.core.ids import new_id
from portal_app.integrations.disk_store import DiskStore
from portal_app.services.uploads.rules.keys import wrap
from tests import factories as f
from tests.people import database_at
from tests.permissions.proposals_world import PAPER
from tests.services.uploads import rows


def waiting_file(world, state=rows.State.RECEIVED) -> str:
    """Make a photo of the owner's that nobody has checked, and return its id."""
    with database_at(world.url):
        request = f.fetch(m.RentalRequest, number=world.request())
        return rows.upload(request, world.people["owner"].user_id, state)


def kept_file(server, world) -> str:
    """Keep a photo of a request as the portal itself does, and return its id."""
    with database_at(world.url):
        request = f.fetch(m.RentalRequest, number=world.request())
    return _kept(server, world, request)


def kept_paper(server, world) -> str:
    """Keep a document of the owner's application, and return its id."""
    with database_at(world.url):
        held = f.fetch(m.Application, number=world.application)
    return _kept(server, world, held, **PAPER)


def _kept(server, world, thing, **values) -> str:
    store = DiskStore(server.documents, secret="none is signed here", now=clock.now)
    key, place = sealing.new_key(), f"sealed/{new_id()}"
    store.write(place, sealing.sealed(key, [rows.PHOTO]))
    with database_at(world.url):
        document = new_id()
        owner = world.people["owner"].user_id
        rows.upload(
            thing, owner, rows.State.IMPORTED, id=document, storage_key=place,
            stored_size=len(rows.PHOTO), wrapped_key=wrap(key, document), **values,
        )  # fmt: skip
    return document
