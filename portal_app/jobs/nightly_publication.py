"""Every night, at the time that each brand has set: reads its feed, then publishes (S3-10)."""

from collections.abc import Iterable
from pathlib import Path

from portal_app.core.actor import Actor
from portal_app.core.settings import settings
from portal_app.jobs.registry import periodic
from portal_app.jobs.timetable import Timetable
from portal_app.services import access, imports, jobs
from portal_app.services.jobs import NightlyTime

NAME = "nightly_publication"


def timetables() -> Iterable[Timetable]:
    """Return the brands' times as they are set now, in the portal's zone."""
    for time in jobs.nightly_times(Actor.system(NAME)):
        hour, minute = time.at.split(":")
        yield Timetable(f"{int(minute)} {int(hour)} * * *", settings().timezone, time.brand_id)


@periodic(timetables, name=NAME, backoff=60)
def nightly_publication(slot: str, brand_id: str) -> None:  # noqa: ARG001 - names the night
    """Read the brand's feed, if there is one, and publish even if that failed."""
    actor = Actor.system(NAME, brand=brand_id)
    (time,) = jobs.nightly_times(actor)
    try:
        if folder := feed_of(time):
            imports.import_folder(actor, path=folder, trigger="nightly")
    finally:
        access.publish(actor, trigger="nightly")


def feed_of(brand: NightlyTime) -> Path | None:
    """Return where a brand's feed lies: a folder of its key, else, for the main brand, the whole.

    None when no feed is expected; a folder that is expected but not there is a fault in the report.
    """
    if not settings().feed_folder:
        return None
    root = Path(settings().feed_folder)
    own = root / brand.brand_key
    if own.is_dir():
        return own
    return root if brand.is_default else None
