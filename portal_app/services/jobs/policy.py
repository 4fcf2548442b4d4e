"""Who may look after background jobs."""

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import col

from portal_app.core.actor import Access, Actor
from portal_app.core.errors import Conflict, NotAllowed, NotFound
from portal_app.models import Job, JobSchedule
from portal_app.services.jobs import rules


def require_jobs(actor: Actor) -> None:
    """Refuse everybody but managers, administrators and the portal itself."""
    if not actor.has(Access.MANAGER):
        raise NotAllowed if actor.is_staff else NotFound


def require_the_portal(actor: Actor) -> None:
    """Refuse everybody but the portal itself: what is deleted here cannot be brought back."""
    require_jobs(actor)
    if not actor.is_system:
        raise NotAllowed


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for the jobs of the actor's brand and of no brand."""
    if _is_the_portal(actor):
        return true()
    return or_(col(Job.brand_id) == actor.brand, col(Job.brand_id) == "")


def schedules_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause for the schedules of the actor's brand and of no brand."""
    if _is_the_portal(actor):
        return true()
    return or_(col(JobSchedule.brand_id) == actor.brand, col(JobSchedule.brand_id) == "")


def require_retriable(actor: Actor, job: Job | None) -> Job:
    """Return the job if this actor may have it run again."""
    job = _require_visible(actor, job)
    if job.status not in rules.RETRIABLE:
        raise Conflict("This job is not waiting for a decision. Look at the list again.")
    return job


def require_cancellable(actor: Actor, job: Job | None) -> Job:
    """Return the job if this actor may cancel it."""
    job = _require_visible(actor, job)
    if job.status not in rules.CANCELLABLE:
        raise Conflict("This job is running or over, so it cannot be cancelled.")
    return job


def require_schedule(actor: Actor, schedule: JobSchedule | None) -> JobSchedule:
    """Return the schedule if this actor may pause it."""
    require_jobs(actor)
    if schedule is None or not is_within(actor, schedule.brand_id):
        raise NotFound
    return schedule


def _require_visible(actor: Actor, job: Job | None) -> Job:
    require_jobs(actor)
    if job is None or not is_within(actor, job.brand_id):
        raise NotFound
    return job


def is_within(actor: Actor, brand_id: str) -> bool:
    """Say whether the actor works for this brand, or for all."""
    return _is_the_portal(actor) or brand_id in {"", actor.brand}


def _is_the_portal(actor: Actor) -> bool:
    return actor.is_system and not actor.brand
