"""Who may fill the portal, and who may read what became of it."""

from sqlalchemy import ColumnElement
from sqlmodel import col

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import NotAllowed, NotFound
from portal_app.models import SyncRun


def may_import(actor: Actor) -> bool:
    """Say whether the actor may import and read reports: a manager, an admin, the portal."""
    return actor.has(Access.MANAGER)


def require_import(actor: Actor) -> None:
    """Raise unless the actor may run imports; customers do not learn that there are any."""
    if may_import(actor):
        return
    raise NotAllowed if actor.is_staff else NotFound


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the runs of the actor's own brand."""
    return col(SyncRun.brand_id) == actor.brand


def require_run(actor: Actor, run: SyncRun | None) -> SyncRun:
    """Return the run if the actor may read it."""
    require_import(actor)
    if run is None or run.brand_id != actor.brand:
        raise NotFound
    return run
