"""The owner's application as a proposal: its documents, and what is asked for on it."""

import io
from contextlib import contextmanager
from typing import Any

from portal_app import models as m
from portal_app.core import clock, sealing
from portal_app.core.ids import new_id
from portal_app.services import proposals, uploads
from portal_app.services.uploads.rules.keys import wrap
from tests import factories as f
from tests.permissions.applications_world import application, looking
from tests.permissions.world import World
from tests.services.uploads import rows
from tests.services.uploads.memory import Full

Arguments = dict[str, Any]
KEY = sealing.new_key()
PAPER = {"owner_type": "application", "purpose": "application_document", "label": "Other"}


class Kept(Full):
    """A store in which everything is sealed under one key."""

    @contextmanager
    def read(self, key):
        yield io.BytesIO(b"".join(sealing.sealed(KEY, [rows.PHOTO])))


def paper(world: World, **values: Any) -> str:
    """Make a document of the owner's application that was kept, and return its id."""
    held = f.fetch(m.Application, number=world.application)
    owner = world.people["owner"].user_id
    document = new_id()
    values = {"id": document, "wrapped_key": wrap(KEY, document)} | values
    return rows.upload(held, owner, rows.State.IMPORTED, **PAPER | values)


def asked(state: m.AskedState, **more: Any):
    """Name a document that was asked for on the owner's application."""

    def arguments(world: World) -> Arguments:
        held = f.fetch(m.Application, number=world.application)
        now = clock.now()
        row = m.DocumentRequest(
            application_id=held.id, label=f"Other {new_id()}", state=state, asked_at=now,
            changed_at=now,
        )  # fmt: skip
        return {"request": f._save(row).id, "key": new_id(), **more}

    return arguments


def asking(world: World) -> Arguments:
    """Ask for what has not been asked for yet: whatever was before is needed no more."""
    held = f.fetch(m.Application, number=world.application)
    there = {one.label for one in f.fetch_all(m.DocumentRequest, application_id=held.id)}
    label = next(one for one in proposals.LABELS if one not in there)
    return application(label=label)(world)


def bundle(world: World) -> Arguments:
    paper(world)
    given = {"purpose": "application_document", "owner": world.application}
    return given | {"store": Kept(rows.PHOTO)}


PROBES = {
    "proposals.proposal": (proposals.proposal, looking()),
    "proposals.send_message": (proposals.send_message, application(words="When is it ready?")),
    "proposals.application_files": (proposals.application_files, looking()),
    "proposals.communication_log": (proposals.communication_log, looking()),
    "proposals.ask_for": (proposals.ask_for, asking),
    "proposals.decide": (
        proposals.decide, asked(m.AskedState.RECEIVED, is_accepted=True, reason=""),
    ),
    "proposals.withdraw_ask": (proposals.withdraw_ask, asked(m.AskedState.REQUESTED)),
    "uploads.bundle": (uploads.bundle, bundle),
}  # fmt: skip
