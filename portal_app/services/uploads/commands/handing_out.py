"""A kept file on its way to somebody who may read it."""

from collections.abc import Iterator

from portal_app.core import sealing
from portal_app.core.actor import Actor
from portal_app.core.errors import Conflict
from portal_app.models import Action
from portal_app.ports import PortRefused
from portal_app.ports.storage import ObjectStore
from portal_app.services.transaction import reading, transaction
from portal_app.services.uploads import policy
from portal_app.services.uploads.commands.steps import write_down
from portal_app.services.uploads.rules.keys import unwrap
from portal_app.services.uploads.views import Download


def download(actor: Actor, *, document: str, store: ObjectStore) -> Download:
    """Return a file to hand out, and write down who took it.

    Whether the actor may read it is asked anew each time: an address is of no use to others, nor
    once the file is not theirs to see any more.
    """
    with reading() as session:
        place = policy.require_readable(session, actor, document).storage_key
    if store.head(place) is None:
        raise Conflict("This file cannot be opened at the moment. Tell us, and we will look.")
    with transaction(actor) as tx:
        held = policy.require_readable(tx.session, actor, document)
        write_down(tx, held, Action.DOCUMENT_DOWNLOADED)
        key = unwrap(held.wrapped_key, held.id)
        content = _content(store, held.storage_key, key)
        return Download(held.name, held.media_type, held.stored_size, content)


def _content(store: ObjectStore, place: str, key: bytes) -> Iterator[bytes]:
    try:
        with store.read(place) as kept:
            yield from sealing.unsealed(key, kept)
    except PortRefused as gone:
        raise Conflict("This file cannot be opened at the moment.") from gone
