"""Imports one uploaded feed, and goes on with it after a crash."""

from portal_app.core.actor import Actor
from portal_app.jobs.registry import job
from portal_app.services import imports


def give_up(run: str, brand: str, reason: str) -> None:
    """Leave the run marked as failed, and let go of the file."""
    imports.give_up_upload(Actor.system("imports", brand=brand), run=run, reason=reason)


# Another import of the brand is waited for: 5 s, 10 s, 20 s … then every minute for half an hour.
@job("import_feed", max_attempts=34, backoff=5, cap=60, on_dead=give_up)
def import_feed(run: str, brand: str) -> None:
    """Read the feed that was uploaded for this run."""
    imports.import_upload(Actor.system("imports", brand=brand), run=run)
