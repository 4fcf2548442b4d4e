"""Every hour: marks the links whose seven days are over."""

from portal_app.core.actor import Actor
from portal_app.jobs.registry import periodic
from portal_app.services import invitations


@periodic("5 * * * *", name="expire_invitations")
def expire_invitations(slot: str) -> None:  # noqa: ARG001 - names the hour
    """Write down that they have run out, so that lists and open pages say so."""
    invitations.expire_invitations(Actor.system("expire_invitations"))
