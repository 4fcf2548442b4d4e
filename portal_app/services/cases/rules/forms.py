"""What is sent with the form for a new case waits under the form, which is its sender's alone."""

from uuid import UUID

from portal_app.core.actor import Actor
from portal_app.core.entries import identifier
from portal_app.core.secrets import fingerprint

FORM = "case_form"
"""What such files belong to until there is a case."""


def form_of(actor: Actor, key: object) -> str:
    """Return the id under which files wait that this very person sends with a form.

    It follows from who they are and from the form's key, so nobody can name somebody else's.
    """
    return str(UUID(fingerprint(f"{actor.user_id}:{identifier(key)}")[:32]))
