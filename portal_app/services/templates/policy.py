"""Who may word messages, and who may choose among the words."""

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import MessageTemplate

CONFIRM_FIRST = "Confirm that it is you first: customers are sent these words. The draft is kept."


def require_editor(actor: Actor) -> None:
    """Let managers and administrators word messages, and nobody else."""
    if not actor.is_staff:
        raise NotFound
    if not actor.has(Access.MANAGER):
        raise NotAllowed("Only a manager or an administrator can change what messages say.")


def require_editable(actor: Actor, template: MessageTemplate | None) -> MessageTemplate:
    """Return a template of the actor's brand if they may change it."""
    require_editor(actor)
    if template is None or template.brand_id != actor.brand:
        raise NotFound
    return template


def require_publisher(actor: Actor) -> None:
    """Refuse also an editor who has not proved within ten minutes who they are."""
    require_editor(actor)
    if not actor.is_stepped_up:
        raise NotAllowed(CONFIRM_FIRST)


def require_staff(actor: Actor) -> None:
    """Let staff see what they can send."""
    if not actor.is_staff:
        raise NotFound
