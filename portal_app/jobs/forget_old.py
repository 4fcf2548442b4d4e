"""Every night: forgets what nobody needs any more."""

from portal_app.core.actor import Actor
from portal_app.jobs.registry import periodic
from portal_app.services import jobs


@periodic("20 3 * * *", name="forget_old")
def forget_old(slot: str) -> None:  # noqa: ARG001 - names the night
    """Delete old clicks, signals, finished jobs and ended sessions."""
    jobs.forget_old(Actor.system("forget_old"))
